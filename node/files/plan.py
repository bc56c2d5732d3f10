"""What a release changes, service by service, and in which order."""
from urllib.parse import quote

from bundle import Refused
from compare import moving, plain, same
from engine import EngineError
from spec import IMAGE, NAMESPACE, convert

# So many services are looked up one by one; of more, all are listed.
FEW = 50
UPDATE, CREATE, RECREATE, REMOVE, UNPUBLISH = "update", "create", "recreate", "remove", "unpublish"


def definition(bundle, names, key):
    """All that a bundle says of a service, with what its secrets and configs are called in the swarm."""
    stack = bundle["stack"]
    service = stack["services"][key]
    volumes = [mount.get("source") for mount in service.get("volumes") or [] if mount.get("type") == "volume"]
    return {
        "service": service,
        "volumes": {name: (stack.get("volumes") or {}).get(name) for name in volumes},
        "objects": {kind: {one: names[kind].get(one) for one in uses(service, kind)} for kind in ("secrets", "configs")},
    }


def uses(service, kind):
    """The keys of the secrets or configs of a service."""
    return [entry if isinstance(entry, str) else entry["source"] for entry in service.get(kind) or []]


def changed(bundle, names, current, before):
    """The keys of the services whose definition is not the one of the release that was applied, and of those that go."""
    old = current["stack"]["services"] if current else {}
    new = bundle["stack"]["services"]
    keys = [key for key in new if key not in old or definition(bundle, names, key) != definition(current, before, key)]
    return keys + [key for key in old if key not in new]


def running(node, keys=None):
    """
    The services of the cluster's stack, by their keys in it, and all others of the swarm. Where few are asked for by their
    keys, those alone: of thousands the engine takes seconds to tell.
    """
    cluster = node.config["cluster"]
    if keys is not None and len(keys) <= FEW:
        found = ((key, service(node, f"{cluster}_{key}")) for key in keys)
        return {key: one for key, one in found if one is not None}, []
    own, others = {}, []
    for one in node.engine.get("/services"):
        if (one["Spec"].get("Labels") or {}).get(NAMESPACE) == cluster:
            own[one["Spec"]["Name"].removeprefix(cluster + "_")] = one
        else:
            others.append(one)
    return own, others


def service(node, name):
    """A service by its name, or None. One of the same name that is not the stack's is nobody's to change."""
    try:
        found = node.engine.call("GET", "/services/" + quote(name))
    except EngineError as error:
        if error.status == 404:
            return None
        raise
    if (found["Spec"].get("Labels") or {}).get(NAMESPACE) != node.config["cluster"]:
        raise EngineError(409, "a service of this name is there that Lightfleet did not make")
    return found


def free_ports(found, others):
    """Refuses steps that take a port from a service that is not the stack's."""
    taken = {port: one["Spec"]["Name"] for one in others for port in published(one["Spec"])}
    for step in found:
        for port in sorted(published(step["after"]) & taken.keys()):
            raise Refused(
                f"{step['after']['Name']} publishes port {port[1]}/{port[0]}, which {taken[port]} has: no service of Lightfleet's",
                final=False,
            )


def steps(bundle, keys, services, objects):
    """The steps of a release: creates and updates, then removals; each with the specs before and after."""
    cluster, stack = bundle["cluster"], bundle["stack"]
    found = []
    for key in keys:
        if key not in stack["services"]:
            continue
        after = convert(cluster, key, stack, objects)
        there = services.get(key)
        if there is None:
            found.append({"do": CREATE, "key": key, "before": None, "after": after})
        elif set(after["Mode"]) != set(there["Spec"].get("Mode") or {}):
            found.append({"do": RECREATE, "key": key, "before": there["Spec"], "after": after})
        else:
            found.append({"do": UPDATE, "key": key, "before": there["Spec"], "after": after})
    for key, there in services.items():
        if key not in stack["services"]:
            found.append({"do": REMOVE, "key": key, "before": there["Spec"], "after": None})
    return ordered(found)


def published(spec):
    """The ports that a service takes in the swarm's routing mesh; another that has one is refused by the engine."""
    ports = ((spec or {}).get("EndpointSpec") or {}).get("Ports") or []
    return {(port.get("Protocol", "tcp"), port.get("PublishedPort")) for port in ports if port.get("PublishMode") != "host"}


def ordered(found):
    """
    Creates and updates first, then what removes services; but who takes a port comes after who leaves it. Where services
    exchange ports, one lets its own go first.
    """
    last = (RECREATE, REMOVE)
    waiting = [step for step in found if step["do"] not in last] + [step for step in found if step["do"] in last]
    held = {port: step for step in waiting for port in published(step["before"])}
    result = []

    def blockers(step):
        return [held[port] for port in sorted(published(step["after"])) if port in held and held[port] is not step]

    def finish(step):
        result.append(step)
        for port in published(step["before"]) - published(step["after"]):
            if held.get(port) is step:
                del held[port]

    while waiting:
        ready = [step for step in waiting if not blockers(step)]
        if ready:
            first = [step for step in ready if step["do"] not in last] or ready[:1]
            # Removals wait for all others, but for those that wait for them.
            for step in first:
                finish(step)
            done = {id(step) for step in first}
            waiting = [step for step in waiting if id(step) not in done]
            continue
        step = next(one for one in waiting if blockers(one))
        for holder in blockers(step):
            lost = published(step["after"]) & published(holder["before"])
            fewer = without(holder["before"], lost)
            result.append({"do": UNPUBLISH, "key": holder["key"], "before": holder["before"], "after": fewer})
            holder["before"] = fewer
            for port in lost:
                held.pop(port, None)
    return result


def without(spec, ports):
    """A spec that does not publish these ports."""
    endpoint = spec["EndpointSpec"]
    kept = [port for port in endpoint["Ports"] if not published({"EndpointSpec": {"Ports": [port]}}) & ports]
    return {**spec, "EndpointSpec": {**endpoint, "Ports": kept}}


def settle(after, current, images):
    """
    The spec that a service is updated to from its current one: an image that was not changed keeps the digest and platforms
    that it has, and what others have set stays. A change of ports alone reaches tasks only where something else of theirs
    changes too (moby/moby#40968, #51658).
    """
    spec, now = resolved(after, current, images), current["TaskTemplate"]
    placement = spec["TaskTemplate"]["Placement"]
    placement["Constraints"] = [*(placement.get("Constraints") or []), *moving(current)]
    for kind in ("Secrets", "Configs"):
        keep_order(spec["TaskTemplate"]["ContainerSpec"], now["ContainerSpec"], kind)
    force = now.get("ForceUpdate", 0)
    aside = ("Placement", "ForceUpdate")
    tasks = [plain({key: one for key, one in part.items() if key not in aside}) for part in (spec["TaskTemplate"], now)]
    if plain(after["EndpointSpec"]) != plain(current.get("EndpointSpec") or {}) and tasks[0] == tasks[1]:
        force += 1
    if force:
        spec["TaskTemplate"]["ForceUpdate"] = force
    return spec


def keeps_image(after, current):
    """Whether a service is to have the image that it has, by the text of its release: its tag may have moved since."""
    return current is not None and (current.get("Labels") or {}).get(IMAGE) == after["Labels"][IMAGE]


def resolved(after, current, images):
    """A spec with its image's digest and platforms, where these are known: those that it has, or what its registry said."""
    template = after["TaskTemplate"]
    if keeps_image(after, current):
        now = current["TaskTemplate"]
        image, platforms = now["ContainerSpec"]["Image"], (now.get("Placement") or {}).get("Platforms")
    else:
        image, platforms = images.get(after["Labels"][IMAGE]) or (template["ContainerSpec"]["Image"], None)
    placement = {**(template.get("Placement") or {}), **({"Platforms": platforms} if platforms else {})}
    container = {**template["ContainerSpec"], "Image": image}
    return {**after, "TaskTemplate": {**template, "ContainerSpec": container, "Placement": placement}}


def keep_order(container, now, kind):
    """The same files in another order would restart tasks: they stay in the one that they have."""
    wanted, there = container.get(kind) or [], now.get(kind) or []
    title = kind[:-1] + "Name"
    order = {(one[title], one["File"]["Name"]): place for place, one in enumerate(there)}
    if {(one[title], one["File"]["Name"]) for one in wanted} == set(order):
        container[kind] = sorted(wanted, key=lambda one: order[(one[title], one["File"]["Name"])])
