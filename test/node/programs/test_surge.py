"""A node that is to go is emptied by the leader before it is drained."""
import unittest

from fakes import Clock, Timed, node
from swarms import SINCE, Swarm, service, spec, worker

import lead
import surge
from engine import EngineError


FLEET = "node.labels.lightfleet.fleet == core"


class Emptying(Timed):
    def setUp(self):
        super().setUp()
        self.aside = worker("x", "pause", since=Clock.now, leaving="terminating")
        self.nodes = [self.aside, worker("y")]

    def turn(self, engine, one=None):
        self.one = node(engine=engine) if not hasattr(self, "one") else self.one
        self.one.engine = engine
        return surge.surge(self.one, one or self.aside, self.nodes)[0]

    def test_a_node_is_paused_before_anything_moves(self):
        engine = Swarm([service()], {"web": ["x", "y"]})
        going = worker("x", leaving="terminating")
        self.assertEqual(surge.surge(node(engine=engine), going, self.nodes), ("pause", str(int(Clock.now))))
        self.assertEqual(engine.calls, [])

    def test_then_its_services_are_kept_away_and_it_is_drained_once_they_are(self):
        engine = Swarm([service()], {"web": ["x", "y"]})
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(engine.changed(), [[FLEET, "node.id!=x"]])
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(len(engine.calls), 1)
        engine.tasks = {"web": ["y", "y"]}
        self.assertEqual(self.turn(engine), "drain")

    def test_all_of_its_services_move_at_once(self):
        engine = Swarm([service("web"), service("api")], {"web": ["x"], "api": ["x"]})
        self.turn(engine)
        self.assertEqual(len(engine.calls), 2)

    def test_who_must_not_start_first_or_is_bound_to_its_node_is_left_to_the_drain(self):
        for one in (
            service(order="stop-first"),
            service(ports=[{"PublishMode": "host", "PublishedPort": 80}]),
            service(mounts=[{"Type": "volume", "Source": "data"}]),
            service(constraints=["node.labels.lightfleet.fleet == other"]),
            service(constraints=["node.labels.lightfleet.zone != a"]),
            {**service(), "Spec": {**spec(), "Mode": {"Global": {}}}},
            service(state="paused"),
            service(state="rollback_started"),
        ):
            engine = Swarm([one], {"web": ["x"]})
            self.assertEqual(self.turn(engine), "drain")
            self.assertEqual(engine.calls, [])

    def test_a_volume_of_elsewhere_and_the_probe_keep_nobody(self):
        nfs = {"Type": "volume", "Source": "data", "VolumeOptions": {"DriverConfig": {"Options": {"type": "nfs"}}}}
        engine = Swarm([service(mounts=[nfs, {"Type": "bind", "Source": "/opt/probe", "ReadOnly": True}])], {"web": ["x"]})
        self.assertEqual(self.turn(engine), "pause")

    def test_a_release_that_rolls_is_waited_for_and_not_touched(self):
        older = spec()
        older["TaskTemplate"]["ContainerSpec"]["Image"] = "web:0"
        engine = Swarm([service(state="updating", before=older)], {"web": ["x"]})
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(engine.calls, [])
        engine.services["web"]["UpdateStatus"] = {"State": "completed"}
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(len(engine.calls), 1)

    def test_another_node_may_go_meanwhile(self):
        other = worker("y", "pause", since=Clock.now, leaving="terminating")
        self.nodes = [self.aside, other, worker("z")]
        engine = Swarm([service()], {"web": ["x", "y"]})
        self.turn(engine)
        # Not in mid-roll: Swarm would end the old task before the new one is well.
        self.assertEqual(self.turn(engine, other), "pause")
        self.assertEqual(len(engine.calls), 1)
        engine.services["web"]["UpdateStatus"] = {"State": "completed"}
        self.turn(engine, other)
        self.assertEqual(engine.changed()[-1], [FLEET, "node.id!=x", "node.id!=y"])
        self.nodes = [self.aside, other]
        self.assertEqual(self.turn(Swarm([service()], {"web": ["x", "y"]})), "drain")

    def test_who_came_back_is_not_tried_twice(self):
        engine = Swarm([service()], {"web": ["x"]})
        self.turn(engine)
        engine.services["web"] = service(state="rollback_completed")
        self.assertEqual(self.turn(engine), "drain")
        self.assertEqual(len(engine.calls), 1)

    def test_who_finds_no_node_is_not_waited_for_for_long(self):
        engine = Swarm([service()], {"web": ["x"]})
        self.turn(engine)
        plain = engine.get
        pending = {"ServiceID": "web", "DesiredState": "ready", "Status": {"State": "pending", "Err": "no suitable node (insufficient memory)"}}
        engine.get = lambda path, **filters: plain(path, **filters) + ([pending] if path == "/tasks" and "service" in filters else [])
        self.assertEqual(self.turn(engine), "pause")
        Clock.now += surge.ROOM + 1
        self.assertEqual(self.turn(engine), "drain")

    def test_time_is_left_for_the_longest_stop_grace_of_what_runs_there(self):
        for leaving, grace, most in (("terminating", 10, 810), ("terminating", 600, 220), ("spot", 10, 45), ("true", 10, 20)):
            self.aside = worker("x", "pause", since=Clock.now, leaving=leaving)
            engine = Swarm([service()], {"web": ["x"]})
            engine.services["web"]["Spec"]["TaskTemplate"]["ContainerSpec"]["StopGracePeriod"] = grace * 10**9
            self.assertEqual(self.turn(engine), "pause")
            Clock.now += most - 1
            self.assertEqual(self.turn(engine), "pause")
            Clock.now += 1
            self.assertEqual(self.turn(engine), "drain")

    def test_where_no_time_is_left_it_is_drained_at_once(self):
        going = worker("x", leaving="spot")
        engine = Swarm([service()], {"web": ["x"]})
        engine.services["web"]["Spec"]["TaskTemplate"]["ContainerSpec"]["StopGracePeriod"] = 55 * 10**9
        self.assertEqual(surge.surge(node(engine=engine), going, self.nodes)[0], "drain")

    def test_a_moment_in_the_future_counts_as_now(self):
        ahead = worker("x", "pause", since=Clock.now + 86_400, leaving="terminating")
        self.assertEqual(surge.surge(node(engine=Swarm([], {})), ahead, self.nodes), ("pause", str(int(Clock.now))))

    def test_an_answer_that_fails_is_no_reason_for_a_gap(self):
        engine = Swarm([service()], {"web": ["x"]})
        for error in (OSError("no answer"), EngineError(500, "no leader")):
            engine.get = lambda *_, **__: (_ for _ in ()).throw(error)
            self.assertEqual(self.turn(engine), "pause")
        engine = Swarm([service()], {"web": ["x"]})
        engine.call = lambda *_, **__: (_ for _ in ()).throw(EngineError(500, "update out of sequence"))
        self.assertEqual(self.turn(engine), "pause")

    def test_a_leader_that_has_not_heard_of_the_other_nodes_yet_waits_until_it_has(self):
        self.nodes = [self.aside, worker("y", state="unknown")]
        engine = Swarm([service()], {"web": ["x"]})
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(engine.calls, [])
        self.nodes = [self.aside, worker("y", state="down")]
        self.assertEqual(self.turn(engine), "drain")

    def test_the_next_leader_goes_on(self):
        engine = Swarm([service()], {"web": ["x"]})
        self.turn(engine)
        del self.one  # another VM, that remembers nothing
        self.assertEqual(self.turn(engine), "pause")
        self.assertEqual(len(engine.calls), 1)


class Leader(Timed):
    """What the leader makes of it, with and without the programs of the bucket."""

    def arranged(self, one, others=(), programs=True):
        leader = node(engine=Swarm([], {}))
        lead_programs, lead.programs = lead.programs, lambda _: programs
        self.addCleanup(setattr, lead, "programs", lead_programs)
        lead.arrange(leader, one, [one, *others])
        return [(call[2]["Availability"], call[2]["Labels"].get(SINCE)) for call in leader.engine.calls]

    def test_by_its_own_word_and_by_a_persons_a_node_is_paused_first(self):
        now = str(int(Clock.now))
        self.assertEqual(self.arranged(worker("x", leaving="spot")), [("pause", now)])
        self.assertEqual(self.arranged(worker("x", by_hand=True)), [("pause", now)])
        self.assertEqual(self.arranged(worker("x", "pause", since=Clock.now, by_hand=True)), [("drain", now)])

    def test_without_its_programs_a_leader_drains_at_once(self):
        self.assertEqual(self.arranged(worker("x", leaving="spot"), programs=False)[0][0], "drain")

    def test_a_node_that_is_down_has_nothing_to_move(self):
        self.assertEqual(self.arranged(worker("x", state="down", leaving="spot"))[0][0], "drain")

    def test_a_node_that_stays_after_all_works_again(self):
        self.assertEqual(self.arranged(worker("x", "drain", since=Clock.now)), [("active", None)])
        self.assertEqual(self.arranged(worker("x", "drain")), [])


class Settling(Timed):
    def settled(self, constraints, nodes, **changes):
        engine = Swarm([service(constraints=[FLEET, *constraints], **changes)], {})
        engine.answers["nodes"] = nodes
        surge.settle(node(engine=engine))
        return engine.changed()

    def test_services_are_kept_from_a_node_only_while_it_is_emptied(self):
        emptied = worker("x", "pause", since=Clock.now, leaving="terminating")
        self.assertEqual(self.settled(["node.id!=x"], [emptied]), [])
        for now in (worker("x", "drain", since=1, leaving="terminating"), worker("x"), worker("other")):
            self.assertEqual(self.settled(["node.id!=x"], [now]), [[FLEET]])
        self.assertEqual(self.settled(["node.id!=x", "node.id!=gone"], [emptied]), [[FLEET, "node.id!=x"]])
        self.assertEqual(self.settled([], [emptied]), [])

    def test_what_rolls_comes_to_its_end_first(self):
        drained = worker("x", "drain", since=1, leaving="terminating")
        self.assertEqual(self.settled(["node.id!=x"], [drained], state="updating", before=spec()), [])
        self.assertEqual(self.settled(["node.id!=x"], [drained], state="completed", before=spec()), [[FLEET]])
        self.assertEqual(self.settled(["node.id!=x"], [worker("x")], state="updating", before=spec()), [[FLEET]])
        older = spec()
        older["TaskTemplate"]["ContainerSpec"]["Image"] = "web:0"
        self.assertEqual(self.settled(["node.id!=x"], [worker("x")], state="updating", before=older), [])


if __name__ == "__main__":
    unittest.main()
