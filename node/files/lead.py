"""What the leading manager keeps in order: who is a member, with which labels, and where services may run."""
import hashlib
import json
import sys
import time
from importlib.util import spec_from_loader

from context import age, hostname, label
from leave import ASIDE
from swarm import publish

# What a node says of itself, and what the leader makes a label of, for placement.
LABELS = ("fleet", "zone", "lifecycle")
# Of a node that could not be looked at yet: it keeps what it has, and gets nothing.
UNASKED = ""
# A label by which a person asks for a node to be drained.
ASKED = "lightfleet.drain"


def lead(node, info):
    """One turn of the leader's; false where this VM is not the leader. What fails takes nothing else with it."""
    nodes = node.engine.get("/nodes")
    own = next((one for one in nodes if one["ID"] == info["Swarm"]["NodeID"]), {})
    if not (own.get("ManagerStatus") or {}).get("Leader"):
        return False
    try:
        if not publish(node, info, nodes):
            return False
    except Exception as error:
        node.log(f"cannot show the tokens: {error!r}")
    doubts = doubted(node, nodes)
    for one in nodes:
        try:
            arrange(node, one, nodes, doubts.get(one["ID"]))
        except Exception as error:
            node.log(f"node {hostname(one)}: {error!r}")
    clear(node, nodes)
    return True


def going(one):
    """Whether a node is to be drained: by its own word, or by a person's."""
    return bool(label(one, "leaving") or (one["Spec"].get("Labels") or {}).get(ASKED))


def doubted(node, nodes):
    """Why nodes get no work that are not what they say, by their ids; nothing where the program for that cannot be had."""
    try:
        if programs(node):
            import verify

            return verify.doubts(node, nodes)
    except Exception as error:
        node.log(f"cannot look at what nodes say: {error!r}")
    return {}


def arrange(node, one, nodes, doubt=None):
    """
    Labels a new node and sets it to work; drains one that is to go, or that is not what it says, and sets it to work again
    where it stays after all.
    """
    spec = one["Spec"]
    old, availability = spec.get("Labels") or {}, spec["Availability"]
    said = {f"lightfleet.{key}": label(one, key) for key in LABELS if label(one, key)}
    known = label(one, "fleet") is not None and doubt != UNASKED
    labels = {**old, **said} if known else dict(old)
    work = "drain" if label(one, "drained") else "active"
    if doubt:
        labels = {key: text for key, text in old.items() if key not in {f"lightfleet.{one}" for one in LABELS}}
        availability = "drain"
    elif going(one) and label(one, "fleet") is not None:
        availability, labels[ASIDE] = ease(node, one, nodes)
    elif not known:
        # Who joins may have set itself to work.
        availability = "pause" if availability == "active" and "lightfleet.fleet" not in old else availability
    elif ASIDE in labels or "lightfleet.fleet" not in old:
        availability = work
        labels.pop(ASIDE, None)
    if (labels, availability) != (old, spec["Availability"]):
        node.engine.change_node(one, Labels=labels, Availability=availability)
        node.log(f"node {hostname(one)}: {availability}, {label(one, 'fleet')} in {label(one, 'zone')}")


def ease(node, one, nodes):
    """
    The availability of a node that is to go, and since when it is set aside: paused until its services have moved, by the
    program for that, and drained then; drained at once where that program cannot be had.
    """
    since = (one["Spec"].get("Labels") or {}).get(ASIDE, "0")
    if one["Spec"]["Availability"] == "drain" or one["Status"]["State"] == "down":
        return "drain", since
    try:
        if programs(node):
            from surge import surge

            return surge(node, one, nodes)
    except Exception as error:
        node.log(f"node {hostname(one)} is drained at once: {error!r}")
    return "drain", since


def clear(node, nodes):
    """
    Takes out who is gone for good: who said so itself, whose instance is gone by the word of EC2 Auto Scaling, and who is
    here already under a new identity. Who is merely silent stays: a VM that reboots comes back.
    """
    down = [one for one in nodes if one["Status"]["State"] == "down" or unreachable(one)]
    if not down:
        return
    up = [one for one in nodes if one not in down]
    asked = {label(one, "instance") for one in down if not left(one) and not renewed(one, up)} - {None}
    try:
        gone = node.gone(asked)
    except Exception as error:
        node.log(f"cannot ask which instances are gone: {error!r}")
        gone = set()
    for one in down:
        if left(one) or label(one, "instance") in gone or renewed(one, up):
            try:
                take_out(node, one)
            except Exception as error:
                node.log(f"node {hostname(one)}: {error!r}")


def left(one):
    """Whether a node said that it goes, and went. Of a manager that does not count: it steps down before it does."""
    return label(one, "leaving") and one["Spec"]["Role"] == "worker"


def renewed(one, up):
    """
    Whether an instance is here under another identity by now. Its word alone does not count, since any node can say that it
    is another: its address has to be the same, and only a manager takes the place of a manager.
    """
    return label(one, "instance") is not None and any(
        label(other, "instance") == label(one, "instance")
        and address(other) == address(one)
        and (one["Spec"]["Role"] == "worker" or other["Spec"]["Role"] == "manager")
        for other in up
    )


def address(one):
    """A node's address as the managers see it; a leader's own stands elsewhere."""
    manager = one.get("ManagerStatus")
    return manager["Addr"].rpartition(":")[0] if manager else one["Status"].get("Addr")


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
    """Where releases are: looked up once a minute, and kept for when SSM does not answer, or with what is no JSON."""
    kept = node.recall("settings")
    if kept and age(kept["at"]) < 60:
        return kept
    try:
        found = node.shared("settings") or {}
        if not (found.get("bucket") and found.get("release")):
            raise OSError("they do not say where releases are")
        kept = {**found, "at": time.monotonic()}
        node.remember("settings", kept)
    except Exception as error:
        node.log(f"cannot read the settings: {error!r}")
    return kept


class Programs:
    """Finds programs among texts by file name, so that no file is needed that could be damaged, or has no room."""

    def __init__(self, texts):
        self.texts = texts

    def find_spec(self, name, path=None, target=None):
        return spec_from_loader(name, self) if name + ".py" in self.texts else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__ + ".py"
        exec(compile(self.texts[name], name, "exec"), module.__dict__)


def programs(node):
    """
    Makes importable what only the leader runs, and only with the bucket at hand. That lies in the bucket, since user data has
    no room for it: read once and kept, and taken only where it is what this VM was told of, each time that it starts. False
    where it cannot be had yet.
    """
    digest = node.config["programs"]
    if any(getattr(finder, "digest", None) == digest for finder in sys.meta_path):
        return True
    text = node.recall("programs")
    if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != digest:
        where = settings(node)
        if where is None:
            return False
        status, _, body = node.aws.s3("GET", where["bucket"], f"programs/{digest}.json")
        if status != 200 or hashlib.sha256(body).hexdigest() != digest:
            node.log(f"cannot take over the leader's programs: {status}, {len(body)} bytes")
            return False
        text = body.decode()
        node.remember("programs", text)
    finder = Programs(json.loads(text))
    finder.digest = digest
    sys.meta_path.append(finder)
    return True
