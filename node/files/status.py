"""How the release fares, service by service, as `status.json` beside it tells."""
import json
import time

from aws import AwsError
from context import hostname
from lead import settings
from record import applied

VERSION = 1
KEY = "status.json"
# Written at least so often, so that a reader can tell an old one from a dead one.
PULSE = 60
# So many failed tasks make a service failing that has not come up.
FAILURES = 3

STATES = {
    "updating": "updating",
    "paused": "paused",
    "rollback_started": "rolling-back",
    "rollback_paused": "paused",
    "rollback_completed": "rolled-back",
}


def report(node):
    """Writes the status where it changed; answers whether all is still."""
    before = node.recall("status") or {}
    now = build(node, before, time.time())
    still = all(service["state"] in ("running", "rolled-back") for service in now["services"].values())
    said = {key: value for key, value in now.items() if key != "at"}
    if said == {key: value for key, value in before.items() if key != "at"} and now["at"] - before["at"] < PULSE:
        return still
    where = settings(node)
    if where is None:
        return still
    try:
        body = json.dumps(now, indent=1, sort_keys=True).encode()
        status, _, answer = node.aws.s3("PUT", where["bucket"], KEY, {"content-type": "application/json"}, body)
        if status == 200:
            node.remember("status", now)
        else:
            node.log(f"cannot write the status: {status} {answer[:200].decode(errors='replace')}")
    except (AwsError, OSError) as error:
        node.log(f"cannot write the status: {error}")
    return still


def build(node, before, now):
    cluster = node.config["cluster"]
    hosts = {one["ID"]: hostname(one) for one in node.engine.get("/nodes")}
    tasks = {}
    for task in node.engine.get("/tasks", label=[f"com.docker.stack.namespace={cluster}"]):
        tasks.setdefault(task["ServiceID"], []).append(task)
    current = applied(node)
    images = {name: one["image"] for name, one in (current["bundle"]["stack"]["services"] if current else {}).items()}
    services = {}
    for service in node.engine.get("/services?status=true"):
        labels = service["Spec"].get("Labels") or {}
        if labels.get("com.docker.stack.namespace") == cluster:
            name = service["Spec"]["Name"].removeprefix(cluster + "_")
            services[name] = describe(service, tasks.get(service["ID"], []), images.get(name), hosts)
    for name, entry in services.items():
        old = (before.get("services") or {}).get(name, {})
        entry["since"] = old.get("since", int(now)) if old.get("state") == entry["state"] else int(now)
    return {
        "version": VERSION,
        "cluster": cluster,
        "at": int(now),
        "release": about(node, current, services),
        "services": services,
        "nodes": members(node),
    }


def about(node, current, services):
    """The newest release that was seen, and how it ended or how far it is."""
    failed = node.recall("failed")
    if failed:
        return {
            "state": failed["state"],
            "digest": failed["digest"],
            "etag": failed["etag"],
            "error": failed["error"],
            "running": (current or {}).get("lightfleet.digest"),
        }
    if current is None:
        return {"state": "none"}
    states = {service["state"] for service in services.values()}
    order = ("failing", "paused", "rolling-back", "updating", "starting", "rolled-back")
    worst = next((state for state in order if state in states), "converged")
    return {
        "state": worst,
        "digest": current["lightfleet.digest"],
        "etag": current["lightfleet.etag"],
        "running": current["lightfleet.digest"],
        "since": int(current["lightfleet.at"]),
    }


def plain(image):
    """An image without the digest that the swarm adds."""
    return image.split("@sha256:")[0]


def describe(service, tasks, wanted, hosts):
    counts = service.get("ServiceStatus") or {}
    desired, running = counts.get("DesiredTasks", 0), counts.get("RunningTasks", 0)
    image = plain(service["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"])
    failures = [task for task in tasks if task["Status"]["State"] in ("failed", "rejected")]
    recent = [task for task in failures if plain(task["Spec"]["ContainerSpec"]["Image"]) == (wanted or image)]
    progress = (service.get("UpdateStatus") or {}).get("State")
    if progress in STATES:
        state = STATES[progress]
    elif wanted and image != plain(wanted):
        state = "rolled-back"
    elif running >= desired:
        state = "running"
    else:
        state = "failing" if len(recent) >= FAILURES else "starting"
    last = max(recent or failures, key=lambda task: task["Status"]["Timestamp"], default=None)
    entry = {
        "state": state,
        "desired": desired,
        "running": running,
        "image": image,
        "wanted": wanted,
        "nodes": sorted(
            hosts.get(task.get("NodeID"), "?") for task in tasks if task["Status"]["State"] == "running"
        ),
    }
    if last is not None and state != "running":
        entry["error"] = last["Status"].get("Err") or last["Status"].get("Message", "")
    return entry


def members(node):
    found = {}
    for one in node.engine.get("/nodes"):
        labels = one["Spec"].get("Labels") or {}
        found[hostname(one)] = {
            "fleet": labels.get("lightfleet.fleet"),
            "zone": labels.get("lightfleet.zone"),
            "role": one["Spec"]["Role"],
            "state": one["Status"]["State"],
            "availability": one["Spec"]["Availability"],
            "address": one["Status"].get("Addr"),
        }
    return found
