"""How a VM becomes a member of its swarm, and stays one."""
import itertools
import json
import time

from aws import AwsError, parsed
from context import age, label
from engine import EngineError

# A manager that was elected and has shown no tokens for so long is taken for dead.
PATIENCE = 60
# So long a new manager waits for the seat of a dead one to be cleared.
SEAT = 600
# So often a member looks whether its swarm is still the cluster's.
LOOK = 60


def joined(node):
    """Makes the VM a member where it is none; answers the engine's information where it is one, else None."""
    info = node.engine.get("/info")
    swarm = info["Swarm"]
    state = swarm["LocalNodeState"]
    if state == "active":
        node.forget("pending")
        return None if moved(node, info) else info
    if state == "pending":
        if node.waited("pending") < 120:
            return None
        node.log("joining has taken too long, beginning anew")
    if state in ("pending", "error"):
        if swarm.get("Error"):
            node.log(f"the swarm refused this node: {swarm['Error']}")
        abandon(node)
    elif state == "locked":
        node.log("the swarm is locked: unlock it by hand")
        return None
    return enter(node)


def abandon(node):
    try:
        node.engine.call("POST", "/swarm/leave?force=true", timeout=60)
    except EngineError as error:
        node.log(f"leaving: {error}")
    for name in ("pending", "member"):
        node.forget(name)


def enter(node):
    record = tokens(node)
    if record is None:
        return elect(node) if node.controls else None
    node.forget("election")
    if join(node, record):
        return node.engine.get("/info")
    if node.controls:
        bury(node, record)
    return None


def tokens(node):
    """The join token of this VM's role with its swarm, or None while there is no swarm."""
    found = node.shared("swarm/manager" if node.controls else "swarm/worker")
    if found is not None and not ("token" in found and "swarm" in found and "first" in found):
        # Never taken for a cluster without a swarm: the leader writes it again.
        raise OSError("the swarm's tokens cannot be read")
    return found


def managers(node, record):
    """The swarm's managers as its leader last saw them; None where that cannot be read."""
    known = node.shared("swarm/managers")
    if known == {}:
        return None
    return known["managers"] if known and known.get("swarm") == record["swarm"] else [record["first"]]


def join(node, record):
    peers = managers(node, record) or [record["first"]]
    if node.controls and not seat(node, peers):
        return False
    address = node.metadata.get("local-ipv4")
    request = {
        "ListenAddr": "0.0.0.0:2377",
        "AdvertiseAddr": address,
        "DataPathAddr": address,
        "RemoteAddrs": [peer["address"] for peer in peers if not peer["address"].startswith(address + ":")],
        "JoinToken": record["token"],
        # No task comes before the leader has labelled the node and set it to work.
        "Availability": "pause",
    }
    if not request["RemoteAddrs"]:
        return False
    try:
        node.engine.call("POST", "/swarm/join", request, timeout=60)
    except (EngineError, OSError) as error:
        node.log(f"joining: {error}")
    for _ in range(20):
        info = node.engine.get("/info")
        state = info["Swarm"]["LocalNodeState"]
        if state == "active":
            node.remember("member", {"swarm": record["swarm"], "seen": time.monotonic()})
            node.forget("waiting")
            node.log("joined the swarm")
            return True
        if state != "pending":
            return False
        time.sleep(1)
    return False


def seat(node, peers):
    """A new manager counts toward the quorum at once, so that the dead ones have to be out before."""
    if all(peer["reachable"] for peer in peers) or len(peers) == 1:
        return True
    return node.waited("waiting") > SEAT


def elect(node):
    """
    One VM founds the swarm: the one whose conditional write went through. Where it shows no tokens for as long as this VM
    looks on, the next round begins. What decides in the end is the conditional write of the tokens (see `publish`).
    """
    for turn in itertools.count(1):
        name = node.path(f"swarm/election/{turn}")
        claim = json.dumps({"instance": node.instance, "address": node.metadata.get("local-ipv4")})
        held = node.aws.parameter(name)
        if held is None:
            if node.aws.put_parameter(name, claim, overwrite=False):
                node.log(f"elected to found the swarm, in round {turn}")
                return found(node)
            return None
        if parsed(held["Value"]).get("instance") == node.instance:
            return found(node)
        seen = node.recall("election") or {}
        if turn >= (seen.get("about") or [0])[0] and node.waited("election", [turn, held["Value"]]) < PATIENCE:
            return None


def found(node):
    address = node.metadata.get("local-ipv4")
    request = {
        "ListenAddr": "0.0.0.0:2377",
        "AdvertiseAddr": address,
        "DataPathAddr": address,
        "DataPathPort": node.config["dataPort"],
        "DefaultAddrPool": [node.config["pool"]],
        "SubnetSize": 24,
        "Spec": {"Labels": {"lightfleet.cluster": node.config["cluster"]}},
    }
    node.engine.call("POST", "/swarm/init", request, timeout=60)
    return node.engine.get("/info")


def bury(node, record):
    """
    A swarm whose managers are all gone for good is forgotten, so that a new one is founded. That an instance is silent is
    not enough: EC2 Auto Scaling has to say that each is gone.
    """
    instances = {peer["instance"] for peer in managers(node, record) or ()}
    if not instances or node.gone(instances) != instances:
        return
    node.log("all managers of the swarm are gone: a new one is founded")
    for turn in itertools.count(1):
        if not remove(node, f"swarm/election/{turn}"):
            break
    remove(node, "swarm/manager")


def remove(node, name):
    try:
        node.aws.call("ssm", "AmazonSSM.DeleteParameter", {"Name": node.path(name)})
        return True
    except AwsError as error:
        if error.code != "ParameterNotFound":
            raise
        return False


def moved(node, info):
    """Whether the cluster has another swarm by now: then this VM left its own, and joins that one at the next turn."""
    member = node.recall("member")
    if info["Swarm"].get("ControlAvailable") or member is None or age(member["seen"]) < LOOK:
        return False
    try:
        record = tokens(node)
    except (AwsError, OSError) as error:
        node.log(f"cannot look up the swarm: {error}")
        return False
    node.remember("member", {**member, "seen": time.monotonic()})
    if record is None or record["swarm"] == member["swarm"]:
        return False
    node.log("the cluster has another swarm: moving there")
    abandon(node)
    return True


def publish(node, info, nodes):
    """
    The leader shows the tokens and the managers. The first write of the tokens is conditional: of two swarms that were
    founded at once, the one whose tokens are there stays, and the other is left.
    """
    identity = info["Swarm"]["Cluster"]["ID"]
    current = node.engine.get("/swarm")["JoinTokens"]
    listed = [entry(one) for one in nodes if one.get("ManagerStatus")]
    mine = next(one for one in listed if one["id"] == info["Swarm"]["NodeID"])
    wanted = {
        "manager": json.dumps({"token": current["Manager"], "swarm": identity, "first": mine}),
        "worker": json.dumps({"token": current["Worker"], "swarm": identity, "first": mine}),
        "managers": json.dumps({"swarm": identity, "managers": sorted(listed, key=lambda one: one["address"])}),
    }
    shown = node.recall("published", {})
    fresh = "at" in shown and age(shown["at"]) < LOOK
    if fresh and shown.get("tokens") == [current["Manager"], current["Worker"]] and shown.get("managers") == wanted["managers"]:
        return True
    if not settle(node, identity, wanted["manager"], nodes):
        return False
    for name, secure in (("manager", True), ("worker", True), ("managers", False)):
        value = node.shared("swarm/" + name) or {}
        want = json.loads(wanted[name])
        if {**value, "first": None} != {**want, "first": None} or bool(value.get("first")) != ("first" in want):
            node.aws.put_parameter(node.path("swarm/" + name), wanted[name], secure=secure)
    node.remember(
        "published",
        {"at": time.monotonic(), "tokens": [current["Manager"], current["Worker"]], "managers": wanted["managers"]},
    )
    node.remember("member", {"swarm": identity, "seen": time.monotonic()})
    return True


def settle(node, identity, value, nodes):
    name = node.path("swarm/manager")
    there = node.shared("swarm/manager")
    if there is None and node.aws.put_parameter(name, value, secure=True, overwrite=False):
        node.log("the swarm is founded")
        return True
    there = there or node.shared("swarm/manager")
    # What cannot be read says of no other swarm, and `publish` writes it again.
    if (there or {}).get("swarm", identity) == identity:
        return True
    if len(nodes) > 1:
        node.log("the cluster's tokens are those of another swarm: not touched, look into this by hand")
        return False
    node.log("another manager founded the swarm first: joining that one")
    abandon(node)
    return False


def entry(one):
    """A manager as the others look it up."""
    return {
        "id": one["ID"],
        "address": one["ManagerStatus"]["Addr"],
        "instance": label(one, "instance") or "",
        "reachable": one["ManagerStatus"]["Reachability"] == "reachable",
    }
