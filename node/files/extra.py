"""
A service with one task moves off its node by a task more for a while: once that is well elsewhere the node is drained, and then
the service has one less. No update of Swarm's runs meanwhile, which the next leader's Swarm would go on with by ending the old
task before the new one is well (swarmkit, `useExistingTask`): whoever leads when, one task serves.
"""
import calendar
import time

from compare import SPREADING
from mobile import change, replicas, works

# So long a service has a task more after its node was drained, in seconds, where none of its tasks is well.
PATIENCE = 300
FAILED = ("failed", "rejected")

# Whether a service waits to have one less, so that the leader looks at its next turn.
pending = False


def single(spec):
    """Whether the program asks for one task of a service."""
    count = (spec.get("Labels") or {}).get(SPREADING)
    return replicas(spec) == 1 if count is None else count == "1"


def begun(spec):
    return (spec.get("Labels") or {}).get(SPREADING) == "1" and replicas(spec) == 2


def add(node, service):
    spec = service["Spec"]
    labels = {**(spec.get("Labels") or {}), SPREADING: "1"}
    change(node, service, {**spec, "Labels": labels, "Mode": {"Replicated": {"Replicas": 2}}})


def remove(node, service):
    spec = service["Spec"]
    labels = {key: text for key, text in spec["Labels"].items() if key != SPREADING}
    change(node, service, {**spec, "Labels": labels, "Mode": {"Replicated": {"Replicas": 1}}})


def awaited(node, service, nodes):
    """
    Whether the task more of a service is to be waited for, before the node of the other one is drained. One that fails is
    taken back, which the drain of the old task does not wait for.
    """
    global pending
    tasks = tasks_of(node, service)
    if on_working(tasks, nodes):
        pending = True
        return False
    # Those of before are older than the change that asked for one more.
    if any(task["Status"]["State"] in FAILED and task["CreatedAt"] > service["UpdatedAt"] for task in tasks):
        remove(node, service)
        node.log(f"{service['Spec']['Name']} has one task again: its new one did not get well")
    return True


def finish(node, service, nodes):
    """Gives a service one task less, once the node that it leaves is drained; whether it did."""
    tasks = [task for task in tasks_of(node, service) if task["DesiredState"] in ("ready", "running")]
    left = {one["ID"]: one["Spec"]["Availability"] for one in nodes if not works(one)}
    leaving = [left[task["NodeID"]] for task in tasks if task.get("NodeID") in left]
    if "pause" in leaving:
        return False
    # Of two that run Swarm takes either. So the one on the drained node has to be about to end already; the one that Swarm starts
    # in its place does not run yet, and is the one that goes.
    if (leaving or not on_working(tasks, nodes)) and age(service) < PATIENCE:
        return False
    remove(node, service)
    node.log(f"{service['Spec']['Name']} has as many tasks as its program says")
    return True


def tasks_of(node, service):
    return node.engine.get("/tasks", service=[service["ID"]])


def on_working(tasks, nodes):
    """Whether a task is well on a node that takes work."""
    able = {one["ID"] for one in nodes if works(one)}
    return any(
        task["DesiredState"] == "running" and task["Status"]["State"] == "running" and task["NodeID"] in able for task in tasks
    )


def age(service):
    """Seconds since a service was changed."""
    return time.time() - calendar.timegm(time.strptime(service["UpdatedAt"][:19], "%Y-%m-%dT%H:%M:%S"))
