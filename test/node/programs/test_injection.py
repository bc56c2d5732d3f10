"""
Each request and each system call of a VM's turns fails in its turn, in each way. The turns after it find nothing wrong any
more: what the VM is to do comes about, whatever the one left behind. Prints how many points there were, and how many recovered.
"""
import builtins
import contextlib
import errno
import json
import os
import subprocess
import tempfile
import unittest
from unittest import mock

import test_faults
from fakes import Aws, Clock, Engine, Metadata, Timed, member, node
from test_release import Cluster, bundle, everywhere, service

import context
import leave
import main
import release
from aws import AwsError
from engine import EngineError
from record import applied, read

# So many turns without a fault may pass until all is as it should be; each takes so many seconds.
TURNS, SECONDS = 60, 31
DAY = 86_400


class Injector:
    """Counts what is asked of the world; the one with this number goes wrong."""

    def __init__(self, at, way):
        self.at, self.way, self.count, self.struck = at, way, 0, None

    def run(self, kind, name, call, *args, **kwargs):
        if kind not in self.way.kinds:
            return call(*args, **kwargs)
        self.count += 1
        if self.count != self.at:
            return call(*args, **kwargs)
        self.struck = name
        return self.way.strike(call, *args, **kwargs)

    def before(self, asked):
        """Stands before what a node asks."""
        injector = self

        class Asked:
            def __getattr__(self, name):
                found = getattr(asked, name)
                if not callable(found):
                    return found
                return lambda *args, **kwargs: injector.run("request", name, found, *args, **kwargs)

        return Asked()

    @contextlib.contextmanager
    def system(self):
        """Stands before the system."""
        calls = [(os, name) for name in ("replace", "makedirs", "remove", "fchmod", "fdopen")]
        calls += [(builtins, "open"), (tempfile, "mkstemp"), (subprocess, "run")]
        with contextlib.ExitStack() as stack:
            for module, name in calls:
                real = getattr(module, name)

                def instead(*args, real=real, name=name, **kwargs):
                    return self.run("system", name, real, *args, **kwargs)

                stack.enter_context(mock.patch.object(module, name, instead))
            yield


class Raises:
    """It is not done, and says why."""

    def __init__(self, kinds, error):
        self.kinds, self.error = kinds, error

    def strike(self, *_, **__):
        raise self.error

    def __repr__(self):
        return repr(self.error)


class DoneAndRaises(Raises):
    """It is done, and the answer is lost."""

    def strike(self, call, *args, **kwargs):
        call(*args, **kwargs)
        raise self.error

    def __repr__(self):
        return f"done, and {self.error!r}"


class Half:
    """What is written, or answered, ends in its middle, and nothing says so."""

    kinds = ("request", "system")

    def strike(self, call, *args, **kwargs):
        found = call(*args, **kwargs)
        if call is REPLACE:
            with OPEN(args[1], "r+b") as file:
                file.truncate(os.path.getsize(args[1]) // 2)
        return halved(found)

    def __repr__(self):
        return "half of it"


class Jump:
    """The clock that shows the day is set, there and then."""

    kinds = ("request", "system")

    def __init__(self, seconds):
        self.seconds = seconds

    def strike(self, call, *args, **kwargs):
        Wall.ahead += self.seconds
        return call(*args, **kwargs)

    def __repr__(self):
        return f"the clock jumps by {self.seconds} s"


class Wall:
    ahead = 0


REPLACE, OPEN = os.replace, builtins.open


def halved(found):
    if isinstance(found, str):
        return found[: len(found) // 2]
    if isinstance(found, tuple) and len(found) == 3 and isinstance(found[2], bytes):
        return (*found[:2], found[2][: len(found[2]) // 2])
    if isinstance(found, dict) and isinstance(found.get("Value"), str):
        return {**found, "Value": halved(found["Value"])}
    return found


WAYS = (
    Raises(("system",), OSError(errno.ENOSPC, "No space left on device")),
    Raises(("system",), OSError(errno.EIO, "Input/output error")),
    Raises(("request",), ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")),
    Raises(("request",), AwsError("ServiceUnavailable", "", 503)),
    Raises(("request",), EngineError(500, "rpc error: context deadline exceeded")),
    DoneAndRaises(("request",), OSError("the answer is cut off")),
    Half(),
    Jump(DAY),
    Jump(-DAY),
)


class Scene:
    """A VM with something to do."""

    def __init__(self, one, done):
        self.node, self.done = one, done

    def turn(self):
        main.attempt(self.node, main.turn, self.node)

    def close(self):
        pass


def active(name="me", manager=False):
    return {"LocalNodeState": "active", "ControlAvailable": manager, "NodeID": name, "Cluster": {"ID": "swarm-1"}}


class Founding(Engine):
    """An engine that is a swarm's once it founded it, with itself as the leader."""

    def get(self, path, **filters):
        if path.startswith("/nodes"):
            me = member("me", "manager", leader=True, instance="i-own", fleet="control")
            return me if path == "/nodes/me" else [me]
        if path == "/swarm":
            return {"JoinTokens": {"Manager": "m", "Worker": "w"}}
        return super().get(path, **filters)


def founds():
    one = node(engine=Founding())

    def done():
        shown = [one.aws.parameters.get(one.path("swarm/" + name)) for name in ("manager", "worker", "managers")]
        return one.engine.swarm["LocalNodeState"] == "active" and all(shown) and all(parses(text["Value"]) for text in shown)

    return Scene(one, done)


def parses(text):
    try:
        return json.loads(text)["swarm"] == "swarm-1"
    except (ValueError, KeyError):
        return False


def joins():
    one = node("worker")
    record = {"token": "t", "swarm": "swarm-1", "first": {"address": "10.0.0.1:2377", "instance": "i-1", "reachable": True}}
    one.aws.put_parameter(one.path("swarm/worker"), json.dumps(record))
    one.aws.put_parameter(one.path("swarm/managers"), json.dumps({"swarm": "swarm-1", "managers": [record["first"]]}))
    return Scene(one, lambda: one.engine.swarm["LocalNodeState"] == "active")


def leads():
    one = test_faults.leader_with_a_new_node()
    engine = one.engine
    return Scene(one, lambda: any(call[0] == "change" and call[1] == "new" and call[2]["Availability"] == "active" for call in engine.calls))


def clears():
    """A worker that is gone for good, by the word of Auto Scaling, and one that is merely silent."""
    nodes = [
        member("me", "manager", leader=True, instance="i-own", fleet="control"),
        member("dead", state="down", instance="i-dead", fleet="core"),
        member("silent", state="down", instance="i-silent", fleet="core"),
    ]
    engine = Engine(active(manager=True), nodes=nodes)
    engine.answers["nodes/me"] = nodes[0]
    engine.answers["swarm"] = {"JoinTokens": {"Manager": "m", "Worker": "w"}}
    one = node(engine=engine, aws=Aws(alive={"i-silent"}), programs="0" * 64)

    def done():
        removed = {call[1] for call in engine.calls if call[0] == "DELETE"}
        if "/nodes/silent" in removed:
            raise AssertionError("a node was removed that Auto Scaling has in service")
        return "/nodes/dead" in removed

    return Scene(one, done)


class Leaving(Scene):
    def __init__(self, role):
        self.case = test_faults.Leaves("test_a_spot_notice_shortens_the_wait_that_had_begun")
        self.case.setUp()
        one = self.case.leaver(role)
        one.metadata = Metadata(**{"autoscaling/target-lifecycle-state": "Terminated"})
        self.engine = one.engine
        super().__init__(one, lambda: self.engine.swarm["LocalNodeState"] == "inactive" and bool(self.case.answered))

    def turn(self):
        if leave.MARK + "terminating" in self.case.labels or any(call[0] == "change" for call in self.engine.calls):
            self.case.containers = []
        super().turn()

    def close(self):
        self.case.doCleanups()


class Releasing(Scene):
    """A second release, of which the leader has to change, make and remove services."""

    def __init__(self):
        self.cluster = Cluster()
        self.cluster.release({name: service() for name in "abc"})
        self.cluster.put(bundle({"a": service("web:2"), "b": everywhere(), "d": service()}))
        self.engine, self.bucket = self.cluster.engine, self.cluster.aws
        super().__init__(self.cluster.leader, self.is_done)

    def turn(self):
        main.attempt(self.node, release.turn, self.node)

    def is_done(self):
        plain = node(aws=self.bucket, engine=self.engine)
        if read(plain, "intent") is not None or (applied(plain) or {}).get("lightfleet.digest") != self.bucket.etag:
            return False
        return set(self.engine.versions()) == {"shop_a", "shop_b", "shop_d"}


SCENES = {
    "founds the swarm": founds,
    "joins it": joins,
    "sets a new node to work": leads,
    "takes out the dead": clears,
    "leaves as a worker": lambda: Leaving("worker"),
    "leaves as a manager": lambda: Leaving("manager"),
    "brings a release": Releasing,
}


class Injections(Timed):
    def setUp(self):
        super().setUp()
        wall = mock.patch("time.time", lambda: Clock.now + Wall.ahead)
        wall.start()
        self.addCleanup(wall.stop)

    def injected(self, build, at, way):
        """Whether all came about, and whether there was anything to go wrong; turns until then."""
        Wall.ahead, Clock.now = 0, 1_000_000.0
        scene, injector = build(), Injector(at, way)
        one, real = scene.node, (scene.node.aws, scene.node.engine, scene.node.metadata)
        try:
            one.aws, one.engine, one.metadata = map(injector.before, real)
            for turns in range(TURNS):
                with injector.system() if injector.struck is None else contextlib.nullcontext():
                    scene.turn()
                if injector.struck is not None:
                    one.aws, one.engine, one.metadata = real
                if scene.done():
                    return True, injector.struck, turns + 1
                Clock.now += SECONDS
            return False, injector.struck, TURNS
        finally:
            scene.close()

    def test_whichever_fails_what_the_vm_is_for_comes_about(self):
        points, stuck = 0, []
        for name, build in SCENES.items():
            own = 0
            for way in WAYS:
                at = 1
                while True:
                    recovered, struck, turns = self.injected(build, at, way)
                    if struck is None:
                        self.assertTrue(recovered, f"{name}: not even without a fault")
                        break
                    own += 1
                    if not recovered:
                        stuck.append(f"{name}: {struck} (number {at}): {way!r}")
                    at += 1
            points += own
            print(f"faults: {name}: {own} points")
            self.assertGreater(own, 20, name)
        print(f"faults: {points} points, {points - len(stuck)} recovered")
        self.assertEqual(stuck, [])


if __name__ == "__main__":
    unittest.main()
