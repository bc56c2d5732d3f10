"""How the leading manager brings a release to the swarm: read, verified, and then applied as a whole or not at all."""
import base64
import gzip
import hashlib
import json
import os
import subprocess
import time

from aws import AwsError
from context import write
from engine import EngineError
from lead import settings

VERSION = 1
RUN = "/run/lightfleet"
# A release that could not be applied is tried again after so long.
AGAIN = 30
ECR_HOST = ".dkr.ecr."


class Refused(Exception):
    """A bundle that is not applied; what runs keeps running. One that lacks a secret may be whole later, others never."""

    def __init__(self, why, final=True):
        super().__init__(why)
        self.final = final


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


def pull(node, where, etag):
    """The release if it is not the one with this tag: its tag, digest, version and bytes."""
    status, headers, body = node.aws.s3(
        "GET", where["bucket"], where["release"], {"if-none-match": etag} if etag else {}
    )
    if status in (304, 404):
        return None
    if status != 200:
        raise OSError(f"reading the release: {status} {body[:200].decode(errors='replace')}")
    if headers.get("etag") == etag:
        return None
    return {
        "etag": headers.get("etag", ""),
        "digest": headers.get("x-amz-meta-sha256", ""),
        "version": headers.get("x-amz-version-id", ""),
        "body": body,
    }


def verify(node, found):
    """The bundle; refused as a whole where anything about it is not as it must be."""
    actual = hashlib.sha256(found["body"]).hexdigest()
    if actual != found["digest"]:
        raise Refused(f"its sha256 is {actual}, and its metadata says {found['digest'] or 'nothing'}")
    try:
        bundle = json.loads(found["body"])
    except ValueError as error:
        raise Refused(f"it is not JSON: {error}") from error
    if not isinstance(bundle, dict) or bundle.get("version") != VERSION:
        raise Refused(f"its version is not {VERSION}")
    if bundle.get("cluster") != node.config["cluster"]:
        raise Refused(f"it is for the cluster {bundle.get('cluster')!r}")
    stack = bundle.get("stack")
    services = stack.get("services") if isinstance(stack, dict) else None
    if not isinstance(services, dict):
        raise Refused("it has no stack of services")
    for name, service in services.items():
        if not isinstance(service, dict) or not isinstance(service.get("image"), str) or not service["image"]:
            raise Refused(f"the service {name} has no image")
    return bundle


def read_secret(node, secret):
    """A secret's bytes and what its version is called. The bytes go to the swarm, and nowhere else."""
    name = secret["name"]
    try:
        if secret["from"] == "ssm":
            found = node.aws.parameter(name)
            if found is None:
                raise Refused(f"there is no parameter {name}", final=False)
            return found["Value"].encode(), f"{found.get('Version')}/{found.get('LastModifiedDate')}"
        if secret["from"] == "secretsmanager":
            found = node.aws.call("secretsmanager", "secretsmanager.GetSecretValue", {"SecretId": name})
            value = found.get("SecretString")
            data = base64.b64decode(found["SecretBinary"]) if value is None else value.encode()
            return data, found["VersionId"]
    except AwsError as error:
        raise Refused(f"cannot read the secret {name}: {error.code}", final=False) from error
    raise Refused(f"the secret {name} is from an unknown place")


def provide(node, bundle, kind, entries, read):
    """
    Creates the secrets or configs that are not there yet. They cannot change in a swarm, so that their names carry a hash: of
    a config's content; of a secret's version and not its value, since names can be seen.
    """
    there = {one["Spec"]["Name"] for one in node.engine.get(f"/{kind}")}
    names = {}
    for key, entry in sorted((entries or {}).items()):
        data, version = read(entry)
        mark = hashlib.sha256(f"{bundle['cluster']}\0{key}\0{version}".encode()).hexdigest()[:12]
        names[key] = f"{bundle['cluster']}_{key[:40]}_{mark}"
        if names[key] not in there:
            node.engine.keep(kind, names[key], data, {"lightfleet.cluster": bundle["cluster"]})
            node.log(f"created {kind[:-1]} {names[key]}")
    return names


def complete(node, bundle):
    """The stack with the names of its secrets and configs, and what those names are."""
    secrets = provide(node, bundle, "secrets", bundle.get("secrets"), lambda entry: read_secret(node, entry))
    configs = provide(
        node,
        bundle,
        "configs",
        bundle.get("configs"),
        lambda entry: (entry["content"].encode(), hashlib.sha256(entry["content"].encode()).hexdigest()),
    )
    stack = dict(bundle["stack"])
    for kind, names in (("secrets", secrets), ("configs", configs)):
        if names:
            stack[kind] = {key: {"external": True, "name": name} for key, name in names.items()}
    return stack, {"secrets": secrets, "configs": configs}


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


def make_way(node, stack):
    """Removes services that are to run on every node and did not, or the other way round: Swarm refuses to change that."""
    cluster = node.config["cluster"]
    for one in node.engine.get("/services", label=[f"com.docker.stack.namespace={cluster}"]):
        wanted = stack["services"].get(one["Spec"]["Name"].removeprefix(cluster + "_"))
        if wanted is None:
            continue
        everywhere = (wanted.get("deploy") or {}).get("mode") == "global"
        if everywhere != ("Global" in (one["Spec"].get("Mode") or {})):
            node.log(f"{one['Spec']['Name']} is made anew: its mode changes")
            node.engine.call("DELETE", f"/services/{one['ID']}")


def deploy(node, stack):
    """`docker stack deploy`, which checks the whole file before it changes anything. Raises what it said."""
    os.makedirs(RUN, 0o700, exist_ok=True)
    path = os.path.join(RUN, "stack.json")
    write(path, json.dumps(stack))
    auths = credentials(node, stack)
    make_way(node, stack)
    command = ["docker", "--config", RUN, "stack", "deploy", "--prune", "--resolve-image", "changed", "-c", path]
    command += (["--with-registry-auth"] if auths else []) + [node.config["cluster"]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise OSError((done.stderr.strip() or done.stdout.strip())[-500:])
    if auths:
        node.remember("ecr", {"at": time.time()})


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
