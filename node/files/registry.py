"""Credentials of the registries that services' images are pulled from."""
import base64
import json
import os
import time

from aws import AwsError
from context import write
from record import applied

RUN = "/run/lightfleet"
ECR_HOST = ".dkr.ecr."


def credentials(node, stack):
    """Logs in to the registries of ECR that the stack names; their tokens hold for 12 hours. True where there are any."""
    hosts = {service["image"].split("/")[0] for service in stack["services"].values()}
    hosts = {host for host in hosts if ECR_HOST in host}
    os.makedirs(RUN, 0o700, exist_ok=True)
    auths = {}
    if hosts:
        for entry in node.aws.call(
            "ecr", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", {}, prefix="api."
        )["authorizationData"]:
            auths = {host: {"auth": entry["authorizationToken"]} for host in hosts}
    write(os.path.join(RUN, "config.json"), json.dumps({"auths": auths}))
    return auths


def refresh(node):
    """Gives services a new token of ECR long before the old one ends; that restarts no task."""
    kept = node.recall("ecr")
    current = applied(node)
    if current is None or (kept and time.time() - kept["at"] < 6 * 3600):
        return
    services = node.engine.get("/services", label=[f"com.docker.stack.namespace={node.config['cluster']}"])
    images = {one["ID"]: one["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] for one in services}
    if not any(ECR_HOST in image.split("/")[0] for image in images.values()):
        return
    try:
        auths = credentials(node, {"services": {key: {"image": image} for key, image in images.items()}})
    except (AwsError, OSError) as error:
        node.log(f"cannot renew the registry's token: {error}")
        return
    for one in services:
        host = images[one["ID"]].split("/")[0]
        if host in auths and (one.get("UpdateStatus") or {}).get("State") not in ("updating", "rollback_started"):
            user, _, password = base64.b64decode(auths[host]["auth"]).decode().partition(":")
            login = {"username": user, "password": password, "serveraddress": host}
            token = base64.urlsafe_b64encode(json.dumps(login).encode()).decode()
            path = f"/services/{one['ID']}/update?version={one['Version']['Index']}"
            node.engine.call("POST", path, one["Spec"], {"X-Registry-Auth": token})
    node.remember("ecr", {"at": time.time()})
