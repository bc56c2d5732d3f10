"""What VMs ask of the world and write down fails, each request and each write in its turn: a turn is lost at most."""
import errno
import hashlib
import json
import subprocess
import tempfile
import unittest
from unittest import mock

from fakes import Aws, Clock, Engine, Metadata, Timed, member, node

import aws
import context
import lead
import leave
import main
import swarm
from aws import AwsError
from engine import EngineError


class Faults:
    """Stands before what a node asks; the request with this number fails, in this way."""

    def __init__(self, at, way):
        self.at, self.way, self.count = at, way, 0

    def before(self, asked):
        faults = self

        class Asked:
            def __getattr__(self, name):
                found = getattr(asked, name)
                if not callable(found):
                    return found

                def call(*args, **kwargs):
                    faults.count += 1
                    if faults.count == faults.at:
                        raise faults.way
                    return found(*args, **kwargs)

                return call

        return Asked()


WAYS = (
    OSError("the answer is cut off"),
    AwsError("InternalFailure", "", 500),
    EngineError(500, "no leader"),
    ValueError("broken"),
    KeyError("Parameter"),
)


def leader_with_a_new_node():
    nodes = [
        member("me", "manager", leader=True, instance="i-own", fleet="control"),
        member("new", availability="pause", fleet="core", instance="i-new"),
    ]
    state = {"LocalNodeState": "active", "ControlAvailable": True, "NodeID": "me", "Cluster": {"ID": "swarm-1"}}
    engine = Engine(state, nodes=nodes)
    engine.answers["nodes/me"] = nodes[0]
    engine.answers["swarm"] = {"JoinTokens": {"Manager": "m", "Worker": "w"}}
    return node(engine=engine, programs="0" * 64)


class Requests(Timed):
    def test_whichever_fails_the_leader_sets_a_new_node_to_work_in_the_same_turn_or_the_next(self):
        for way in WAYS:
            at = 1
            while True:
                one = leader_with_a_new_node()
                faults = Faults(at, way)
                engine = one.engine
                one.aws, one.engine, one.metadata = map(faults.before, (one.aws, engine, one.metadata))
                with mock.patch.object(main, "SPAN", 8), mock.patch("time.sleep", self.passes):
                    main.turns(one)
                changes = [call[2]["Availability"] for call in engine.calls if call[:2] == ("change", "new")]
                self.assertIn("active", changes, f"request {at}: {way!r}")
                if faults.count < at:
                    break
                at += 1
            self.assertGreater(at, 5)

    def passes(self, seconds):
        Clock.now += seconds

    def test_what_ssm_holds_may_be_broken_and_the_leader_still_leads_and_writes_it_again(self):
        for text in ("{", "", "[]", "null", '{"swarm": 1', "\0"):
            one = leader_with_a_new_node()
            for name in ("swarm/manager", "swarm/worker", "swarm/managers", "settings"):
                one.aws.put_parameter(one.path(name), text)
            self.assertTrue(lead.lead(one, one.engine.get("/info")))
            self.assertIn(("change", "new"), [call[:2] for call in one.engine.calls])
            for name in ("swarm/manager", "swarm/worker", "swarm/managers"):
                self.assertEqual(one.shared(name)["swarm"], "swarm-1")
            self.assertIn("token", one.shared("swarm/manager"))

    def test_broken_tokens_are_no_reason_to_found_another_swarm(self):
        for text in ("{", "{}", '{"token": "t"}'):
            one = node()
            one.aws.put_parameter("/lightfleet/shop/swarm/manager", text)
            with self.assertRaises(OSError):
                swarm.joined(one)
            self.assertEqual(one.engine.calls, [])

    def test_a_list_of_managers_that_cannot_be_read_buries_no_swarm(self):
        one = node()
        record = {"token": "t", "swarm": "s", "first": {"address": "a:2377", "instance": "i-1", "reachable": True}}
        one.aws.put_parameter("/lightfleet/shop/swarm/manager", json.dumps(record))
        one.aws.put_parameter("/lightfleet/shop/swarm/managers", "{")
        swarm.bury(one, record)
        self.assertIn("/lightfleet/shop/swarm/manager", one.aws.parameters)

    def test_an_answer_of_auto_scaling_that_is_cut_off_says_of_nobody_that_it_is_gone(self):
        one = node(aws=Aws(alive={"i-2"}))
        whole = one.aws.autoscaling
        one.aws.autoscaling = lambda action, **fields: whole(action, **fields)[:-40]
        lead.clear(one, [member("silent", "manager", state="down", instance="i-2")])
        self.assertEqual(one.engine.calls, [])

    def test_who_merely_says_that_it_is_another_takes_nobodys_place(self):
        one = node(aws=Aws(alive={"i-2"}))
        rebooting = member("manager", "manager", state="down", instance="i-2", addr="10.0.0.2")
        lead.clear(one, [rebooting, member("liar", instance="i-2", addr="10.0.0.9")])
        lead.clear(one, [rebooting, member("neighbour", instance="i-2", addr="10.0.0.2")])
        self.assertEqual(one.engine.calls, [])
        lead.clear(one, [rebooting, member("itself", "manager", instance="i-2", addr="10.0.0.2")])
        self.assertEqual([call[:2] for call in one.engine.calls], [("change", "manager")])

    def test_settings_that_are_broken_leave_those_that_were_known(self):
        one = node()
        one.aws.put_parameter("/lightfleet/shop/settings", '{"bucket": "b", "release": "r"}')
        self.assertEqual(lead.settings(one)["bucket"], "b")
        Clock.now += 120
        for text in ("{", "[]", '{"bucket": ""}'):
            one.aws.put_parameter("/lightfleet/shop/settings", text)
            self.assertEqual(lead.settings(one)["bucket"], "b")

    def test_a_clock_that_was_ahead_keeps_nothing_waiting(self):
        one = node()
        one.aws.put_parameter("/lightfleet/shop/settings", '{"bucket": "b", "release": "r"}')
        lead.settings(one)
        Clock.now -= 86_400
        one.aws.put_parameter("/lightfleet/shop/settings", '{"bucket": "c", "release": "r"}')
        self.assertEqual(lead.settings(one)["bucket"], "c")
        one.waited("x")
        Clock.now -= 86_400
        self.assertEqual(one.waited("x"), 0)
        Clock.now += 5
        self.assertEqual(one.waited("x"), 5)


class Answers(unittest.TestCase):
    """What comes over the wire."""

    def asked(self, status, body):
        one = aws.Aws(Metadata(), "eu-west-1")
        one.send = lambda *args, **kwargs: (status, {}, body)
        return one

    def test_that_are_no_json_are_errors_and_not_an_absent_parameter(self):
        for body in (b'{"Parameter": {"Value": ', b"{}", b"[]", b"<html>", b'{"Parameter": {}}'):
            with self.assertRaises(OSError):
                self.asked(200, body).parameter("/x")
        self.assertIsNone(self.asked(400, b'{"__type": "x#ParameterNotFound"}').parameter("/x"))
        with self.assertRaises(AwsError):
            self.asked(502, b"<html>").parameter("/x")

    def test_a_role_without_credentials_is_an_error_that_passes(self):
        for text in (None, "", "{", '{"Code": "Failed"}'):
            values = {"iam/security-credentials/": "role", "iam/security-credentials/role": text}
            with self.assertRaises(OSError):
                aws.Aws(Metadata(**values), "eu-west-1").credentials()

    def test_metadata_takes_another_token_where_its_own_has_ended(self):
        one = aws.Metadata()
        one.token, said = "old", []

        def once(method, path, headers):
            said.append((method, headers.get("X-aws-ec2-metadata-token")))
            if method == "PUT":
                return 200, "new"
            return (200, "i-1") if headers["X-aws-ec2-metadata-token"] == "new" else (401, "")

        one._once = once
        self.assertEqual(one.get("instance-id"), "i-1")
        self.assertEqual(said, [("GET", "old"), ("PUT", None), ("GET", "new")])


class Kept(Timed):
    """What a VM keeps for itself."""

    def test_programs_that_were_damaged_on_the_disk_are_taken_again(self):
        text = json.dumps({"damaged_once.py": "ANSWER = 42"})
        reads = []

        class Bucket(Aws):
            def s3(self, method, bucket, key, headers=None, body=b""):
                reads.append(key)
                return 200, {}, text.encode()

        one = node(aws=Bucket(), programs=hashlib.sha256(text.encode()).hexdigest())
        one.aws.put_parameter("/lightfleet/shop/settings", '{"bucket": "b", "release": "r"}')
        for damaged in ("", '"', '"{}"', json.dumps(text)[:-9] + '"'):
            with open(f"{one.state}/programs.json", "w", encoding="utf-8") as file:
                file.write(damaged)
            with mock.patch("sys.meta_path", []):
                self.assertTrue(lead.programs(one))
        self.assertEqual(len(reads), 4)
        with mock.patch("sys.meta_path", []):
            self.assertTrue(lead.programs(one))
        self.assertEqual(len(reads), 4)

    def test_a_leader_whose_programs_raise_still_drains(self):
        one = leader_with_a_new_node()
        one.engine.answers["nodes"].append(member("old", fleet="core", leaving="terminating"))
        with mock.patch.object(lead, "programs", side_effect=SyntaxError("damaged")):
            self.assertTrue(lead.lead(one, one.engine.get("/info")))
        self.assertIn(("change", "old", "drain"), [(*call[:2], call[2].get("Availability")) for call in one.engine.calls if call[0] == "change"])

    def test_a_full_disk_is_no_reason_to_forget(self):
        one = node()
        with full(one):
            one.remember("x", 1)
            self.assertEqual(one.recall("x"), 1)
        one.remember("x", 2)
        self.assertEqual(one.recall("x"), 2)
        one.forget("x")
        self.assertIsNone(one.recall("x"))

    def test_nothing_at_all_can_be_kept_and_no_turn_ends(self):
        one = node()
        with mock.patch("context.write", side_effect=OSError(errno.ENOSPC, "full")):
            one.remember("x", 1)
        self.assertIsNone(one.recall("x"))

    def test_a_try_to_write_that_failed_leaves_nothing_behind(self):
        folder = tempfile.mkdtemp()
        with mock.patch("os.replace", side_effect=OSError(errno.ENOSPC, "full")), self.assertRaises(OSError):
            context.write(folder + "/x", "text")
        self.assertEqual(context.os.listdir(folder), [])


def full(one):
    """A disk that takes nothing: only what lies in memory can be written."""
    write = context.write

    def writes(path, *args):
        if not path.startswith(one.run):
            raise OSError(errno.ENOSPC, "No space left on device", path)
        write(path, *args)

    return mock.patch.multiple("context", write=writes)


class Leaves(Timed):
    """A VM that is to go, as a worker and as a manager, with an engine whose labels the managers see."""

    def setUp(self):
        super().setUp()
        self.daemon = tempfile.mkdtemp() + "/daemon.json"
        self.shadow, self.answered, self.containers = None, [], [{"Id": "c"}]
        with open(self.daemon, "w", encoding="utf-8") as file:
            json.dump({"labels": ["lightfleet.fleet=core"]}, file)
        for patch in (mock.patch.object(leave, "DAEMON", self.daemon), mock.patch.object(subprocess, "run", self.runs)):
            patch.start()
            self.addCleanup(patch.stop)

    def runs(self, command, **_):
        if command[0] == "mount":
            self.shadow = command[2]
        if command[0] == "systemctl":
            with open(self.shadow or self.daemon, encoding="utf-8") as file:
                self.labels = json.load(file)["labels"]

    def leaver(self, role):
        self.labels = []
        test = self
        swarm = {"LocalNodeState": "active", "NodeID": "me", "ControlAvailable": role == "manager"}

        class Own(Engine):
            def get(self, path, **filters):
                if path == "/info":
                    return {"Swarm": self.swarm, "Labels": test.labels}
                if path == "/containers/json":
                    return test.containers
                return super().get(path, **filters)

            def change_node(self, one, **spec):
                super().change_node(one, **spec)
                if spec.get("Role") == "worker":
                    self.swarm = {**self.swarm, "ControlAvailable": False}

        engine = Own(swarm, nodes=[member("me", "manager"), member("a", "manager"), member("b", "manager")])
        engine.answers["nodes/me"] = member("me", "manager")
        one = node("worker" if role == "worker" else "control", engine=engine)
        one.aws.autoscaling = lambda action, **fields: self.answered.append((action, fields["LifecycleActionResult"]))
        return one

    def goes(self, one, why="terminating"):
        """Turns until it has gone; what runs ends once the managers have heard of it."""
        for turn in range(400):
            heard = leave.MARK + why in self.labels or any(call[0] == "change" and "Availability" in call[2] for call in one.engine.calls)
            if heard:
                self.containers = []
            try:
                if leave.leave(one, why):
                    return turn
            except (OSError, AwsError, EngineError, ValueError):
                pass
            Clock.now += 5
        return None

    def test_with_a_full_disk_it_is_drained_steps_down_and_answers_its_hook(self):
        for role in ("worker", "manager"):
            self.setUp()
            one = self.leaver(role)
            with full(one), mock.patch.object(leave, "write", lambda path, *args: context.write(path, *args)):
                self.assertIsNotNone(self.goes(one))
            self.assertIn("lightfleet.leaving=terminating", self.labels)
            self.assertEqual(one.engine.swarm["LocalNodeState"], "inactive")
            self.assertEqual(self.answered, [("CompleteLifecycleAction", "CONTINUE")])
            self.assertEqual(any(call[0] == "change" for call in one.engine.calls), role == "manager")

    def test_where_nothing_can_be_written_nor_marked_a_manager_drains_itself(self):
        one = self.leaver("manager")
        fails = mock.Mock(side_effect=OSError(errno.EROFS, "read-only"))
        with mock.patch.multiple("context", write=fails), mock.patch.object(leave, "write", fails):
            self.assertIsNotNone(self.goes(one))
        self.assertEqual([call[2] for call in one.engine.calls if call[0] == "change"][0], {"Availability": "drain"})
        self.assertEqual(len(self.answered), 1)

    def test_whichever_request_fails_it_goes(self):
        for role in ("worker", "manager"):
            for way in (OSError("no answer"), EngineError(503, "no leader")):
                for at in range(1, 12):
                    self.setUp()
                    one = self.leaver(role)
                    faults, engine = Faults(at, way), one.engine
                    one.engine = faults.before(engine)
                    one.engine.calls = engine.calls
                    self.assertIsNotNone(self.goes(one))
                    self.assertEqual(engine.swarm["LocalNodeState"], "inactive")

    def test_an_engine_that_is_dead_keeps_the_hook_waiting_no_longer_than_tasks_may(self):
        for why, most in leave.WAIT.items():
            self.setUp()
            one = self.leaver("worker")
            one.engine.get = mock.Mock(side_effect=OSError("no engine"))
            turn = self.goes(one, why)
            self.assertLessEqual(turn * 5, most + 5)
            self.assertGreaterEqual(turn * 5, most)
            self.assertEqual(len(self.answered), 1)

    def test_tasks_are_waited_for_as_long_as_the_hook_and_the_notice_allow(self):
        self.assertLess(leave.WAIT["terminating"], 900)
        self.assertLess(leave.WAIT["spot"], 120)
        one = self.leaver("worker")
        self.goes = lambda *_: None
        self.assertFalse(leave.leave(one, "terminating"))
        Clock.now += leave.WAIT["terminating"] - 1
        self.assertFalse(leave.leave(one, "terminating"))
        Clock.now += 2
        self.assertTrue(leave.leave(one, "terminating"))

    def test_a_spot_notice_shortens_the_wait_that_had_begun(self):
        one = self.leaver("worker")
        leave.leave(one, "terminating")
        Clock.now += 60
        self.assertFalse(leave.leave(one, "spot"))
        self.assertIn("lightfleet.leaving=spot", self.labels)
        self.assertNotIn("lightfleet.leaving=terminating", self.labels)
        Clock.now += leave.WAIT["spot"] + 1
        self.assertTrue(leave.leave(one, "spot"))

    def test_an_engine_that_missed_its_signal_is_sent_it_again(self):
        one = self.leaver("worker")
        leave.leave(one, "terminating")
        self.labels = []
        leave.leave(one, "terminating")
        self.assertIn("lightfleet.leaving=terminating", self.labels)


if __name__ == "__main__":
    unittest.main()
