"""Credentials of the registries that services' images are pulled from."""
import base64
import json
import time

from aws import AwsError
from record import applied
from reference import host

ECR_HOST = ".dkr.ecr."


def credentials(node, images):
    """Logins of the registries of ECR among the images', by host, as `user:password` in base64; they hold for 12 hours."""
    hosts = {name for name in map(host, images) if ECR_HOST in name}
    auths = {}
    if hosts:
        for entry in node.aws.call(
            "ecr", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", {}, prefix="api."
        )["authorizationData"]:
            auths = {name: entry["authorizationToken"] for name in hosts}
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
    if applied(node) is None or (kept and time.time() - kept["at"] < 6 * 3600):
        return
    services = node.engine.get("/services", label=[f"com.docker.stack.namespace={node.config['cluster']}"])
    images = {one["ID"]: one["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] for one in services}
    if not any(ECR_HOST in host(image) for image in images.values()):
        return
    try:
        auths = credentials(node, images.values())
    except (AwsError, OSError) as error:
        node.log(f"cannot renew the registry's token: {error}")
        return
    for one in services:
        login = header(auths, images[one["ID"]])
        if login and (one.get("UpdateStatus") or {}).get("State") not in ("updating", "rollback_started"):
            path = f"/services/{one['ID']}/update?version={one['Version']['Index']}"
            node.engine.call("POST", path, one["Spec"], login)
    node.remember("ecr", {"at": time.time()})
