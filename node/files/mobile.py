"""Which services the leader may move from one node to another while they run, and how it changes them."""
from compare import MOVING, SPREADING, moving, without_moving

ROLLING = ("updating", "rollback_started")
STUCK = ("paused", "rollback_paused", "rollback_started")


def services(node, **filters):
    """The services of the cluster's stack, as the swarm has them."""
    return node.engine.get("/services", label=[f"com.docker.stack.namespace={node.config['cluster']}"], **filters)


def progress(service):
    return (service.get("UpdateStatus") or {}).get("State")


def mobile(spec):
    """
    Whether tasks of a service may start elsewhere before they end here: counted ones that may start first, with neither a
    port nor a volume of their node.
    """
    task = spec["TaskTemplate"]
    return bool(
        "Replicated" in (spec.get("Mode") or {})
        and (spec.get("UpdateConfig") or {}).get("Order") == "start-first"
        and all(port.get("PublishMode") != "host" for port in (spec.get("EndpointSpec") or {}).get("Ports") or [])
        and not any(of_node(mount) for mount in (task.get("ContainerSpec") or {}).get("Mounts") or [])
    )


def of_node(mount):
    """Whether what is mounted is the node's own: a volume without a file system of elsewhere behind it."""
    if mount.get("Type") != "volume":
        # The health probe is bound in from each node, and is the same on all; tmpfs begins empty anyway.
        return mount.get("Type") == "bind" and not mount.get("ReadOnly")
    options = ((mount.get("VolumeOptions") or {}).get("DriverConfig") or {}).get("Options") or {}
    return options.get("type") != "nfs"


def replicas(spec):
    """How many tasks a counted service has; none where its tasks are not counted."""
    return spec["Mode"].get("Replicated", {"Replicas": 0}).get("Replicas", 1)


def constraints(spec):
    return (spec["TaskTemplate"].get("Placement") or {}).get("Constraints") or []


def away_from(spec):
    """The nodes that a service is being moved away from."""
    return {text.replace(" ", "")[len(MOVING) :] for text in moving(spec)}


def steered(spec, away):
    """A copy of a spec that keeps away from these nodes, and from no other."""
    bare = without_moving(spec)
    task = bare["TaskTemplate"]
    placement = {**task["Placement"], "Constraints": constraints(bare) + [MOVING + name for name in sorted(away)]}
    return {**bare, "TaskTemplate": {**task, "Placement": placement}}


def only_steered(service):
    """Whether what rolls is nothing but a move of the leader's."""
    before = service.get("PreviousSpec")
    if before is None:
        return False
    return plain(before) == plain(service["Spec"])


def plain(spec):
    """A spec without what the leader changes for a while."""
    labels = dict(spec.get("Labels") or {})
    count = labels.pop(SPREADING, None)
    bare = {**steered(spec, ()), "Labels": labels}
    return bare if count is None else {**bare, "Mode": {"Replicated": {"Replicas": int(count)}}}


def change(node, service, spec):
    """Updates a service; what its registry asked for stays. Raises EngineError where another was faster."""
    path = f"/services/{service['ID']}/update?version={service['Version']['Index']}"
    node.engine.call("POST", path, spec)


def fits(spec, one):
    """Whether a node may have tasks of a service by its constraints; those that are not known here count as met."""
    labels = one["Spec"].get("Labels") or {}
    known = {"node.id": one["ID"], **{f"node.labels.{key}": text for key, text in labels.items()}}
    for text in constraints(spec):
        for operator in ("==", "!="):
            key, found, value = (part.strip() for part in text.partition(operator))
            if found and (key in known or key.startswith("node.labels.")):
                if (known.get(key, "") == value) != (operator == "=="):
                    return False
                break
    return True


def works(one):
    return one["Status"]["State"] == "ready" and one["Spec"]["Availability"] == "active"
