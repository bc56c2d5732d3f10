"""Credentials of the registries that services' images are pulled from."""
import base64
import json
import time

import ecr
from record import applied
from reference import host

# Tokens hold for 12 hours, and are renewed after so many seconds.
RENEW = 6 * 3600


def credentials(node, images):
    """
    Logins of the registries of ECR among the images', by host, as `user:password` in base64; they hold for 12 hours. Raises
    OSError where there is none for one of them.
    """
    auths, failed = ecr.tokens(node, map(host, images))
    if failed:
        raise OSError("; ".join(failed))
    return auths


def header(auths, image):
    """The header by which the engine logs in to the registry of an image; none where there is no login."""
    name = host(image)
    if name not in auths:
        return {}
    user, _, password = base64.b64decode(auths[name]).decode().partition(":")
    login = {"username": user, "password": password, "serveraddress": name}
    return {"X-Registry-Auth": base64.urlsafe_b64encode(json.dumps(login).encode()).decode()}


def refresh(node):
    """Gives services a new token of ECR long before the old one ends; that restarts no task."""
    kept = node.recall("ecr")
    if applied(node) is None or (kept and 0 <= time.time() - kept["at"] < RENEW):
        return
    services = node.engine.get("/services", label=[f"com.docker.stack.namespace={node.config['cluster']}"])
    images = {one["ID"]: one["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] for one in services}
    if not any(ecr.region_of(host(image)) for image in images.values()):
        return
    auths, failed = ecr.tokens(node, map(host, images.values()))
    for text in failed:
        node.log(text)
    for one in services:
        login = header(auths, images[one["ID"]])
        if login and (one.get("UpdateStatus") or {}).get("State") not in ("updating", "rollback_started"):
            path = f"/services/{one['ID']}/update?version={one['Version']['Index']}"
            node.engine.call("POST", path, one["Spec"], login)
    if not failed:
        node.remember("ecr", {"at": time.time()})
