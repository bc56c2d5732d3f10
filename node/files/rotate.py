"""New versions of secrets are brought to the services that use them, and to no others."""
import time

from apply import Applier
from aws import AwsError
from bundle import Refused
from context import age
from engine import EngineError
from names import stem
from plan import running, uses
from provide import contents, identities, make, names_of
from record import applied, write

# So often new versions are looked for, in seconds.
EVERY = 60


def known_names(node, bundle, names):
    """
    What the secrets and configs of the release that runs are called. Records of older agents do not say: what is in the swarm
    already was brought to its services by them.
    """
    if "applied" in bundle:
        return bundle["applied"]
    there = identities(node, "secrets", set(names["secrets"].values()))
    old = names_of(contents(node, bundle, kinds=("configs",)))
    secrets = {key: name for key, name in names["secrets"].items() if name in there}
    return {**old, "secrets": {key: secrets.get(key) for key in bundle.get("secrets") or {}}}


def rotate(node):
    """Looks once a minute; answers whether any secret has a new version."""
    seen = node.recall("rotated")
    if seen and age(seen["at"]) < EVERY:
        return False
    node.remember("rotated", {"at": time.monotonic()})
    current = applied(node)
    if current is None or not current["bundle"].get("secrets"):
        return False
    try:
        return renew(node, current)
    except (Refused, AwsError, EngineError, OSError) as error:
        node.log(f"cannot renew secrets: {error}")
        return False


def renew(node, current):
    bundle = current["bundle"]
    found = contents(node, bundle, bundle, ("secrets",))
    names = {**names_of(found)}
    before = known_names(node, bundle, {**names, "configs": {}})
    new = {key for key, name in names["secrets"].items() if name != before["secrets"].get(key)}
    if not new:
        return False
    objects = make(node, bundle["cluster"], found, {"secrets": new})["secrets"]
    applier = Applier(node, {"images": {}, "steps": [], "created": ""}, {})
    defined = bundle["stack"]["services"]
    users = {key: new & set(uses(entry, "secrets")) for key, entry in defined.items()}
    users = {key: used for key, used in users.items() if used}
    services, _ = running(node, list(users))
    for key, used in users.items():
        service = defined[key]
        if key in services:
            files = {file(entry): entry_key(entry) for entry in service["secrets"]}
            applier.change(
                {"key": key},
                services[key],
                lambda spec, files=files, used=used: with_secrets(spec, bundle["cluster"], files, used, objects),
            )
            node.log(f"{key} has a new version of {', '.join(sorted(used))}")
    about = {key: current["lightfleet." + key] for key in ("etag", "digest", "version", "at")}
    write(node, "release", about, {**bundle, "applied": {**before, "secrets": names["secrets"]}})
    return True


def entry_key(entry):
    return entry if isinstance(entry, str) else entry["source"]


def file(entry):
    return entry if isinstance(entry, str) else entry.get("target") or entry["source"]


def with_secrets(spec, cluster, files, used, objects):
    """
    The spec that a service has now, with new versions of its secrets. A version of the service that was rolled back is not
    brought back; what runs takes its secrets from where it took them.
    """
    template = spec["TaskTemplate"]
    container = template["ContainerSpec"]
    references = []
    for one in container.get("Secrets") or []:
        key = files.get(one["File"]["Name"])
        if key in used and one["SecretName"].rpartition("_")[0] == stem(cluster, key):
            one = {**one, "SecretID": objects[key]["ID"], "SecretName": objects[key]["Name"]}
        references.append(one)
    references.sort(key=lambda one: (one["SecretName"], one["File"]["Name"]))
    return {**spec, "TaskTemplate": {**template, "ContainerSpec": {**container, "Secrets": references}}}
