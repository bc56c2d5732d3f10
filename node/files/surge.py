"""
A node that is to go is emptied without a gap. Draining alone stops each task before it starts another; so the node is paused
first, then its services are kept away from it, which rolls only their tasks there, each new one well before the old one ends,
and only then the node is drained. A service with one task gets one more elsewhere instead (extra.py). The node has to be paused
before: a change of a node that is active makes Swarm end all tasks at once that may not be there any more.
"""
import time

import extra
from compare import SPREADING
from context import label
from engine import EngineError
from lead import going
from leave import ASIDE, WAIT
from mobile import ROLLING, STUCK, away_from, change, fits, mobile, only_steered, progress, services, steered, works

# What a VM has less than its own wait, in seconds: so long it takes at most until the leader hears of it (model/leaving.ts).
MARGIN = 45
# How long a node may take that a person wants drained.
BY_HAND = 3600
# A VM of an earlier version says only that it leaves, and waits as long as a spot VM did at the least.
UNKNOWN = 75
# So long a new task may be without a node that takes it; then the old one does not wait for it.
ROOM = 60


def surge(node, one, nodes):
    """One turn for a node that is to go: its availability, and since when it is set aside."""
    now = int(time.time())
    since = (one["Spec"].get("Labels") or {}).get(ASIDE, "")
    begun = one["Spec"]["Availability"] == "pause" and since.isdigit() and int(since) <= now
    since = since if begun else str(now)
    passed = now - int(since)
    try:
        there = tasked(node, one)
        graces = [service["Spec"]["TaskTemplate"]["ContainerSpec"].get("StopGracePeriod") or 0 for service in there]
        if passed >= limit(one) - max(graces, default=0) / 1e9:
            node.log(f"node {one['ID']} is drained: its tasks need the time that is left to end")
            return "drain", since
        # A leader that was just elected has not heard of the others yet: soon they are ready, or down.
        if not begun or any(other["Status"]["State"] == "unknown" for other in nodes):
            return "pause", since
        # All of them move at once, and not one after the other.
        waits = [moves(node, service, one, nodes, passed) for service in there]
        return ("pause" if any(waits) else "drain"), since
    except (EngineError, OSError) as error:  # an answer that failed to come is no reason for a gap
        node.log(f"node {one['ID']} is not empty yet: {error}")
        return ("pause" if passed < limit(one) / 2 else "drain"), since


def tasked(node, one):
    """The services that have tasks on a node."""
    tasks = node.engine.get("/tasks", **{"node": [one["ID"]], "desired-state": ["running"]})
    here = sorted({task["ServiceID"] for task in tasks})
    return services(node, id=here) if here else []


def limit(one):
    """How long a node that is to go may be emptied, in seconds, without the time that its tasks take to end."""
    said = label(one, "leaving")
    return WAIT.get(said, UNKNOWN) - MARGIN if said else BY_HAND


def moves(node, service, one, nodes, passed):
    """Brings a service away from a node where that is possible; whether it is worth waiting for."""
    spec, state = service["Spec"], progress(service)
    others = [other for other in nodes if works(other) and not going(other) and fits(spec, other)]
    if not mobile(spec) or not others or state in STUCK:
        return False
    away = away_from(spec)
    if one["ID"] in away:
        return state in (None, "updating") and not (passed > ROOM and lacks_room(node, service))
    if extra.begun(spec):
        return not (passed > ROOM and lacks_room(node, service)) and extra.awaited(node, service, nodes)
    if state in ROLLING:
        # A change in mid-roll would make Swarm end the old task before the new one is well (swarmkit, `useExistingTask`), and take
        # from a release what it rolls back to.
        return True
    tried = node.recall("surged") or {}
    mark = [one["ID"], one["Spec"]["Labels"][ASIDE]]
    if tried.get(service["ID"]) == mark:
        return False  # it came back: its new task did not get well
    try:
        if extra.single(spec):
            extra.add(node, service)
        else:
            change(node, service, steered(spec, away | {one["ID"]}))
    except EngineError as error:
        node.log(f"{spec['Name']} stays for now: {error}")
        return True
    node.remember("surged", {**tried, service["ID"]: mark})
    node.log(f"{spec['Name']} moves away from {one['ID']}")
    return True


def lacks_room(node, service):
    tasks = node.engine.get("/tasks", service=[service["ID"]])
    return any(
        task["Status"]["State"] == "pending" and "no suitable node" in task["Status"].get("Err", "") for task in tasks
    )


def settle(node):
    """
    Services are kept away only from nodes that are being emptied. What a leader before this one began is recognised by its
    form, and taken back here too. That moves nothing.
    """
    nodes = node.engine.get("/nodes")
    emptied = {one["ID"] for one in nodes if going(one) and one["Spec"]["Availability"] == "pause"}
    wanted = {one["ID"] for one in nodes if works(one)}
    for service in services(node):
        away = away_from(service["Spec"])
        if away <= emptied or SPREADING in (service["Spec"].get("Labels") or {}):
            continue
        # What rolls comes to its end first, unless it is only kept from a node that may have it again.
        if progress(service) in ROLLING and not (away & wanted and only_steered(service)):
            continue
        try:
            change(node, service, steered(service["Spec"], away & emptied))
        except EngineError as error:
            node.log(f"{service['Spec']['Name']} is still kept away: {error}")
