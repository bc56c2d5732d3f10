"""What the engine would refuse is found out before anything is changed: specs are offered to it where they harm nobody."""
import hashlib
import json
import time

from engine import EngineError
from spec import IMAGE, NAMESPACE

LABEL = "lightfleet.trial"
# A constraint that no node meets.
NOWHERE = "node.labels.lightfleet.trial==never"
# The longest name of a service (moby/swarmkit, manager/controlapi, validateAnnotations).
LONGEST = 63


def offer(node, release, specs, deadline):
    """
    Makes a service of each kind of spec that runs nowhere, and removes it. Answers false where time ran out: the next call goes
    on. Raises EngineError with the engine's words where it refuses one, named by its service.
    """
    kept = node.recall("offered") or {}
    accepted = set(kept["shapes"]) if kept.get("release") == release else set()
    if not accepted:
        clear(node)
    try:
        for spec in specs:
            mark = shape(spec)
            if mark in accepted:
                continue
            if time.monotonic() > deadline:
                return False
            accepted.add(attempt(node, spec, mark))
    finally:
        node.remember("offered", {"release": release, "shapes": sorted(accepted)})
    return True


def attempt(node, spec, mark):
    tried = trial(node.config["cluster"], spec, node.config["cluster"] + "-trial-" + mark[:12])
    try:
        made = create(node, tried)
    except EngineError as error:
        raise EngineError(error.status, f"{spec['Name']}: {error}") from error
    node.engine.call("DELETE", f"/services/{made['ID']}")
    return mark


def create(node, tried):
    try:
        return node.engine.call("POST", "/services/create", tried)
    except EngineError as error:
        if error.status != 409:
            raise
    # One of an earlier try is there still, whose end failed, or whose answer was lost.
    clear(node)
    return node.engine.call("POST", "/services/create", tried)


def trial(cluster, spec, name):
    """A spec as it is, but that it runs nowhere, is found by nobody and takes no address and no port."""
    template = spec["TaskTemplate"]
    placement = template.get("Placement") or {}
    labels = {key: text for key, text in spec["Labels"].items() if key != NAMESPACE}
    replicated = "Replicated" in spec["Mode"]
    # As long as the name that the service is to have, which may be too long.
    name = name[:LONGEST] if len(spec["Name"]) <= LONGEST else name.ljust(len(spec["Name"]), "x")
    return {
        **spec,
        "Name": name,
        "Labels": {**labels, LABEL: cluster},
        "TaskTemplate": {
            **template,
            "Placement": {**placement, "Constraints": [*(placement.get("Constraints") or []), NOWHERE]},
        },
        "Mode": {"Replicated": {"Replicas": 0}} if replicated else spec["Mode"],
        "EndpointSpec": {"Mode": "dnsrr"},
    }


def shape(spec):
    """
    A hash of what the engine looks at: services that differ in names and plain texts alone are one shape. Of texts the length
    stays, roughly: a spec may be too large.
    """
    template = spec["TaskTemplate"]
    container = template["ContainerSpec"]
    labels = {key: text for key, text in spec["Labels"].items() if key not in (NAMESPACE, IMAGE)}
    seen = {
        **spec,
        "Name": len(spec["Name"]) > LONGEST,
        "Labels": sorted(labels),
        "Mode": sorted(spec["Mode"]),
        "EndpointSpec": None,
        "Size": len(json.dumps(spec)) >> 16,
        "TaskTemplate": {
            **template,
            "Networks": None,
            "ContainerSpec": {
                **container,
                "Env": [text if "{{" in text else text.partition("=")[0] for text in container.get("Env") or []],
                "Args": len(container.get("Args") or []),
                "Labels": sorted(container.get("Labels") or {}),
                **{kind: [one["File"] for one in container.get(kind) or []] for kind in ("Secrets", "Configs")},
            },
        },
    }
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:20]


def clear(node):
    """Removes what was left by a leader that died while it tried, or could not remove it."""
    for one in node.engine.get("/services", label=[f"{LABEL}={node.config['cluster']}"]):
        node.engine.call("DELETE", f"/services/{one['ID']}")
