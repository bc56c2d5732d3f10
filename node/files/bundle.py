"""The release bundle: read from the bucket, and verified as a whole before anything is done with it."""
import hashlib
import json

# Versions of the bundle's format that are read here: the one that is written now, and the one to come, whose `needs` say what
# else an agent has to know.
VERSIONS = (1, 2)
# What a bundle may need of its agent, by the names that its `needs` has.
FEATURES = frozenset()


class Refused(Exception):
    """
    A bundle that is not applied; what runs keeps running. One that lacks a secret, or needs a newer agent, may be applied
    later: it is not final.
    """

    def __init__(self, why, final=True):
        super().__init__(why)
        self.final = final


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
        # It may have been cut off on its way.
        raise Refused(f"its sha256 is {actual}, and its metadata says {found['digest'] or 'nothing'}", final=False)
    try:
        bundle = json.loads(found["body"])
    except ValueError as error:
        raise Refused(f"it is not JSON: {error}") from error
    if not isinstance(bundle, dict):
        raise Refused("it is not a bundle")
    if bundle.get("cluster") != node.config["cluster"]:
        raise Refused(f"it is for the cluster {bundle.get('cluster')!r}")
    if bundle.get("version") not in VERSIONS:
        newer = isinstance(bundle.get("version"), int) and bundle["version"] > max(VERSIONS)
        raise Refused(
            f"its version is {bundle.get('version')!r}, and this manager knows {VERSIONS[0]} to {VERSIONS[-1]}"
            + (": a newer manager applies it" if newer else ""),
            final=not newer,
        )
    unknown = sorted(set(map(str, bundle.get("needs") or [])) - FEATURES)
    if unknown:
        raise Refused(f"it needs {', '.join(unknown)}, which this manager does not know: a newer manager applies it", final=False)
    stack = bundle.get("stack")
    services = stack.get("services") if isinstance(stack, dict) else None
    if not isinstance(services, dict):
        raise Refused("it has no stack of services")
    for name, service in services.items():
        if not isinstance(service, dict) or not isinstance(service.get("image"), str) or not service["image"]:
            raise Refused(f"the service {name} has no image")
    return bundle
