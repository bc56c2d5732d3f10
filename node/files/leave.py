"""How a VM goes: drained first, out of the quorum next, and only then let go."""
import json
import subprocess
import time

from aws import AwsError
from context import write

DAEMON = "/etc/docker/daemon.json"
MARK = "lightfleet.leaving=true"
# The longest that tasks are waited for: a spot VM has two minutes in all.
DRAIN = {"terminating": 600, "spot": 75}


def leaving(node):
    """Why this VM is to go: "terminating" (its group wants it gone), "spot" (EC2 wants it back), or None."""
    if node.metadata.get("autoscaling/target-lifecycle-state") == "Terminated":
        return "terminating"
    if node.metadata.get("spot/instance-action") is not None:
        return "spot"
    return None


def leave(node, why):
    """One turn of leaving; each goes on from what it finds."""
    record = node.recall("leaving") or {"since": time.time(), "why": why}
    node.remember("leaving", record)
    info = node.engine.get("/info")
    swarm = info["Swarm"]
    if swarm["LocalNodeState"] in ("active", "pending"):
        mark(node)
        if swarm.get("ControlAvailable"):
            drain(node, swarm["NodeID"])
        waited = time.time() - record["since"]
        if busy(node, info) and waited < DRAIN[record["why"]]:
            return
        if swarm.get("ControlAvailable") and not step_down(node, swarm["NodeID"]):
            return
        force = "true" if swarm.get("ControlAvailable") else "false"
        node.engine.call("POST", f"/swarm/leave?force={force}", timeout=60)
        node.log("left the swarm")
    if not record.get("told") and time.time() - record.get("asked", 0) > 30:
        node.remember("leaving", {**record, "told": signal(node, "terminating", "CONTINUE"), "asked": time.time()})


def mark(node):
    """
    Tells the managers, in a way that needs no permission and that no other VM can fake: a label of this VM's own engine. The
    engine takes it over without a restart, and the managers hear of it within 20 seconds.
    """
    with open(DAEMON, encoding="utf-8") as file:
        daemon = json.load(file)
    if MARK in daemon.setdefault("labels", []):
        return
    daemon["labels"].append(MARK)
    write(DAEMON, json.dumps(daemon, indent=1) + "\n", 0o644)
    subprocess.run(["systemctl", "kill", "--kill-who=main", "--signal=HUP", "docker.service"], check=False)
    node.log("leaving: the managers will drain this node")


def drain(node, identity):
    one = node.engine.get(f"/nodes/{identity}")
    if one["Spec"]["Availability"] != "drain":
        node.engine.change_node(one, Availability="drain")


def busy(node, info):
    """Whether tasks run here, or this is a worker that its managers have not had the time to drain."""
    tasks = node.engine.get("/containers/json", label=["com.docker.swarm.task.id"], status=["running"])
    return len(tasks) > 0


def step_down(node, identity):
    """
    A manager goes only where those who stay keep the quorum. It is demoted and waits until the swarm has taken note; true
    where it may leave as it is, because there is no other manager.
    """
    managers = [one for one in node.engine.get("/nodes") if one["Spec"]["Role"] == "manager"]
    others = [one for one in managers if one["ID"] != identity]
    if not others:
        return True
    able = [one for one in others if (one.get("ManagerStatus") or {}).get("Reachability") == "reachable"]
    if len(able) <= len(others) // 2:
        node.log(f"waiting: of {len(others)} other managers only {len(able)} can be reached")
        return False
    own = next((one for one in managers if one["ID"] == identity), None)
    if own is not None:
        node.engine.change_node(own, Role="worker")
        node.log("stepped down from the managers")
    return False


def signal(node, hook, result):
    """Answers a lifecycle hook of the VM's group; true where that is settled, also because nobody waits for an answer."""
    try:
        node.aws.autoscaling(
            "CompleteLifecycleAction",
            AutoScalingGroupName=node.config["group"],
            InstanceId=node.instance,
            LifecycleHookName=hook,
            LifecycleActionResult=result,
        )
        node.log(f"told the group: {hook}, {result}")
        return True
    except AwsError as error:
        if error.code == "ValidationError":
            return True
        node.log(f"cannot tell the group: {error}")
    except OSError as error:
        node.log(f"cannot tell the group: {error}")
    return False


def ready(node, info):
    """
    Once it is a healthy member: lets the group go on, that waits with its next VM for this one. A manager counts as one
    when the others reach it and the leader has given it its labels.
    """
    kept = node.recall("ready") or {"told": False, "at": 0}
    if kept["told"] or time.time() - kept["at"] < 30:
        return
    if info["Swarm"].get("ControlAvailable"):
        own = node.engine.get(f"/nodes/{info['Swarm']['NodeID']}")
        reached = (own.get("ManagerStatus") or {}).get("Reachability") == "reachable"
        if not reached or "lightfleet.fleet" not in (own["Spec"].get("Labels") or {}):
            return
    node.remember("ready", {"told": signal(node, "launching", "CONTINUE"), "at": time.time()})
