"""What services need before they can be made: secrets, configs and networks of the swarm."""
import base64
import hashlib

from aws import AwsError
from bundle import Refused
from context import label
from engine import EngineError
from names import object_name
from spec import NAMESPACE, network

KINDS = ("secrets", "configs")
# So many objects are looked up one by one; of more, all are listed.
FEW = 20


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


def read_content(entry):
    """A file's bytes and their hash; what is no text stands in the bundle in base64."""
    data = base64.b64decode(entry["content"]) if entry.get("encoding") == "base64" else entry["content"].encode()
    return data, hashlib.sha256(data).hexdigest()


def contents(node, bundle, before=None, kinds=KINDS):
    """
    The bytes of the bundle's secrets and configs and their names in the swarm: {"secrets": {key: (name, bytes)}, …}. They
    cannot change in a swarm, so that their names carry a hash: of a config's content; of a secret's version and not its
    value, since names can be seen. `before` is the bundle of the release that runs.
    """
    found = {}
    for kind in kinds:
        found[kind] = {}
        for key, entry in sorted((bundle.get(kind) or {}).items()):
            data, version = read_secret(node, entry) if kind == "secrets" else read_content(entry)
            name = object_name(bundle["cluster"], key, version)
            if kind == "secrets" and before is not None:
                name = of_its_place(node, bundle, key, version, before)
            found[kind][key] = (name, data)
    return found


def of_its_place(node, bundle, key, version, before):
    """
    The name of a version of a secret. Versions of two places may be called the same: where one that is read from another place than
    before would find its name taken, the hash covers the place too, and so it stays until there is another version.
    """
    cluster, entry = bundle["cluster"], bundle["secrets"][key]
    name = object_name(cluster, key, version)
    other = object_name(cluster, key, f"{entry['from']} {entry['name']} {version}")
    if place(entry) == place((before.get("secrets") or {}).get(key)):
        known = (before.get("applied") or {}).get("secrets") or {}
        return other if known.get(key) == other else name
    return other if identities(node, "secrets", {name}) else name


def place(entry):
    """Where a secret is read from."""
    return None if entry is None else (entry["from"], entry["name"])


def names_of(found):
    return {kind: {key: name for key, (name, _) in entries.items()} for kind, entries in found.items()}


def make(node, cluster, found, wanted):
    """Creates those of the secrets and configs that are wanted and not there. Answers {kind: {key: {"ID", "Name"}}}."""
    objects = {}
    for kind, entries in found.items():
        entries = {key: entry for key, entry in entries.items() if key in wanted[kind]}
        there = identities(node, kind, {name for name, _ in entries.values()})
        objects[kind] = {}
        for key, (name, data) in entries.items():
            if name not in there:
                there[name] = keep(node, kind, name, data, cluster)
                node.log(f"created {kind[:-1]} {name}")
            objects[kind][key] = {"ID": there[name], "Name": name}
    return objects


def keep(node, kind, name, data, cluster):
    try:
        return node.engine.keep(kind, name, data, {"lightfleet.cluster": cluster})
    except EngineError as error:
        if error.status >= 500:
            raise
        # A value of a secret can be mended without another release.
        raise Refused(f"the engine refuses the {kind[:-1]} {name}: {error}", final=kind != "secrets") from error


def identities(node, kind, names):
    """The ids of those that are there, by name."""
    if len(names) > FEW:
        return {one["Spec"]["Name"]: one["ID"] for one in node.engine.get(f"/{kind}") if one["Spec"]["Name"] in names}
    found = {}
    for name in names:
        for one in node.engine.get(f"/{kind}", name=[name]):
            if one["Spec"]["Name"] == name:
                found[name] = one["ID"]
    return found


def networks(node, bundle, wanted):
    """Makes the networks that are wanted and not there; answers the ids of all of the stack's, by their names in it."""
    cluster = bundle["cluster"]
    there = network_ids(node, cluster)
    if encrypts(bundle) and not wanted <= set(there):
        able(node)
    for name in sorted(wanted):
        if name not in there:
            there[name] = node.engine.call("POST", "/networks/create", network(cluster, name, bundle["stack"]))["Id"]
            node.log(f"created network {cluster}_{name}")
    return there


def encrypts(bundle):
    networks = (bundle["stack"].get("networks") or {}).values()
    return any("encrypted" in ((one or {}).get("driver_opts") or {}) for one in networks)


def able(node):
    """
    Refuses networks that no VM of a fleet could encrypt: its services would be there, and reach nothing on other VMs. One VM that
    cannot, of several, keeps nobody from a release: the status says so.
    """
    fleets = {}
    for one in node.engine.get("/nodes"):
        fleet = (one["Spec"].get("Labels") or {}).get("lightfleet.fleet")
        if fleet and one["Spec"]["Availability"] == "active" and one["Status"]["State"] == "ready":
            fleets.setdefault(fleet, []).append(label(one, "esp") != "no")
    for fleet, can in sorted(fleets.items()):
        if not any(can):
            raise Refused(f"networks cannot be encrypted: the kernel of the VMs of {fleet} has no ESP", final=False)


def network_ids(node, cluster):
    listed = node.engine.get("/networks", label=[f"{NAMESPACE}={cluster}"])
    return {one["Name"].removeprefix(cluster + "_"): one["Id"] for one in listed}
