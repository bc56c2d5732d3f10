import datetime
import hashlib
import json
import unittest

from fakes import Aws, Clock, Engine, Metadata, Timed, member, node

import context
import lead
import leave
import swarm
from aws import sign


class Signing(unittest.TestCase):
    def test_agrees_with_the_example_of_aws(self):
        """AWS's own test suite, "get-vanilla"."""
        headers = sign(
            "GET", "example.amazonaws.com", "/", "", {}, b"", "service", "us-east-1",
            {"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
            datetime.datetime(2015, 8, 30, 12, 36, 0),
        )  # fmt: skip
        self.assertIn("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", headers["authorization"])


class Election(Timed):
    def setUp(self):
        super().setUp()
        self.shared = {}

    def manager(self, name):
        return node(aws=Aws(self.shared), metadata=Metadata(**{"instance-id": name}))

    def test_the_first_write_founds_and_the_others_wait(self):
        first, second = self.manager("i-1"), self.manager("i-2")
        self.assertIsNotNone(swarm.joined(first))
        self.assertIsNone(swarm.joined(second))
        self.assertEqual(first.engine.swarm["LocalNodeState"], "active")
        self.assertEqual(second.engine.swarm["LocalNodeState"], "inactive")

    def test_an_elected_one_that_shows_nothing_is_replaced_after_a_while(self):
        self.manager("i-1").aws.put_parameter("/lightfleet/shop/swarm/election/1", '{"instance": "i-1"}')
        second = self.manager("i-2")
        self.assertIsNone(swarm.joined(second))
        Clock.now += swarm.PATIENCE + 1
        self.assertIsNotNone(swarm.joined(second))

    def test_of_two_that_founded_the_later_leaves_its_own_swarm(self):
        late = self.manager("i-1")
        swarm.joined(late)
        late.aws.put_parameter("/lightfleet/shop/swarm/manager", json.dumps({"token": "t", "swarm": "other", "first": {}}))
        late.engine.answers["swarm"] = {"JoinTokens": {"Manager": "m", "Worker": "w"}}
        info = late.engine.get("/info")
        own = member("me", "manager", leader=True)
        self.assertFalse(swarm.publish(late, info, [own]))
        self.assertEqual(late.engine.swarm["LocalNodeState"], "inactive")

    def test_tokens_are_secure_and_a_worker_joins_with_its_own(self):
        first = self.manager("i-1")
        swarm.joined(first)
        first.engine.answers["swarm"] = {"JoinTokens": {"Manager": "for-managers", "Worker": "for-workers"}}
        self.assertTrue(swarm.publish(first, first.engine.get("/info"), [member("me", "manager", leader=True)]))
        for name in ("manager", "worker"):
            self.assertTrue(self.shared[f"/lightfleet/shop/swarm/{name}"]["Secure"])
        self.assertNotIn("for-managers", self.shared["/lightfleet/shop/swarm/worker"]["Value"])
        worker = node("worker", aws=Aws(self.shared), metadata=Metadata(**{"local-ipv4": "10.0.0.14"}))
        swarm.joined(worker)
        join = next(body for method, path, body in worker.engine.calls if path == "/swarm/join")
        self.assertEqual((join["JoinToken"], join["Availability"]), ("for-workers", "pause"))

    def test_a_new_manager_waits_for_the_seat_of_a_dead_one(self):
        peers = [{"address": "a:2377", "instance": "i-1", "reachable": True}, {"address": "b:2377", "instance": "i-2", "reachable": False}]
        one = self.manager("i-3")
        self.assertFalse(swarm.seat(one, peers))
        self.assertTrue(swarm.seat(one, peers[:1]))
        Clock.now += swarm.SEAT + 1
        self.assertTrue(swarm.seat(one, peers))

    def test_a_swarm_is_buried_only_where_all_of_its_managers_are_gone(self):
        one = self.manager("i-3")
        record = {"token": "t", "swarm": "s", "first": {"address": "a:2377", "instance": "i-1"}}
        self.shared["/lightfleet/shop/swarm/manager"] = {"Value": json.dumps(record)}
        one.aws.alive = {"i-1"}
        swarm.bury(one, record)
        self.assertIn("/lightfleet/shop/swarm/manager", self.shared)
        one.aws.alive = set()
        swarm.bury(one, record)
        self.assertNotIn("/lightfleet/shop/swarm/manager", self.shared)


class Leading(unittest.TestCase):
    def test_a_new_node_is_labelled_and_set_to_work(self):
        one = node()
        lead.arrange(one, member("n", availability="pause", fleet="core", zone="eu-west-1a", lifecycle="spot"), [])
        (_, _, spec), = one.engine.calls
        self.assertEqual(spec["Availability"], "active")
        self.assertEqual(spec["Labels"]["lightfleet.zone"], "eu-west-1a")

    def test_a_manager_without_services_is_drained_and_a_paused_node_stays_paused(self):
        one = node()
        lead.arrange(one, member("n", "manager", availability="pause", fleet="control", drained="true"), [])
        self.assertEqual(one.engine.calls[0][2]["Availability"], "drain")
        paused = member("n", availability="pause", fleet="core")
        paused["Spec"]["Labels"] = {"lightfleet.fleet": "core"}
        quiet = node()
        lead.arrange(quiet, paused, [])
        self.assertEqual(quiet.engine.calls, [])

    def test_who_is_silent_stays_and_who_is_gone_is_taken_out(self):
        one = node(aws=Aws(alive={"i-1", "i-3"}))
        lead.clear(one, [
            member("ready", instance="i-1"),
            member("gone", state="down", instance="i-2"),
            member("silent", state="down", instance="i-3"),
            member("dead", "manager", state="down", instance="i-4"),
            member("renewed", state="down", instance="i-1"),
        ])
        self.assertEqual(
            [call[:2] for call in one.engine.calls],
            [("DELETE", "/nodes/gone"), ("change", "dead"), ("DELETE", "/nodes/renewed")],
        )

    def test_who_says_that_it_leaves_is_drained_and_then_removed(self):
        one = node()  # that cannot have the program that would empty it first
        lead.arrange(one, member("n", fleet="core", leaving="true"), [])
        self.assertEqual(one.engine.calls[0][2]["Availability"], "drain")
        lead.clear(one, [member("n", state="down", leaving="true")])
        self.assertEqual(one.engine.calls[-1][:2], ("DELETE", "/nodes/n"))


class Bucket:
    def __init__(self, body):
        self.body, self.reads = body, 0

    def parameter(self, name):
        return {"Value": json.dumps({"bucket": "b", "release": "release.json"})}

    def s3(self, method, bucket, key, headers=None, body=b""):
        self.reads += 1
        return 200, {}, self.body


class LeadersPrograms(unittest.TestCase):
    body = json.dumps({"only_the_leader.py": "ANSWER = 42"}).encode()

    def one(self, body):
        return node(aws=Bucket(body), programs=hashlib.sha256(self.body).hexdigest())

    def test_are_read_once_and_can_be_imported_then(self):
        one = self.one(self.body)
        self.assertTrue(lead.programs(one))
        self.assertTrue(lead.programs(one))
        self.assertEqual(one.aws.reads, 1)
        import only_the_leader

        self.assertEqual(only_the_leader.ANSWER, 42)

    def test_are_not_taken_where_they_are_others_than_the_node_was_told(self):
        self.assertFalse(lead.programs(self.one(self.body + b" ")))


class Leaving(unittest.TestCase):
    def test_only_the_metadata_decides(self):
        self.assertIsNone(leave.leaving(node()))
        wanted = node(metadata=Metadata(**{"autoscaling/target-lifecycle-state": "Terminated"}))
        self.assertEqual(leave.leaving(wanted), "terminating")
        self.assertEqual(leave.leaving(node(metadata=Metadata(**{"spot/instance-action": "{}"}))), "spot")

    def test_a_manager_is_ready_only_where_it_is_reached_and_labelled(self):
        info = {"Swarm": {"LocalNodeState": "active", "ControlAvailable": True, "NodeID": "me"}}
        own = member("me", "manager")
        one = node(engine=Engine(**{"nodes/me": own}))
        leave.ready(one, info)
        self.assertEqual(one.aws.asked, [])
        own["Spec"]["Labels"] = {"lightfleet.fleet": "control"}
        leave.ready(one, info)
        (action, fields), = one.aws.asked
        self.assertEqual((action, fields["LifecycleActionResult"]), ("CompleteLifecycleAction", "CONTINUE"))

    def test_a_worker_is_ready_as_a_member_and_says_so_once(self):
        one = node("worker")
        for _ in range(2):
            leave.ready(one, {"Swarm": {"LocalNodeState": "active", "NodeID": "me"}})
        self.assertEqual(len(one.aws.asked), 1)

    def test_a_manager_steps_down_only_where_the_others_keep_the_quorum(self):
        others = [member("a", "manager"), member("b", "manager", state="down")]
        one = node(engine=Engine(nodes=[member("me", "manager"), *others]))
        self.assertFalse(leave.step_down(one, "me", False))
        self.assertEqual(one.engine.calls, [])
        others[1] = member("b", "manager")
        one = node(engine=Engine(nodes=[member("me", "manager"), *others]))
        self.assertFalse(leave.step_down(one, "me", False))
        self.assertEqual(one.engine.calls, [("change", "me", {"Role": "worker"})])

    def test_a_leader_does_not_step_down_while_it_empties_another_node_unless_its_time_is_over(self):
        aside = member("w", availability="pause")
        aside["Spec"]["Labels"] = {leave.ASIDE: "1"}
        for leader, over, steps in ((True, False, False), (True, True, True), (False, False, True)):
            managers = [member("me", "manager", leader=leader), member("a", "manager"), member("b", "manager")]
            one = node(engine=Engine(nodes=[*managers, aside]))
            self.assertFalse(leave.step_down(one, "me", over))
            self.assertEqual(bool(one.engine.calls), steps)


class Files(unittest.TestCase):
    def test_a_value_is_kept_over_restarts(self):
        one = node()
        one.remember("x", {"a": 1})
        self.assertEqual(one.recall("x"), {"a": 1})
        one.forget("x")
        self.assertIsNone(one.recall("x"))

    def test_a_node_that_is_just_joining_says_nothing(self):
        self.assertIsNone(context.label({"ID": "n"}, "fleet"))
        self.assertEqual(context.hostname({"ID": "n"}), "n")


if __name__ == "__main__":
    unittest.main()
