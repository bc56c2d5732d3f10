"""One turn of the leader's for its release: the newest is brought to the swarm, secrets are renewed, leftovers removed."""
import subprocess
import time

from apply import deploy
from aws import AwsError
from bundle import Refused, pull, verify
from engine import EngineError
from lead import settings
from provide import complete
from record import applied, record
from registry import refresh
from status import report

# A release that could not be applied is tried again after so long, in seconds.
AGAIN = 30


def turn(node):
    changed = update(node)
    rotated = rotate(node)
    still = report(node)
    if changed or rotated:
        node.remember("unpruned", True)
    elif still and node.recall("unpruned"):
        prune(node)
        node.forget("unpruned")
    refresh(node)


def update(node):
    """
    Brings the newest release to the swarm where it is not there yet. Answers how that went, as `status.json` tells it: None
    where there was nothing to do.
    """
    where = settings(node)
    current = applied(node)
    failed = node.recall("failed") or {}
    if where is None:
        return None
    etag = (current or {}).get("lightfleet.etag", "")
    try:
        # What failed is not read again until it is another, or, where that may help, after a while.
        again = failed and not failed["final"] and time.time() - failed["at"] > AGAIN
        found = pull(node, where, failed["etag"] if failed and not again else etag)
    except (AwsError, OSError) as error:
        node.log(f"cannot read the release: {error}")
        return None
    if found is None:
        return None
    if found["etag"] == etag:
        node.forget("failed")
        return {"cleared": True}
    about = {"etag": found["etag"], "digest": found["digest"], "version": found["version"], "at": time.time()}
    try:
        bundle = verify(node, found)
        stack, _ = complete(node, bundle)
        deploy(node, stack)
        record(node, found, bundle)
    except Refused as error:
        node.log(f"the release is refused: {error}")
        node.remember("failed", {**about, "final": error.final, "state": "refused", "error": str(error)})
        return {"refused": str(error)}
    except (AwsError, EngineError, OSError, subprocess.TimeoutExpired) as error:
        node.log(f"the release failed: {error}")
        node.remember("failed", {**about, "final": False, "state": "failed", "error": str(error)})
        return {"failed": str(error)}
    node.forget("failed")
    node.log(f"release {found['digest'][:12]} is deployed")
    return {"deployed": found["digest"]}


def rotate(node):
    """Once a minute: a secret that has a new version is brought to its services. Answers whether any has."""
    seen = node.recall("rotated") or {}
    if time.time() - seen.get("at", 0) < 60:
        return False
    node.remember("rotated", {"at": time.time()})
    current = applied(node)
    if current is None or not current["bundle"].get("secrets"):
        return False
    before = {one["Spec"]["Name"] for one in node.engine.get("/secrets")}
    try:
        stack, names = complete(node, current["bundle"])
        if set(names["secrets"].values()) <= before:
            return False
        deploy(node, stack)
    except (Refused, AwsError, EngineError, OSError) as error:
        node.log(f"cannot renew secrets: {error}")
        return False
    return True


def prune(node):
    """Removes what no service uses any more; only when all is still, since a rollback wants the old ones back."""
    cluster = node.config["cluster"]
    wanted = set()
    for service in node.engine.get("/services", label=[f"com.docker.stack.namespace={cluster}"]):
        container = service["Spec"]["TaskTemplate"]["ContainerSpec"]
        wanted |= {one["SecretName"] for one in container.get("Secrets") or []}
        wanted |= {one["ConfigName"] for one in container.get("Configs") or []}
    for kind in ("secrets", "configs"):
        for one in node.engine.get(f"/{kind}", label=[f"lightfleet.cluster={cluster}"]):
            if one["Spec"]["Name"] not in wanted:
                discard(node, f"/{kind}/{one['ID']}")
    current = applied(node)
    networks = (current["bundle"]["stack"].get("networks") or {}) if current else {}
    for one in node.engine.get("/networks", label=[f"com.docker.stack.namespace={cluster}"]):
        if current and one["Name"].removeprefix(cluster + "_") not in networks:
            discard(node, f"/networks/{one['Id']}")


def discard(node, path):
    try:
        node.engine.call("DELETE", path)
    except EngineError as error:
        node.log(f"not removed yet: {error}")
