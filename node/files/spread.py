"""
A VM that joined gets work. Swarm itself moves nothing when a node joins; so a service that has two tasks more on one node than
on another gets a task more for a while, which Swarm places where there are fewest, and once that is well, one less, which
Swarm takes from where there are most. One service at a time, and only while nothing else happens. How many tasks the program
asks for stands in a label meanwhile, so that whoever leads next ends what was begun.
"""
import math
from collections import Counter

import extra
from compare import SPREADING
from context import label
from lead import going
from mobile import ROLLING, away_from, change, fits, mobile, progress, replicas, services, steered, works

# The swarm has to have been quiet for so long, in seconds.
QUIET = 60
# A task more that has not come up for so long is given up.
PATIENCE = 300
# Where Swarm may choose a node that makes nothing better, a service is tried so often with the same nodes.
TRIES = 3


def spread(node):
    nodes = node.engine.get("/nodes")
    there = services(node)
    begun = [service for service in there if SPREADING in (service["Spec"].get("Labels") or {})]
    moving = [service for service in begun if extra.begun(service["Spec"])]
    for service in begun:
        if service not in moving:
            finish(node, service, nodes)
    # All of them, and not until one is done.
    extra.pending = not all([extra.finish(node, service, nodes) for service in moving])
    if begun or not still(node, nodes, there):
        return
    for service in there:
        if may(service) and starts(node, service, nodes):
            return


def still(node, nodes, there):
    """Whether nothing else happens, and nothing has for a while: no node goes, is away or new, and no service rolls."""
    if any(going(one) or one["Status"]["State"] != "ready" or not label(one, "fleet") for one in nodes):
        return False
    if any(away_from(service["Spec"]) or progress(service) in ROLLING for service in there):
        return False
    seen = [working(nodes), max((one["Version"]["Index"] for one in there), default=0)]
    return node.waited("still", seen) >= QUIET


def working(nodes):
    return sorted(one["ID"] for one in nodes if works(one))


def may(service):
    """Whether a service may have a task more for a while, and shows by a health check when that is well."""
    spec = service["Spec"]
    check = (spec["TaskTemplate"]["ContainerSpec"].get("Healthcheck") or {}).get("Test") or ["NONE"]
    quiet = progress(service) in (None, "completed")  # an update would wipe out what is said of one that failed
    return quiet and mobile(spec) and replicas(spec) > 1 and check[0] != "NONE"


def starts(node, service, nodes):
    """Gives a service a task more where that brings it nearer to being even; whether it did."""
    spec = service["Spec"]
    able = [one for one in nodes if works(one) and fits(spec, one)]
    if len(able) < 2:
        return False
    tasks = node.engine.get("/tasks", **{"service": [service["ID"]], "desired-state": ["running"]})
    if len(tasks) != replicas(spec) or any(task["Status"]["State"] != "running" for task in tasks):
        return False
    counts = Counter(task["NodeID"] for task in tasks)
    found = candidates(spec, able, counts)
    gains = [max(counts.values()) - counts[one["ID"]] > 1 for one in found]
    tries = node.recall("spread") or {}
    if tries.get("nodes") != working(nodes):
        tries = {"nodes": working(nodes), "tried": {}}
    tried = tries["tried"].get(service["ID"], 0)
    if not any(gains) or tried >= (replicas(spec) if all(gains) else TRIES):
        return False
    if not all(roomy(node, spec, one) for one in found):
        return False
    labels = {**(spec.get("Labels") or {}), SPREADING: str(replicas(spec))}
    change(node, service, {**spec, "Labels": labels, "Mode": {"Replicated": {"Replicas": replicas(spec) + 1}}})
    node.remember("spread", {**tries, "tried": {**tries["tried"], service["ID"]: tried + 1}})
    node.log(f"{spec['Name']} has a task more for a while")
    return True


def candidates(spec, able, counts):
    """The nodes that Swarm may choose for one task more: of the zones that have fewest, the nodes that have fewest."""
    placement = spec["TaskTemplate"].get("Placement") or {}
    keys = [each["Spread"]["SpreadDescriptor"].removeprefix("node.labels.") for each in placement.get("Preferences") or []]

    def zone(one):
        return tuple((one["Spec"].get("Labels") or {}).get(key, "") for key in keys)

    totals, zones = Counter(), {}
    for one in able:
        totals[zone(one)] += counts[one["ID"]]
        if counts[one["ID"]] < (placement.get("MaxReplicas") or math.inf):
            zones.setdefault(zone(one), []).append(one)
    fewest = min((totals[name] for name in zones), default=0)
    return [
        one
        for name, within in zones.items()
        if totals[name] == fewest
        for one in within
        if counts[one["ID"]] == min(counts[other["ID"]] for other in within)
    ]


def roomy(node, spec, one):
    """Whether a node has what a task of a service reserves."""
    wanted = (spec["TaskTemplate"].get("Resources") or {}).get("Reservations") or {}
    room = one["Description"]["Resources"]
    tasks = node.engine.get("/tasks", **{"node": [one["ID"]], "desired-state": ["running"]})
    for kind in ("NanoCPUs", "MemoryBytes"):
        used = sum(
            ((task["Spec"].get("Resources") or {}).get("Reservations") or {}).get(kind) or 0 for task in tasks
        )
        if used + (wanted.get(kind) or 0) > room.get(kind, 0):
            return False
    return True


def finish(node, service, nodes):
    """Takes the task more away again, once all are well."""
    spec = service["Spec"]
    count = spec["Labels"][SPREADING]
    labels = {key: text for key, text in spec["Labels"].items() if key != SPREADING}
    if not count.isdigit() or "Replicated" not in spec["Mode"] or replicas(spec) != int(count) + 1:
        change(node, service, {**spec, "Labels": labels})  # somebody else scaled it meanwhile
        return
    if progress(service) in ROLLING:
        return
    tasks = node.engine.get("/tasks", service=[service["ID"]])
    tasks = [task for task in tasks if task["DesiredState"] in ("ready", "running")]
    ill = [task for task in tasks if task["Status"]["State"] != "running"]
    aside = away_from(spec) & {one["ID"] for one in nodes if going(one)}
    less = steered({**spec, "Labels": labels, "Mode": {"Replicated": {"Replicas": int(count)}}}, aside)
    if len(tasks) - len(ill) < replicas(spec):
        if node.waited("spreading", [service["ID"], service["Version"]["Index"]]) < PATIENCE:
            return
        # Swarm would take one that is well where there are most. So the one that is ill is brought away from its node, and
        # only one that no node took is given up, which Swarm takes first.
        where = {task["NodeID"] for task in ill if task.get("NodeID")}
        if where:
            if not where <= away_from(spec):
                change(node, service, steered(spec, away_from(spec) | where))
            return
    change(node, service, less)
    node.log(f"{spec['Name']} has as many tasks as its program says")
