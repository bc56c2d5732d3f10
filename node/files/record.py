"""
What the swarm itself remembers, in configs: the release that it runs, one that is being applied, and one that could not
be. So a new leader knows them, also without S3.
"""
import base64
import gzip
import json
import time

from names import record_name

LABEL = "lightfleet.record"
# The most that a config holds, in bytes (moby/swarmkit, MaxConfigSize).
LARGEST = 1_023_999
# How hard records are compressed: higher levels take much longer, and save little.
LEVEL = 5
# Parts of records that take several configs. Agents that do not know of parts look for "release" alone, and read each as a whole.
PART = "-part"


def applied(node):
    """The release that the swarm runs, as it keeps it: its labels with its bundle, or None."""
    return read(node, "release")


def read(node, kind):
    """The newest record of a kind that is whole: its labels with its document, as `bundle`; or None."""
    groups = {}
    for one in stored(node, kind):
        groups.setdefault(one["Spec"]["Labels"].get("lightfleet.set", one["ID"]), []).append(one)
    whole = [group for group in groups.values() if len(group) == int(group[0]["Spec"]["Labels"].get("lightfleet.parts", 1))]
    if not whole:
        return None
    newest = max(whole, key=latest)
    newest.sort(key=lambda one: int(one["Spec"]["Labels"].get("lightfleet.part", 0)))
    packed = b"".join(base64.b64decode(one["Spec"]["Data"]) for one in newest)
    document = json.loads(gzip.decompress(packed))
    return {**newest[0]["Spec"]["Labels"], "bundle": document, "created": newest[0].get("CreatedAt", ""), "index": latest(newest)}


def latest(group):
    return max(one["Version"]["Index"] for one in group)


def stored(node, kind):
    found = []
    for value in (kind, kind + PART):
        found += node.engine.get("/configs", label=[f"{LABEL}={value}"])
    return found


def write(node, kind, about, document):
    """Replaces the record of a kind: the new one is there before the old ones go."""
    labels = {
        "lightfleet.etag": about["etag"],
        "lightfleet.digest": about["digest"],
        "lightfleet.version": about["version"],
        "lightfleet.at": str(about.get("at") or int(time.time())),
    }
    cluster, at = node.config["cluster"], labels["lightfleet.at"]
    packed = gzip.compress(json.dumps(document).encode(), LEVEL, mtime=0)
    chunks = [packed[start : start + LARGEST] for start in range(0, len(packed), LARGEST)]
    before = stored(node, kind)
    taken = {one["Spec"]["Name"] for one in before}
    while record_name(cluster, kind, about["digest"], at, int(len(chunks) > 1)) in taken:
        at = str(int(at) + 1)
    for place, chunk in enumerate(chunks, 1):
        own = {LABEL: kind}
        if len(chunks) > 1:
            name = record_name(cluster, kind, about["digest"], at, place)
            own = {
                LABEL: kind + PART,
                "lightfleet.set": record_name(cluster, kind, about["digest"], at, 0),
                "lightfleet.part": str(place),
                "lightfleet.parts": str(len(chunks)),
            }
        else:
            name = record_name(cluster, kind, about["digest"], at, 0)
        node.engine.keep("configs", name, chunk, {**labels, **own})
    for one in before:
        node.engine.call("DELETE", f"/configs/{one['ID']}")


def erase(node, kind):
    for one in stored(node, kind):
        node.engine.call("DELETE", f"/configs/{one['ID']}")
