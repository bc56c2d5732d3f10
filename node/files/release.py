"""
One turn of the leader's for its release: the newest is brought to the swarm, secrets are renewed, leftovers removed. A
release takes as many turns as it needs, so that the leader keeps its other duties; what is done is kept in the swarm.
"""
import time

from apply import Applier, Refusal
from aws import AwsError
from bundle import Refused, pull, verify
from context import age
from engine import EngineError
from images import resolve
from lead import settings
from plan import changed, free_ports, keeps_image, running, steps, uses
from provide import contents, make, names_of, networks
from prune import prune
from record import applied, erase, read, write
from registry import of_services, refresh
from rotate import known_names, rotate
from spec import IMAGE
from status import report
from trial import offer

# A release that could not be applied is tried again after so long, in seconds.
AGAIN = 30
# So long a turn works on a release, in seconds.
SLICE = 20
# So often steps are tried that the engine could not do for want of health, before they are taken back.
TRIES = 20
UNABLE = (AwsError, EngineError, OSError)


def turn(node):
    """Answers nothing: how the release fares is told by `status.json`."""
    done = update(node)
    rotated = done is None and rotate(node)
    still = report(node, bool(done or rotated))
    if done or rotated:
        node.remember("unpruned", True)
        return
    if still and node.recall("unpruned"):
        prune(node)
        node.forget("unpruned")
    refresh(node)


def update(node):
    """
    Brings the newest release to the swarm where it is not there yet. Answers how that went, as one of "deployed", "applying",
    "refused", "failed", "cleared" with what there is to say; None where there was nothing to do.
    """
    deadline = time.monotonic() + SLICE
    intent, current = read(node, "intent"), applied(node)
    if intent is not None and current is not None and current["index"] > intent["index"]:
        # It is done, or an agent that knows of no intents did another release since.
        erase(node, "intent")
        erase(node, "failure")
        intent = None
    if intent is not None:
        return proceed(node, intent, deadline)
    where, failed = settings(node), read(node, "failure")
    if where is None:
        return None
    etag = (current or {}).get("lightfleet.etag", "")
    found = fetch(node, where, etag, failed)
    if found is None:
        return None
    if found["etag"] == etag:
        erase(node, "failure")
        return {"cleared": True}
    about = {"etag": found["etag"], "digest": found["digest"], "version": found["version"]}
    node.remember("tried", {"etag": found["etag"], "at": time.monotonic()})
    try:
        bundle = verify(node, found)
        if not prepare(node, about, bundle, current, deadline):
            node.forget("tried")
            return {"applying": about["digest"]}
    except Refused as error:
        return fail(node, about, "refused", str(error), error.final)
    except EngineError as error:
        # What the engine finds wrong with a spec stays wrong; all else may be otherwise at another time.
        return fail(node, about, "failed", str(error), error.status == 400)
    except UNABLE as error:
        return fail(node, about, "failed", str(error), False)
    return proceed(node, read(node, "intent"), deadline)


def fetch(node, where, etag, failed):
    """The release where there is something to do for it: what failed is not read again until it is another, or may be well."""
    tried = node.recall("tried") or {}
    try:
        if failed is None:
            return pull(node, where, etag)
        rest = tried.get("etag") == failed["lightfleet.etag"] and age(tried["at"]) <= AGAIN
        again = not failed["bundle"]["final"] and not rest
        return pull(node, where, etag if again else failed["lightfleet.etag"])
    except (AwsError, OSError) as error:
        node.log(f"cannot read the release: {error}")
        return None


def prepare(node, about, bundle, current, deadline):
    """All that harms nobody, up to the written intent; answers false where time ran out: the next turn goes on."""
    cluster, before = bundle["cluster"], (current or {}).get("bundle")
    found = contents(node, bundle, before)
    names = names_of(found)
    defined = bundle["stack"]["services"]
    keys = changed(bundle, names, before, known_names(node, before, names) if before else None)
    keys += [key for key in node.recall("astray", []) if key not in keys]
    services, others = running(node, keys if before else None)
    made = [defined[key] for key in keys if key in defined]
    wanted = {kind: {one for entry in made for one in uses(entry, kind)} for kind in found}
    joined = {network for entry in made for network in entry.get("networks") or []}
    # What can be told without the engine comes before anything is made in it.
    nothing = {kind: {key: {"ID": "", "Name": name} for key, name in entries.items()} for kind, entries in names.items()}
    free_ports(steps(bundle, keys, services, nothing), others)
    objects = {**make(node, cluster, found, wanted), "networks": networks(node, bundle, joined)}
    todo = steps(bundle, keys, services, objects)
    specs = [step["after"] for step in todo if step["after"] is not None]
    if not offer(node, about["digest"], specs, deadline):
        return False
    node.forget("offered")
    asked = [step["after"] for step in todo if step["after"] is not None and not keeps_image(step["after"], step["before"])]
    images = {spec["Labels"][IMAGE] for spec in asked}
    document = {
        "bundle": bundle,
        "names": names,
        "steps": todo,
        "images": resolve(node, images, of_services(node, asked)),
        "reverting": None,
    }
    write(node, "intent", about, document)
    node.remember("progress", {"digest": about["digest"], "done": 0})
    return True


def proceed(node, intent, deadline):
    """Goes on with a release whose steps are written down, whoever began it."""
    about = {key: intent["lightfleet." + key] for key in ("etag", "digest", "version")}
    plan = {**intent["bundle"], "created": intent["created"]}
    progress = node.recall("progress") or {}
    mine = progress.get("digest") == about["digest"]
    start = progress["done"] if mine else 0
    try:
        applier = Applier(node, plan, of_services(node, [step[when] for step in plan["steps"] for when in ("before", "after") if step[when]]))
        if plan["reverting"] is not None:
            return take_back(node, applier, about, plan, start if mine else len(plan["steps"]), deadline)
        done = applier.forward(start, deadline)
    except Refusal as error:
        tries = progress.get("tries", 0) + 1 if mine and progress.get("done") == error.place else 1
        if error.status >= 500 and tries < TRIES:
            node.log(f"the release does not go on: {error}")
            node.remember("progress", {"digest": about["digest"], "done": error.place, "tries": tries})
            return {"applying": about["digest"]}
        node.log(f"the release is taken back: {error}")
        why = {"error": str(error), "final": error.status == 400}
        write(node, "intent", about, {**intent["bundle"], "reverting": why})
        node.remember("progress", {"digest": about["digest"], "done": error.place + 1})
        return proceed(node, read(node, "intent"), deadline)
    except UNABLE as error:
        node.log(f"the release does not go on: {error}")
        return {"applying": about["digest"]}
    node.remember("progress", {"digest": about["digest"], "done": done})
    if done < len(plan["steps"]):
        return {"applying": about["digest"]}
    write(node, "release", about, {**plan["bundle"], "applied": plan["names"]})
    erase(node, "intent")
    erase(node, "failure")
    node.log(f"release {about['digest'][:12]} is deployed: {len(plan['steps'])} steps")
    return {"deployed": about["digest"]}


def take_back(node, applier, about, plan, start, deadline):
    left, problems = applier.back(start, deadline)
    problems = [*(node.recall("progress") or {}).get("problems", []), *problems]
    node.remember("progress", {"digest": about["digest"], "done": left, "problems": problems})
    if left:
        return {"applying": about["digest"]}
    why = plan["reverting"]
    text = "; ".join([why["error"], "what was changed is as before"] if not problems else [why["error"], *problems])
    result = fail(node, about, "failed", text, why["final"])
    erase(node, "intent")
    return result


def fail(node, about, state, why, final):
    """Keeps in the swarm that a release was not applied, so that whoever leads next does not try in vain."""
    node.log(f"the release is not applied: {state}: {why}")
    kept = read(node, "failure")
    said = {"state": state, "error": why, "final": final}
    if kept is None or kept["lightfleet.etag"] != about["etag"] or kept["bundle"] != said:
        write(node, "failure", about, said)
    return {state: why}
