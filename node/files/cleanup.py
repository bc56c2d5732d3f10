"""Images that nothing uses any more are removed, all but the one before in each repository: a roll-back wants that."""
import time

from context import age
from engine import EngineError

# Looked at so often, in seconds. An image that nothing used is removed at the next look at the earliest: it may have been on
# its way to a task.
LOOK = 600
TASK = "com.docker.swarm.task.id"


def clean(node):
    kept = node.recall("images") or {}
    if "at" in kept and age(kept["at"]) < LOOK:
        return
    used = set()
    for one in node.engine.get("/containers/json?all=1"):
        # What is left of a task that ended is the swarm's history; any other container may be started again.
        if one["State"] not in ("exited", "dead") or TASK not in (one.get("Labels") or {}):
            used.add(one["ImageID"])
    images = {one["Id"]: repositories(one) for one in node.engine.get("/images/json")}
    # In the order in which they were used last; those that were never seen before come first.
    known = [name for name in kept.get("known") or [] if name in images]
    order = [name for name in images if name not in known and name not in used]
    order += [name for name in known if name not in used] + sorted(used & set(images))
    node.remember("images", {"at": time.monotonic(), "known": order})
    before = set()
    for name in reversed(order):
        if name in used:
            continue
        if name not in known or not images[name] <= before:
            before |= images[name]
            continue
        try:
            node.engine.call("DELETE", f"/images/{name}?force=1", timeout=60)
            node.log(f"removed the image {name[7:19]} of {', '.join(sorted(images[name])) or 'nothing'}")
        except (EngineError, OSError) as error:
            node.log(f"cannot remove the image {name[7:19]}: {error}")


def repositories(image):
    """The repositories that an image is of, by its tags and digests."""
    names = [name.rpartition(":")[0] for name in image.get("RepoTags") or []]
    names += [name.split("@")[0] for name in image.get("RepoDigests") or []]
    return {name for name in names if name and name != "<none>"}
