"""Secrets and configs of a release: read from where they are kept, and made in the swarm."""
import base64
import hashlib

from aws import AwsError
from bundle import Refused


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
