"""How a VM goes: drained first, out of the quorum next, and only then let go."""
import json
import os
import subprocess
import time

from aws import AwsError
from context import age, write
from engine import EngineError

DAEMON = "/etc/docker/daemon.json"
MARK = "lightfleet.leaving="
# Label of a node that the leader has set aside: since when.
ASIDE = "lightfleet.aside"
# The longest that tasks are waited for, in seconds: the hook of the group ends after 900, and a spot VM has 120 in all. The
# model has the same numbers (model/leaving.ts), for what is said of them before.
WAIT = {"terminating": 865, "spot": 100}


def leaving(node):
    """Why this VM is to go: "terminating" (its group wants it gone), "spot" (EC2 wants it back), or None."""
    if node.metadata.get("spot/instance-action") is not None:
        return "spot"
    if node.metadata.get("autoscaling/target-lifecycle-state") == "Terminated":
        return "terminating"
    return None


def leave(node, why):
    """
    One turn of leaving; each goes on from what it finds. True once this VM is no member any more. Nothing of it needs a
    disk that takes anything, nor more of the engine than that it answers before the time is over.
    """
    record = node.recall("leaving") or {}
    if "why" not in record or record["why"] != "spot" == why or age(record["since"]) > 2 * WAIT[record["why"]]:
        record = {"since": time.monotonic(), "why": why}
    node.remember("leaving", record)
    over = age(record["since"]) >= WAIT[record["why"]]
    try:
        if not withdraw(node, record["why"], over):
            return False
    except (EngineError, OSError) as error:
        node.log(f"leaving: {error}")
        if not over:
            return False
    if not record.get("told") and ("asked" not in record or age(record["asked"]) > 30):
        record = {**record, "told": signal(node, "terminating", "CONTINUE"), "asked": time.monotonic()}
        node.remember("leaving", record)
    return True


def withdraw(node, why, over):
    """Waits to be drained, at most until the time is over, and leaves the swarm; true once that is done."""
    info = node.engine.get("/info")
    swarm = info["Swarm"]
    if swarm["LocalNodeState"] not in ("active", "pending"):
        return True
    manages = swarm.get("ControlAvailable")
    try:
        mark(node, info, why)
    except (OSError, ValueError) as error:
        node.log(f"cannot tell the managers: {error}")
        if manages:
            drain(node, swarm["NodeID"])
    if not over and busy(node):
        return False
    if manages and not step_down(node, swarm["NodeID"], over):
        return False
    node.engine.call("POST", f"/swarm/leave?force={'true' if manages else 'false'}", timeout=60)
    node.log("left the swarm")
    return True


def mark(node, info, why):
    """
    Tells the managers, in a way that needs no permission and that no other VM can fake: a label of this VM's own engine. The
    engine takes it over without a restart, and the managers hear of it within 20 seconds.
    """
    if MARK + why in (info.get("Labels") or []):
        return
    with open(DAEMON, encoding="utf-8") as file:
        daemon = json.load(file)
    daemon["labels"] = [one for one in daemon.get("labels") or [] if not one.startswith(MARK)] + [MARK + why]
    text = json.dumps(daemon, indent=1) + "\n"
    try:
        write(DAEMON, text, 0o644)
    except OSError:
        # The disk takes nothing any more: a file in memory takes the place of the one on it.
        os.makedirs(node.run, 0o700, exist_ok=True)
        shadow = os.path.join(node.run, "daemon.json")
        write(shadow, text, 0o644)
        subprocess.run(["umount", DAEMON], stderr=subprocess.DEVNULL, check=False)
        subprocess.run(["mount", "--bind", shadow, DAEMON], check=False)
    subprocess.run(["systemctl", "kill", "--kill-who=main", "--signal=HUP", "docker.service"], check=False)
    node.log("leaving: the managers will drain this node")


def drain(node, identity):
    one = node.engine.get(f"/nodes/{identity}")
    if one["Spec"]["Availability"] != "drain":
        node.engine.change_node(one, Availability="drain")


def busy(node):
    """Whether tasks run here."""
    return bool(node.engine.get("/containers/json", label=["com.docker.swarm.task.id"], status=["running"]))


def step_down(node, identity, over):
    """
    A manager goes only where those who stay keep the quorum, and one that leads not while it empties another node, as long as
    it has the time: the next leader's Swarm ends old tasks at once where new ones are about to start. It is demoted and waits
    until the swarm has taken note; true where it may leave as it is, because there is no other manager.
    """
    nodes = node.engine.get("/nodes")
    leads = any(one["ID"] == identity and (one.get("ManagerStatus") or {}).get("Leader") for one in nodes)
    if leads and not over and any(emptied(one) for one in nodes if one["ID"] != identity):
        return False
    managers = [one for one in nodes if one["Spec"]["Role"] == "manager"]
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


def emptied(one):
    """Whether the leader has set a node aside and moves its services."""
    return one["Spec"]["Availability"] == "pause" and ASIDE in (one["Spec"].get("Labels") or {})


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
    except (AwsError, OSError) as error:
        if getattr(error, "code", None) == "ValidationError":
            return True
        node.log(f"cannot tell the group: {error}")
    return False


def ready(node, info):
    """
    Once it is a healthy member: lets the group go on, that waits with its next VM for this one. A manager counts as one
    when the others reach it and the leader has given it its labels.
    """
    kept = node.recall("ready") or {}
    if kept.get("told") or ("at" in kept and age(kept["at"]) < 30):
        return
    if info["Swarm"].get("ControlAvailable"):
        own = node.engine.get(f"/nodes/{info['Swarm']['NodeID']}")
        reached = (own.get("ManagerStatus") or {}).get("Reachability") == "reachable"
        if not reached or "lightfleet.fleet" not in (own["Spec"].get("Labels") or {}):
            return
    node.remember("ready", {"told": signal(node, "launching", "CONTINUE"), "at": time.monotonic()})
