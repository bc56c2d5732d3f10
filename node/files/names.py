"""Names of what the programs make in the swarm: those that fit are readable, others are cut, and always of their own."""
import hashlib

# The longest name of a config or secret (moby/swarmkit, manager/controlapi, validateConfigOrSecretAnnotations).
LONGEST = 64


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def object_name(cluster, key, version):
    """The name of a version of a secret or config. The hash covers the whole key, so that a cut one is its own as well."""
    return f"{stem(cluster, key)}_{digest(cluster, key, version)}"


def stem(cluster, key):
    """What the names of all versions of a secret or config begin with."""
    return f"{cluster}_{key[:40]}"[: LONGEST - 13]


def record_name(cluster, kind, mark, at, part):
    """The name of a record, or of a part of one that takes several configs: `part` counts from 1, and is 0 for a whole one."""
    tail = f"_{kind}_{mark[:12]}_{at}" + (f"_{part}" if part else "")
    return cluster[: LONGEST - len(tail)] + tail
