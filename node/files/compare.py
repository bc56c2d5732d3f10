"""Specs as the engine writes them back, so that what was asked for and what is there can be compared."""
from spec import IMAGE
from reference import matches

# What the engine fills in where nothing is said.
DEFAULTS = {
    ("Runtime", "container"),
    ("Isolation", "default"),
    ("Mode", "vip"),
    ("Protocol", "tcp"),
    ("FailureAction", "pause"),
    ("Order", "stop-first"),
    ("Condition", "any"),
}
# Ids stand beside names; the rest is not the definition's to say.
ASIDE = ("ForceUpdate", "Platforms", "SecretID", "ConfigID")
# A constraint by which the leader keeps tasks off a node that is leaving.
MOVING = "node.id!="
# Label of a service that has a task more for a while, as the leader spreads it: how many the program asks for.
SPREADING = "lightfleet.replicas"


def plain(value):
    """A value without what says nothing: nulls, zeros, empty texts, lists and maps, and the engine's defaults."""
    if isinstance(value, dict):
        parts = {key: plain(one) for key, one in value.items() if key not in ASIDE}
        return {key: one for key, one in parts.items() if one not in (None, "", 0, [], {}) and not default(key, one)}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def default(key, value):
    return isinstance(value, str) and (key, value) in DEFAULTS


def moving(spec):
    """The constraints of a spec that keep its tasks off nodes that are leaving."""
    placement = spec["TaskTemplate"].get("Placement") or {}
    return [one for one in placement.get("Constraints") or [] if one.replace(" ", "").startswith(MOVING)]


def without_moving(spec):
    placement = spec["TaskTemplate"].get("Placement") or {}
    kept = [one for one in placement.get("Constraints") or [] if one not in moving(spec)]
    return {**spec, "TaskTemplate": {**spec["TaskTemplate"], "Placement": {**placement, "Constraints": kept}}}


def same(one, other):
    """Whether two specs of services say the same, but for whom leaving nodes keep off."""
    return comparable(one) == comparable(other)


def comparable(spec):
    found = plain(without_moving(spec))
    found["Mode"] = spec.get("Mode")
    found.get("Labels", {}).pop(SPREADING, None)
    container = found["TaskTemplate"]["ContainerSpec"]
    for kind, name in (("Secrets", "SecretName"), ("Configs", "ConfigName")):
        if kind in container:
            container[kind] = sorted(container[kind], key=lambda entry: (entry[name], entry["File"]["Name"]))
    return found


def differences(wanted, running):
    """Which parts of a service are not as they are wanted; numbers of tasks, which others may change, apart."""
    one, other = comparable(wanted), comparable(running)
    found = set()
    if not matches(wanted["Labels"][IMAGE], running["TaskTemplate"]["ContainerSpec"]["Image"]):
        found.add("image")
    for spec in (one, other):
        spec["TaskTemplate"]["ContainerSpec"].pop("Image", None)
        spec["Labels"].pop(IMAGE, None)
        spec["Mode"] = sorted(spec["Mode"] or {})
    for part in ("Labels", "Mode", "EndpointSpec", "UpdateConfig", "RollbackConfig"):
        if one.get(part) != other.get(part):
            found.add(part)
    tasks = [spec["TaskTemplate"] for spec in (one, other)]
    found |= unequal(*(task.pop("ContainerSpec") for task in tasks))
    found |= unequal(*tasks)
    return sorted(found)


def unequal(one, other):
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}
