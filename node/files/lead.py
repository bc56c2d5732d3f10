"""What the leading manager keeps in order: who is a member, with which labels, and where services may run."""
import hashlib
import json
import os
import sys
import tempfile
import time

from aws import AwsError
from context import hostname, label, write
from engine import EngineError
from swarm import publish

# What a node says of itself, and what the leader makes a label of, for placement.
LABELS = ("fleet", "zone", "lifecycle")


def lead(node, info):
    """One turn of the leader's; false where this VM is not the leader."""
    nodes = node.engine.get("/nodes")
    own = next(one for one in nodes if one["ID"] == info["Swarm"]["NodeID"])
    if not (own.get("ManagerStatus") or {}).get("Leader"):
        return False
    try:
        if not publish(node, info, nodes):
            return False
    except (AwsError, OSError) as error:
        node.log(f"cannot show the tokens: {error}")
    for one in nodes:
        try:
            arrange(node, one)
        except EngineError as error:
            node.log(f"node {hostname(one)}: {error}")
    clear(node, nodes)
    return True


def arrange(node, one):
    """Labels a new node and sets it to work; drains one that is leaving."""
    if label(one, "fleet") is None:
        return
    spec = one["Spec"]
    wanted = {f"lightfleet.{key}": label(one, key) for key in LABELS if label(one, key)}
    labels = {**(spec.get("Labels") or {}), **wanted}
    first = "lightfleet.fleet" not in (spec.get("Labels") or {})
    work = "drain" if label(one, "drained") else "active"
    availability = "drain" if label(one, "leaving") else work if first else spec["Availability"]
    if (labels, availability) != (spec.get("Labels") or {}, spec["Availability"]):
        node.engine.change_node(one, Labels=labels, Availability=availability)
        node.log(f"node {hostname(one)}: {availability}, {label(one, 'fleet')} in {label(one, 'zone')}")


def clear(node, nodes):
    """
    Takes out who is gone for good: who said so itself, whose instance is gone by the word of EC2 Auto Scaling, and who is
    here already under a new identity. Who is merely silent stays: a VM that reboots comes back.
    """
    down = [one for one in nodes if one["Status"]["State"] == "down" or unreachable(one)]
    if not down:
        return
    present = {label(one, "instance") for one in nodes if one not in down}
    asked = {label(one, "instance") for one in down if not label(one, "leaving")} - present - {None}
    try:
        gone = node.gone(asked)
    except (AwsError, OSError) as error:
        node.log(f"cannot ask which instances are gone: {error}")
        gone = set()
    for one in down:
        instance = label(one, "instance")
        if label(one, "leaving") or instance in gone or (instance and instance in present):
            try:
                take_out(node, one)
            except EngineError as error:
                node.log(f"node {hostname(one)}: {error}")


def unreachable(one):
    return (one.get("ManagerStatus") or {}).get("Reachability") == "unreachable"


def take_out(node, one):
    """A dead manager counts toward the quorum until it is demoted: that comes first, and its removal at the next turn."""
    name = hostname(one)
    if one["Spec"]["Role"] == "manager":
        node.engine.change_node(one, Role="worker")
        node.log(f"node {name} is gone: demoted")
    elif not one.get("ManagerStatus"):
        node.engine.call("DELETE", f"/nodes/{one['ID']}?force=true")
        node.log(f"node {name} is gone: removed")


def settings(node):
    """Where releases are: looked up once a minute, and kept for when SSM does not answer."""
    kept = node.recall("settings")
    if kept and time.time() - kept["at"] < 60:
        return kept
    try:
        found = node.aws.parameter(node.path("settings"))
        kept = {**json.loads(found["Value"]), "at": time.time()}
        node.remember("settings", kept)
    except (AwsError, OSError, TypeError) as error:
        node.log(f"cannot read the settings: {error}")
    return kept


def programs(node):
    """
    Makes importable what only the leader runs, and only with the bucket at hand. That lies in the bucket, since user data has
    no room for it: read once, and taken only where it is what this VM was told of. False where it cannot be had yet.
    """
    digest = node.config["programs"]
    folder = os.path.join(node.state, "programs-" + digest[:12])
    if not os.path.isdir(folder):
        where = settings(node)
        if where is None:
            return False
        status, _, body = node.aws.s3("GET", where["bucket"], f"programs/{digest}.json")
        if status != 200 or hashlib.sha256(body).hexdigest() != digest:
            node.log(f"cannot take over the leader's programs: {status}, {len(body)} bytes")
            return False
        partial = tempfile.mkdtemp(dir=node.state)
        for name, text in json.loads(body).items():
            write(os.path.join(partial, name), text)
        os.rename(partial, folder)
    if folder not in sys.path:
        sys.path.append(folder)
    return True
