"""A node that joined gets tasks of services that have more elsewhere: one more for a while, and one less."""
import unittest

from fakes import Clock, Timed, node
from swarms import Swarm, service, worker

import spread
from compare import SPREADING

HEALTHY = {"Test": ["CMD", "true"]}


def healthy(name="web", replicas=2, **changes):
    one = service(name, replicas=replicas, **changes)
    one["Spec"]["TaskTemplate"]["ContainerSpec"]["Healthcheck"] = HEALTHY
    one["Spec"]["TaskTemplate"]["Placement"]["Preferences"] = [{"Spread": {"SpreadDescriptor": "node.labels.lightfleet.zone"}}]
    return one


def at(name, zone="a", **more):
    one = worker(name, **more)
    one["Spec"]["Labels"]["lightfleet.zone"] = zone
    one["Description"]["Resources"] = {"NanoCPUs": 2_000_000_000, "MemoryBytes": 1 << 30}
    return one


class Spreading(Timed):
    def leader(self, services, tasks, nodes):
        engine = Swarm(services, tasks)
        engine.answers["nodes"] = nodes
        return node(engine=engine)

    def turns(self, one, seconds=130):
        for _ in range(seconds // 20):
            Clock.now += 20
            spread.spread(one)

    def counts(self, one, name="web"):
        return [call[2]["Mode"]["Replicated"]["Replicas"] for call in one.engine.calls if call[1] == f"/services/{name}/update"]

    def test_begins_only_after_the_swarm_was_quiet_for_a_while(self):
        one = self.leader([healthy()], {"web": ["x", "x"]}, [at("x"), at("y")])
        spread.spread(one)
        Clock.now += spread.QUIET - 1
        spread.spread(one)
        self.assertEqual(self.counts(one), [])
        Clock.now += 2
        spread.spread(one)
        self.assertEqual(self.counts(one), [3])
        self.assertEqual(one.engine.services["web"]["Spec"]["Labels"][SPREADING], "2")

    def test_ends_once_the_new_one_is_well_also_by_another_leader(self):
        begun = healthy(replicas=3)
        begun["Spec"]["Labels"][SPREADING] = "2"
        one = self.leader([begun], {"web": ["x", "x", "y"]}, [at("x"), at("y")])
        spread.spread(one)
        self.assertEqual(self.counts(one), [2])
        self.assertNotIn(SPREADING, one.engine.services["web"]["Spec"]["Labels"])

    def test_waits_for_one_that_is_not_well_and_brings_it_away_from_its_node_after_long(self):
        begun = healthy(replicas=3)
        begun["Spec"]["Labels"][SPREADING] = "2"
        one = self.leader([begun], {"web": ["x", "x"]}, [at("x"), at("y")])
        plain = one.engine.get
        ill = {"ServiceID": "web", "NodeID": "y", "DesiredState": "running", "Status": {"State": "starting"}}
        one.engine.get = lambda path, **filters: plain(path, **filters) + ([ill] if path == "/tasks" else [])
        self.turns(one, spread.PATIENCE - 60)
        self.assertEqual(one.engine.calls, [])
        self.turns(one, 100)
        self.assertEqual(one.engine.changed()[-1][-1], "node.id!=y")
        self.assertEqual(self.counts(one), [3])

    def test_one_that_no_node_took_is_given_up(self):
        begun = healthy(replicas=3)
        begun["Spec"]["Labels"][SPREADING] = "2"
        one = self.leader([begun], {"web": ["x", "x"]}, [at("x"), at("y")])
        self.turns(one, spread.PATIENCE + 40)
        self.assertEqual(self.counts(one), [2])

    def test_what_somebody_scaled_meanwhile_stays_so(self):
        begun = healthy(replicas=7)
        begun["Spec"]["Labels"][SPREADING] = "2"
        one = self.leader([begun], {"web": ["x"] * 7}, [at("x"), at("y")])
        spread.spread(one)
        self.assertEqual(self.counts(one), [7])
        self.assertNotIn(SPREADING, one.engine.services["web"]["Spec"]["Labels"])

    def test_one_service_at_a_time(self):
        one = self.leader([healthy("a"), healthy("b")], {"a": ["x", "x"], "b": ["x", "x"]}, [at("x"), at("y")])
        self.turns(one)
        self.assertEqual(len({call[1] for call in one.engine.calls}), 1)

    def test_nothing_begins_while_a_release_rolls_or_a_node_goes_is_away_or_new(self):
        rolling = healthy("other", state="updating")
        moving = healthy("other", constraints=["node.id!=z"])
        new = at("z")
        new["Description"]["Engine"]["Labels"] = {}
        for services, nodes in (
            ([rolling], []), ([moving], []), ([], [at("z", leaving="spot")]), ([], [at("z", by_hand=True)]),
            ([], [at("z", state="down")]), ([], [new]),
        ):  # fmt: skip
            one = self.leader([healthy(), *services], {"web": ["x", "x"]}, [at("x"), at("y"), *nodes])
            self.turns(one)
            self.assertEqual(one.engine.calls, [])

    def test_who_may_not_is_left_alone(self):
        sick = healthy()
        sick["Spec"]["TaskTemplate"]["ContainerSpec"]["Healthcheck"] = None
        for web in (
            sick, healthy(order="stop-first"), healthy(mounts=[{"Type": "volume", "Source": "data"}]),
            healthy(ports=[{"PublishMode": "host"}]), healthy(state="rollback_completed"), healthy(state="paused"),
            healthy(replicas=3), {**healthy(), "Spec": {**healthy()["Spec"], "Mode": {"Global": {}}}},
        ):  # fmt: skip
            one = self.leader([web], {"web": ["x", "x"]}, [at("x"), at("y")])
            self.turns(one)
            self.assertEqual(one.engine.calls, [])

    def test_nothing_moves_where_that_makes_nothing_better(self):
        nodes = [at("x"), at("y"), at("z", "b")]
        for tasks in (["x"], ["x", "y"], ["x", "y", "z", "z"]):
            one = self.leader([healthy(replicas=len(tasks))], {"web": tasks}, nodes)
            self.turns(one)
            self.assertEqual(one.engine.calls, [], tasks)

    def test_a_node_without_room_gets_none(self):
        web = healthy()
        web["Spec"]["TaskTemplate"]["Resources"] = {"Reservations": {"MemoryBytes": 2 << 30}}
        one = self.leader([web], {"web": ["x", "x"]}, [at("x"), at("y")])
        self.turns(one)
        self.assertEqual(one.engine.calls, [])

    def test_tries_that_help_nothing_end(self):
        one = self.leader([healthy()], {"web": ["x", "x"]}, [at("x"), at("y")])
        for _ in range(10):
            self.turns(one)
            one.engine.services["web"] = healthy()
        self.assertEqual(self.counts(one), [3, 3])

    def test_the_zones_with_fewest_come_first_as_for_swarm(self):
        web = healthy(replicas=4)["Spec"]
        able = [at("x"), at("y"), at("z", "b")]
        ids = lambda counts: sorted(one["ID"] for one in spread.candidates(web, able, spread.Counter(counts)))  # noqa: E731
        self.assertEqual(ids({"x": 2, "y": 0, "z": 1}), ["z"])
        self.assertEqual(ids({"x": 2, "y": 0, "z": 2}), ["y", "z"])
        self.assertEqual(ids({"x": 1, "y": 0, "z": 3}), ["y"])
        web["TaskTemplate"]["Placement"]["MaxReplicas"] = 1
        self.assertEqual(ids({"x": 1, "y": 1, "z": 1}), [])


if __name__ == "__main__":
    unittest.main()
