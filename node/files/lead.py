"""What the leading manager keeps in order: who is a member, with which labels, and where services may run."""
from aws import AwsError
from context import hostname, label
from engine import EngineError
from swarm import publish

# What a node says of itself, and what the leader makes a label of, for placement.
LABELS = ("fleet", "zone", "lifecycle")


def lead(node, info):
    """One turn of the leader's; false where this VM is not the leader."""
    nodes = node.engine.get("/nodes")
    own = next(one for one in nodes if one["ID"] == info["Swarm"]["NodeID"])
    if not (own.get("ManagerStatus") or {}).get("Leader"):
        return False
    try:
        if not publish(node, info, nodes):
            return False
    except (AwsError, OSError) as error:
        node.log(f"cannot show the tokens: {error}")
    for one in nodes:
        try:
            arrange(node, one)
        except EngineError as error:
            node.log(f"node {hostname(one)}: {error}")
    clear(node, nodes)
    return True


def arrange(node, one):
    """Labels a new node and sets it to work; drains one that is leaving."""
    if label(one, "fleet") is None:
        return
    spec = one["Spec"]
    wanted = {f"lightfleet.{key}": label(one, key) for key in LABELS if label(one, key)}
    labels = {**(spec.get("Labels") or {}), **wanted}
    first = "lightfleet.fleet" not in (spec.get("Labels") or {})
    work = "drain" if label(one, "drained") else "active"
    availability = "drain" if label(one, "leaving") else work if first else spec["Availability"]
    if (labels, availability) != (spec.get("Labels") or {}, spec["Availability"]):
        node.engine.change_node(one, Labels=labels, Availability=availability)
        node.log(f"node {hostname(one)}: {availability}, {label(one, 'fleet')} in {label(one, 'zone')}")


def clear(node, nodes):
    """
    Takes out who is gone for good: who said so itself, whose instance is gone by the word of EC2 Auto Scaling, and who is
    here already under a new identity. Who is merely silent stays: a VM that reboots comes back.
    """
    down = [one for one in nodes if one["Status"]["State"] == "down" or unreachable(one)]
    if not down:
        return
    present = {label(one, "instance") for one in nodes if one not in down}
    asked = {label(one, "instance") for one in down if not label(one, "leaving")} - present - {None}
    try:
        gone = node.gone(asked)
    except (AwsError, OSError) as error:
        node.log(f"cannot ask which instances are gone: {error}")
        gone = set()
    for one in down:
        instance = label(one, "instance")
        if label(one, "leaving") or instance in gone or (instance and instance in present):
            try:
                take_out(node, one)
            except EngineError as error:
                node.log(f"node {hostname(one)}: {error}")


def unreachable(one):
    return (one.get("ManagerStatus") or {}).get("Reachability") == "unreachable"


def take_out(node, one):
    """A dead manager counts toward the quorum until it is demoted: that comes first, and its removal at the next turn."""
    name = hostname(one)
    if one["Spec"]["Role"] == "manager":
        node.engine.change_node(one, Role="worker")
        node.log(f"node {name} is gone: demoted")
    elif not one.get("ManagerStatus"):
        node.engine.call("DELETE", f"/nodes/{one['ID']}?force=true")
        node.log(f"node {name} is gone: removed")
