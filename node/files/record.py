"""What the swarm itself remembers of the release that it runs, so that a new leader knows it, also without S3."""
import base64
import gzip
import json
import time


def applied(node):
    """The release that the swarm runs, as it keeps it: its labels with its stack, or None."""
    kept = records(node)
    if not kept:
        return None
    newest = max(kept, key=lambda one: one["Version"]["Index"])
    bundle = gzip.decompress(base64.b64decode(newest["Spec"]["Data"]))
    return {**newest["Spec"]["Labels"], "bundle": json.loads(bundle), "id": newest["ID"]}


def records(node):
    return node.engine.get("/configs", label=["lightfleet.record=release"])


def record(node, found, bundle):
    """Keeps the release in the swarm, so that whoever leads next knows what runs, also without S3."""
    labels = {
        "lightfleet.record": "release",
        "lightfleet.etag": found["etag"],
        "lightfleet.digest": found["digest"],
        "lightfleet.version": found["version"],
        "lightfleet.at": str(int(time.time())),
    }
    packed = gzip.compress(json.dumps(bundle).encode(), mtime=0)
    name = f"{node.config['cluster']}_release_{found['digest'][:12]}_{labels['lightfleet.at']}"
    kept = node.engine.keep("configs", name, packed, labels)
    for one in records(node):
        if one["ID"] != kept:
            node.engine.call("DELETE", f"/configs/{one['ID']}")
