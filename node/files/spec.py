"""
Service specs for the engine's API out of a bundle's stack, field by field as `docker stack deploy` makes them
(docker/cli, cli/compose/convert), so that a service that the command made is the same one afterwards.
"""
import re

from bundle import Refused
from reference import familiar

NAMESPACE = "com.docker.stack.namespace"
IMAGE = "com.docker.stack.image"
UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
SIZES = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
# What a service may have here. What is not known is refused, and never left out silently.
KNOWN = {
    "service": (
        "cap_add cap_drop command configs deploy dns entrypoint environment extra_hosts healthcheck hostname image init labels "
        "logging networks ports read_only secrets stop_grace_period stop_signal sysctls tty ulimits user volumes working_dir"
    ),
    "deploy": "endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config",
    "network": "attachable driver driver_opts ipam",
    "volume": "driver driver_opts labels",
    "mount": "bind read_only source target tmpfs type volume",
}


def literal(value):
    """A value without Compose's escapes: `$$` is the sign itself."""
    if isinstance(value, str):
        return value.replace("$$", "$")
    if isinstance(value, list):
        return [literal(one) for one in value]
    if isinstance(value, dict):
        return {key: literal(one) for key, one in value.items()}
    return value


def known(kind, name, entry):
    unknown = sorted(set(entry) - set(KNOWN[kind].split()))
    if unknown:
        raise Refused(f"{name} has settings that this version does not know: {', '.join(unknown)}", final=False)


def duration(text):
    """Nanoseconds of a duration as Go writes it, such as `1m30s` or `500ms`."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)", text)
    if "".join(number + unit for number, unit in parts) != text or not parts:
        raise Refused(f"{text!r} is no duration")
    return sum(scaled(number, UNITS[unit]) for number, unit in parts)


def scaled(number, unit):
    """A decimal number times a whole one, exactly; what is below 1 is cut off."""
    whole, _, fraction = str(number).partition(".")
    return int(whole or 0) * unit + int(fraction or 0) * unit // 10 ** len(fraction)


def size(value):
    """Bytes of a size such as `64M`."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([bkmgt]?)(?:i?b)?", str(value).lower())
    if not found:
        raise Refused(f"{value!r} is no size")
    return scaled(found.group(1), SIZES[found.group(2)])


def labels(cluster, entries):
    return {**(entries or {}), NAMESPACE: cluster}


def pick(entry, **fields):
    """The fields that an entry has, by their names in the API."""
    return {name: entry[key] for name, key in fields.items() if entry.get(key) not in (None, "", [], {})}


def convert(cluster, name, stack, objects):
    """
    The spec of a service. What it refers to is found in `objects`: {"secrets": {key: {"ID", "Name"}}, "configs": …,
    "networks": {key: id}}. The image's digest and platforms are not in it.
    """
    service = literal(stack["services"][name])
    known("service", f"the service {name}", service)
    deploy = service.get("deploy") or {}
    known("deploy", f"the service {name}", deploy)
    restart = deploy.get("restart_policy")
    spec = {
        "Name": f"{cluster}_{name}",
        "Labels": {**labels(cluster, deploy.get("labels")), IMAGE: service["image"]},
        "TaskTemplate": {
            "ContainerSpec": container(cluster, name, service, stack, objects),
            "Resources": resources(deploy.get("resources") or {}),
            "Placement": placement(deploy.get("placement") or {}),
            "Networks": attachments(cluster, name, service, objects.get("networks") or {}),
        },
        "Mode": mode(deploy),
        "EndpointSpec": endpoint(service, deploy),
    }
    template = spec["TaskTemplate"]
    if restart is not None:
        policy = pick(restart, Condition="condition", MaxAttempts="max_attempts")
        times = (("Delay", "delay"), ("Window", "window"))
        policy.update({field: duration(restart[key]) for field, key in times if restart.get(key) is not None})
        template["RestartPolicy"] = policy
    if service.get("logging") is not None:
        template["LogDriver"] = pick(service["logging"], Name="driver", Options="options")
    for field, key in (("UpdateConfig", "update_config"), ("RollbackConfig", "rollback_config")):
        if deploy.get(key) is not None:
            spec[field] = rolling(deploy[key])
    return spec


def container(cluster, name, service, stack, objects):
    spec = {
        "Image": familiar(service["image"]),
        "Labels": labels(cluster, service.get("labels")),
        "Privileges": {"CredentialSpec": None, "SELinuxContext": None},
        **pick(
            service,
            Command="entrypoint",
            Args="command",
            Hostname="hostname",
            Dir="working_dir",
            User="user",
            StopSignal="stop_signal",
            ReadOnly="read_only",
            TTY="tty",
        ),
    }
    if service.get("environment"):
        variables = service["environment"].items()
        texts = [key if value is None else f"{key}={value}" for key, value in variables]
        spec["Env"] = sorted(texts, key=lambda text: text.encode("utf-8", "surrogatepass"))
    if service.get("init") is not None:
        spec["Init"] = service["init"]
    if service.get("dns"):
        spec["DNSConfig"] = {"Nameservers": service["dns"]}
    if service.get("extra_hosts"):
        # Docker's own lists of hosts: the name, a colon, the address; the API has them as /etc/hosts does.
        spec["Hosts"] = [" ".join(reversed(entry.split(":", 1))) for entry in service["extra_hosts"]]
    if service.get("sysctls"):
        spec["Sysctls"] = {key: str(value) for key, value in service["sysctls"].items()}
    if service.get("ulimits"):
        spec["Ulimits"] = [limit(key, value) for key, value in sorted(service["ulimits"].items())]
    if service.get("stop_grace_period") is not None:
        spec["StopGracePeriod"] = duration(service["stop_grace_period"])
    if service.get("healthcheck") is not None:
        spec["Healthcheck"] = health(service["healthcheck"])
    mounts = [mount(cluster, name, entry, stack.get("volumes") or {}) for entry in service.get("volumes") or []]
    if mounts:
        spec["Mounts"] = mounts
    for field, kind, key in (("Secrets", "secrets", "SecretName"), ("Configs", "configs", "ConfigName")):
        found = [reference(kind, entry, objects, name) for entry in service.get(kind) or []]
        if found:
            spec[field] = sorted(found, key=lambda one: (one[key], one["File"]["Name"]))
    spec.update(capabilities(service))
    return spec


def limit(name, value):
    pair = value if isinstance(value, dict) else {"soft": value, "hard": value}
    return {"Name": name, "Soft": pair["soft"], "Hard": pair["hard"]}


def capabilities(service):
    """Those that are added win over those that are dropped, and ALL over any other."""
    sets = {}
    for key in ("cap_add", "cap_drop"):
        names = {name.upper() for name in service.get(key) or []}
        names = {name if name == "ALL" or name.startswith("CAP_") else "CAP_" + name for name in names}
        sets[key] = {"ALL"} if "ALL" in names else names
    found = {"CapabilityAdd": sets["cap_add"], "CapabilityDrop": sets["cap_drop"] - sets["cap_add"]}
    return {field: sorted(names) for field, names in found.items() if names}


def health(check):
    test = check.get("test") or []
    spec = {"Test": ["CMD-SHELL", test] if isinstance(test, str) else test}
    for field, key in (("Interval", "interval"), ("Timeout", "timeout"), ("StartPeriod", "start_period")):
        if check.get(key) is not None:
            spec[field] = duration(check[key])
    if check.get("retries") is not None:
        spec["Retries"] = int(check["retries"])
    return spec


def mount(cluster, service, entry, volumes):
    known("mount", f"a mount of the service {service}", entry)
    kind, source = entry["type"], entry.get("source") or ""
    spec = {"Type": kind, "Target": entry["target"]}
    if source:
        spec["Source"] = source
    if entry.get("read_only"):
        spec["ReadOnly"] = True
    if kind == "volume" and source:
        if source not in volumes:
            raise Refused(f"the service {service} mounts a volume that is not declared: {source}")
        volume = literal(volumes[source] or {})
        known("volume", f"the volume {source}", volume)
        options = {"Labels": labels(cluster, volume.get("labels"))}
        if (entry.get("volume") or {}).get("nocopy"):
            options["NoCopy"] = True
        if volume.get("driver") or volume.get("driver_opts") is not None:
            options["DriverConfig"] = pick(volume, Name="driver", Options="driver_opts")
        spec.update(Source=f"{cluster}_{source}", VolumeOptions=options)
    if kind == "bind" and entry.get("bind"):
        spec["BindOptions"] = pick(entry["bind"], Propagation="propagation")
    if kind == "tmpfs" and entry.get("tmpfs") is not None:
        spec["TmpfsOptions"] = {"SizeBytes": size(entry["tmpfs"]["size"])} if "size" in entry["tmpfs"] else {}
    return spec


def reference(kind, entry, objects, service):
    entry = {"source": entry} if isinstance(entry, str) else entry
    found = (objects.get(kind) or {}).get(entry["source"])
    if found is None:
        raise Refused(f"the service {service} has a {kind[:-1]} that is not declared: {entry['source']}")
    default = entry["source"] if kind == "secrets" else "/" + entry["source"]
    file = {
        "Name": entry.get("target") or default,
        "UID": str(entry.get("uid") or "0"),
        "GID": str(entry.get("gid") or "0"),
        "Mode": entry.get("mode", 0o444),
    }
    title = kind[:-1].capitalize()
    return {"File": file, f"{title}ID": found["ID"], f"{title}Name": found["Name"]}


def resources(entry):
    spec = {}
    for field, key in (("Limits", "limits"), ("Reservations", "reservations")):
        part = entry.get(key)
        if part is not None:
            spec[field] = {}
            if part.get("cpus"):
                spec[field]["NanoCPUs"] = scaled(part["cpus"], 10**9)
            if part.get("memory"):
                spec[field]["MemoryBytes"] = size(part["memory"])
            if field == "Limits" and part.get("pids"):
                spec[field]["Pids"] = part["pids"]
    return spec


def placement(entry):
    spec = pick(entry, Constraints="constraints", MaxReplicas="max_replicas_per_node")
    if entry.get("preferences"):
        spec["Preferences"] = [{"Spread": {"SpreadDescriptor": one["spread"]}} for one in entry["preferences"]]
    return spec


def attachments(cluster, name, service, ids):
    """The networks of a service; it is found in each by its own name."""
    networks = service.get("networks") or []
    aliases = networks if isinstance(networks, dict) else {network: None for network in networks}
    return [
        {"Target": ids.get(network, f"{cluster}_{network}"), "Aliases": [*((entry or {}).get("aliases") or []), name]}
        for network, entry in sorted(aliases.items())
    ]


def mode(deploy):
    kind = deploy.get("mode") or "replicated"
    if kind == "global":
        return {"Global": {}}
    if kind != "replicated":
        raise Refused(f"a service that is to run as {kind!r} is not known to this version", final=False)
    return {"Replicated": {"Replicas": deploy.get("replicas", 1)}}


def endpoint(service, deploy):
    ports = [
        {
            "Protocol": port.get("protocol") or "tcp",
            "TargetPort": port["target"],
            "PublishedPort": port.get("published") or 0,
            "PublishMode": port.get("mode") or "ingress",
        }
        for port in service.get("ports") or []
    ]
    spec = pick(deploy, Mode="endpoint_mode")
    if ports:
        spec["Ports"] = sorted(ports, key=lambda port: port["PublishedPort"])
    return spec


def rolling(entry):
    spec = {"Parallelism": entry.get("parallelism", 1), **pick(entry, FailureAction="failure_action", Order="order")}
    for field, key in (("Delay", "delay"), ("Monitor", "monitor")):
        if entry.get(key) is not None:
            spec[field] = duration(entry[key])
    if entry.get("max_failure_ratio"):
        spec["MaxFailureRatio"] = entry["max_failure_ratio"]
    return spec


def network(cluster, name, stack):
    """What the engine is asked for to make a network of the stack."""
    entry = literal((stack.get("networks") or {}).get(name) or {})
    known("network", f"the network {name}", entry)
    request = {
        "Name": f"{cluster}_{name}",
        "CheckDuplicate": True,
        "Driver": entry.get("driver") or "overlay",
        "Labels": labels(cluster, None),
        "Attachable": bool(entry.get("attachable")),
        **pick(entry, Options="driver_opts"),
    }
    if entry.get("ipam"):
        pools = [{"Subnet": one["subnet"]} for one in entry["ipam"].get("config") or []]
        request["IPAM"] = {"Driver": entry["ipam"].get("driver") or "default", "Config": pools}
    return request
