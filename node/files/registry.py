"""Credentials of the registries that services' images are pulled from."""
import base64
import json
import time

import ecr
import narrow
from record import applied
from reference import host, parse

# Tokens hold for 12 hours, and are renewed after so many seconds, or at half of the time that they have.
RENEW = 6 * 3600


def credentials(node, images):
    """Logins of the registries of ECR among images, for `header`. Raises OSError where there is none for one of them."""
    return all_or_none(node, [("", image) for image in images])


def of_services(node, specs):
    """The same for services: each has one that opens what those of the same fleets pull, and nothing else."""
    return all_or_none(node, [(narrow.fleets(spec), spec["TaskTemplate"]["ContainerSpec"]["Image"]) for spec in specs])


def all_or_none(node, wanted):
    auths, failed, _ = logins(node, wanted)
    if failed:
        raise OSError("; ".join(failed))
    return auths


def logins(node, wanted):
    """Logins by (fleets, repository) for pairs of fleets and an image, why there are none for others, and when the first ends."""
    pairs = {(fleets, repository(image)) for fleets, image in wanted if ecr.region_of(host(image))}
    if not pairs:
        return {}, [], None
    found = narrow.tokens(node, pairs)
    if found is None:
        whole, failed = ecr.tokens(node, [name.partition("/")[0] for _, name in pairs])
        found = {pair: whole[pair[1].partition("/")[0]] for pair in pairs if pair[1].partition("/")[0] in whole}, failed, None
    return found


def repository(image):
    found = parse(image)
    return f"{found.domain}/{found.path}" if found else ""


def header(auths, image, spec=None):
    """The header by which the engine logs in to the registry of an image, of a service or of any; none where there is no login."""
    name = repository(image)
    fleets = None if spec is None else narrow.fleets(spec)
    token = next((token for (one, path), token in sorted(auths.items()) if path == name and fleets in (None, one)), None)
    if token is None:
        return {}
    user, _, password = base64.b64decode(token).decode().partition(":")
    login = {"username": user, "password": password, "serveraddress": host(image)}
    return {"X-Registry-Auth": base64.urlsafe_b64encode(json.dumps(login).encode()).decode()}


def refresh(node):
    """Gives services a new token of ECR long before the old one ends; that restarts no task."""
    kept = node.recall("ecr")
    if applied(node) is None or (kept and 0 <= time.time() - kept["at"] < kept.get("renew", RENEW)):
        return
    services = node.engine.get("/services", label=[f"com.docker.stack.namespace={node.config['cluster']}"])
    images = {one["ID"]: one["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] for one in services}
    if not any(ecr.region_of(host(image)) for image in images.values()):
        return
    auths, failed, until = logins(node, [(narrow.fleets(one["Spec"]), images[one["ID"]]) for one in services])
    for text in failed:
        node.log(text)
    for one in services:
        login = header(auths, images[one["ID"]], one["Spec"])
        if login and (one.get("UpdateStatus") or {}).get("State") not in ("updating", "rollback_started"):
            path = f"/services/{one['ID']}/update?version={one['Version']['Index']}"
            node.engine.call("POST", path, one["Spec"], login)
    if not failed:
        now = time.time()
        node.remember("ecr", {"at": now, "renew": min(RENEW, max(300, (until - now) / 2)) if until else RENEW})
