"""How the release fares, service by service, as `status.json` beside it tells."""
import calendar
import json
import time

import ingress
from aws import AwsError
from bundle import Refused
from compare import differences, plain
from context import age, hostname, label
from lead import settings
from provide import encrypts, network_ids
from record import applied, read
from spec import IMAGE, NAMESPACE, convert

VERSION = 1
KEY = "status.json"
# Written at least so often, so that a reader can tell an old one from a dead one.
PULSE = 60
# For each second that a look takes, so many pass before the next.
SHARE = 5
# So many failed tasks make a service failing that has not come up, and of one slot a loop of crashes.
FAILURES = 3
# Failures of so long ago count, and a task is up for good after so long or twice what the failed ones lived, in seconds.
RECENT = 600
SETTLED = 60

STATES = {
    "updating": "updating",
    "paused": "paused",
    "rollback_started": "rolling-back",
    "rollback_paused": "paused",
    "rollback_completed": "rolled-back",
}


def report(node, fresh):
    """
    Writes the status where it changed; answers whether all is still. Of thousands of services it takes seconds to look: then
    it is done less often, but where the release is `fresh`.
    """
    before, paced = node.recall("status") or {}, node.recall("paced")
    if not fresh and paced and age(paced["at"]) < paced["pause"]:
        return paced["still"]
    start = time.monotonic()
    now = build(node, before, time.time())
    # The next release makes again what was removed by hand, and removes what is nobody's.
    node.remember("astray", sorted(name for name, entry in now["services"].items() if entry.get("missing") or not entry["wanted"]))
    still = all(service["state"] in ("running", "rolled-back") for service in now["services"].values())
    pause = min(PULSE, SHARE * (time.monotonic() - start))
    node.remember("paced", {"at": time.monotonic(), "pause": pause, "still": still})
    said = {key: value for key, value in now.items() if key != "at"}
    if said == {key: value for key, value in before.items() if key != "at"} and 0 <= now["at"] - before["at"] < PULSE:
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
    for task in node.engine.get("/tasks", label=[f"{NAMESPACE}={cluster}"]):
        tasks.setdefault(task["ServiceID"], []).append(task)
    current = applied(node)
    wanted = expected(node, current)
    services = {}
    for service in node.engine.get("/services?status=true"):
        labels = service["Spec"].get("Labels") or {}
        if labels.get(NAMESPACE) == cluster:
            name = service["Spec"]["Name"].removeprefix(cluster + "_")
            services[name] = describe(service, tasks.get(service["ID"], []), wanted.get(name), hosts, now)
    for name, entry in services.items():
        old = (before.get("services") or {}).get(name, {})
        entry["since"] = old.get("since", int(now)) if old.get("state") == entry["state"] else int(now)
    for name in wanted.keys() - services.keys():
        services[name] = missing(wanted[name], now)
    return {
        "version": VERSION,
        "cluster": cluster,
        "at": int(now),
        "release": about(node, current, services),
        "services": services,
        "nodes": members(node, bool(current) and encrypts(current["bundle"])),
        # Of the network of published ports, whose size is what a release that publishes more can count on.
        "ingress": str(ingress.subnet(ingress.network(node) or {}) or ""),
    }


def missing(wanted, now):
    image = wanted["Labels"][IMAGE]
    return {
        "state": "failing",
        "desired": (wanted["Mode"].get("Replicated") or {}).get("Replicas", 0),
        "running": 0,
        "image": image,
        "wanted": image,
        "nodes": [],
        "missing": True,
        "error": "the service is not in the swarm: it was removed by hand; the next release makes it again",
        "since": int(now),
    }


def expected(node, current):
    """The specs of the release that was applied, by service; without secrets where its record does not say what they are called."""
    if current is None:
        return {}
    bundle = current["bundle"]
    names = bundle.get("applied")
    objects = {
        kind: {key: {"ID": "", "Name": entries.get(key) or ""} for key in bundle.get(kind) or {}}
        for kind, entries in (names or {"secrets": {}, "configs": {}}).items()
    }
    objects["networks"] = network_ids(node, bundle["cluster"])
    found = {}
    for key in bundle["stack"]["services"]:
        try:
            spec = convert(bundle["cluster"], key, bundle["stack"], objects)
        except Refused as error:
            node.log(f"cannot compare {key}: {error}")
            continue
        if names is None:
            for kind in ("Secrets", "Configs"):
                spec["TaskTemplate"]["ContainerSpec"].pop(kind, None)
        found[key] = spec
    return found


def about(node, current, services):
    """The newest release that was seen, and how it ended or how far it is."""
    running = (current or {}).get("lightfleet.digest")
    going, failed = read(node, "intent"), read(node, "failure")
    if going is not None:
        return {
            "state": "updating",
            "digest": going["lightfleet.digest"],
            "etag": going["lightfleet.etag"],
            "running": running,
        }
    if failed is not None:
        return {
            "state": failed["bundle"]["state"],
            "digest": failed["lightfleet.digest"],
            "etag": failed["lightfleet.etag"],
            "error": failed["bundle"]["error"],
            "final": failed["bundle"]["final"],
            "running": running,
        }
    if current is None:
        return {"state": "none"}
    states = {service["state"] for service in services.values()}
    order = ("failing", "paused", "rolling-back", "updating", "starting", "rolled-back")
    worst = next((state for state in order if state in states), "converged")
    return {
        "state": worst,
        "digest": running,
        "etag": current["lightfleet.etag"],
        "running": running,
        "since": int(current["lightfleet.at"]),
    }


def bare(image):
    """An image without the digest that the swarm adds."""
    return image.split("@sha256:")[0]


def describe(service, tasks, wanted, hosts, now):
    """How a service fares, beside the spec of the release that was applied."""
    counts = service.get("ServiceStatus") or {}
    desired, running = counts.get("DesiredTasks", 0), counts.get("RunningTasks", 0)
    spec = service["Spec"]
    differs = parts_that_differ(wanted, spec)
    failures = [task for task in tasks if task["Status"]["State"] in ("failed", "rejected")]
    template = comparable(spec["TaskTemplate"])
    recent = [task for task in failures if comparable(task["Spec"]) == template]
    progress = (service.get("UpdateStatus") or {}).get("State")
    state, error = STATES.get(progress), None
    if state is None or (state == "rolled-back" and wanted is not None):
        state = "running" if running >= desired else "failing" if len(recent) >= FAILURES else "starting"
        if differs:
            state = "rolled-back"
        elif state == "running" and crashing(recent, tasks, now):
            state = "starting"
        elif state == "running" and unreached(spec, tasks):
            state, error = "failing", "its tasks do not have the ports that it publishes: update it with --force"
    last = max(recent or failures, key=lambda task: task["Status"]["Timestamp"], default=None)
    digest = wanted is not None and "@" in wanted["Labels"][IMAGE]
    image = spec["TaskTemplate"]["ContainerSpec"]["Image"]
    entry = {
        "state": state,
        "desired": desired,
        "running": running,
        "image": image if digest else bare(image),
        "wanted": None if wanted is None else wanted["Labels"][IMAGE],
        "nodes": sorted(hosts.get(task.get("NodeID"), "?") for task in tasks if task["Status"]["State"] == "running"),
    }
    if differs:
        entry["differs"] = differs
    if error is not None:
        entry["error"] = error
    elif last is not None and state != "running":
        entry["error"] = last["Status"].get("Err") or last["Status"].get("Message", "")
    return entry


def parts_that_differ(wanted, spec):
    if wanted is None:
        return []
    found = differences(wanted, spec)
    container = wanted["TaskTemplate"]["ContainerSpec"]
    # What a record of an older agent does not say is not compared.
    return [part for part in found if part not in ("Secrets", "Configs") or part in container]


def comparable(template):
    return plain({key: one for key, one in template.items() if key != "Placement"})


def moment(text):
    """Seconds since 1970 of a time that the engine writes; 0 where there is none."""
    try:
        return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))
    except (TypeError, ValueError):
        return 0


def crashing(failures, tasks, now):
    """Whether a slot's tasks fail again and again, although one is up at this moment."""
    slots = {}
    for task in failures:
        if now - moment(task["Status"]["Timestamp"]) < RECENT:
            slots.setdefault(place(task), []).append(task)
    up = {place(task): now - moment(task["Status"]["Timestamp"]) for task in tasks if task["Status"]["State"] == "running"}
    return any(
        len(failed) >= FAILURES and up.get(slot, 0) < max(SETTLED, 2 * max(map(lifetime, failed)))
        for slot, failed in slots.items()
    )


def place(task):
    return task.get("Slot") or task.get("NodeID")


def lifetime(task):
    return moment(task["Status"]["Timestamp"]) - moment(task.get("CreatedAt"))


def unreached(spec, tasks):
    """Whether a service publishes ports in the routing mesh, and tasks of it run that are not on its network."""
    ports = (spec.get("EndpointSpec") or {}).get("Ports") or []
    if all(port.get("PublishMode") == "host" for port in ports):
        return False
    return any(
        not any(((one.get("Network") or {}).get("Spec") or {}).get("Ingress") for one in task["NetworksAttachments"])
        for task in tasks
        if task["Status"]["State"] == "running" and task.get("NetworksAttachments")
    )


def members(node, encrypted=False):
    found, doubts = {}, node.recall("verified") or {}
    # Who is doubted comes last: it has no name that another has.
    nodes = sorted(node.engine.get("/nodes"), key=lambda one: bool((doubts.get(one["ID"]) or {}).get("why")))
    for one in nodes:
        labels, why = one["Spec"].get("Labels") or {}, (doubts.get(one["ID"]) or {}).get("why")
        name = hostname(one)
        entry = found[name if name not in found else f"{name} ({one['ID'][:12]})"] = {
            "fleet": labels.get("lightfleet.fleet"),
            "zone": labels.get("lightfleet.zone"),
            "role": one["Spec"]["Role"],
            "state": one["Status"]["State"],
            "availability": one["Spec"]["Availability"],
            "address": one["Status"].get("Addr"),
        }
        if why:
            entry["problem"] = f"gets no work: {why}"
        elif label(one, "esp") == "no" and encrypted:
            entry["problem"] = "its kernel has no ESP: what services there send over encrypted networks, and are sent, is lost"
    return found
