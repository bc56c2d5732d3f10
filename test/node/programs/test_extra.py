"""A service with one task has one more while the node of that is emptied."""
import unittest

from fakes import Clock, Timed, node
from swarms import Swarm, service, worker

import extra
import spread
import surge
from compare import SPREADING


class Extra(Timed):
    def setUp(self):
        super().setUp()
        self.aside = worker("x", "pause", since=Clock.now, leaving="terminating")
        self.nodes = [self.aside, worker("y")]
        self.engine = Swarm([service(replicas=1)], {"web": ["x"]})
        self.one = node(engine=self.engine)
        self.ill = []
        plain = self.engine.get
        self.engine.get = lambda path, **filters: plain(path, **filters) + (self.ill if path == "/tasks" and "service" in filters else [])
        extra.pending = False

    def surge(self, one=None):
        return surge.surge(self.one, one or self.aside, self.nodes)[0]

    def spread(self):
        self.engine.answers["nodes"] = self.nodes
        spread.spread(self.one)

    def ordered(self):
        """How many tasks the service was given, and whether a constraint came with that."""
        return [(call[2]["Mode"]["Replicated"]["Replicas"], len(call[2]["TaskTemplate"]["Placement"]["Constraints"])) for call in self.engine.calls]

    def begin(self):
        """As the engine has it after the change: no update runs."""
        self.assertEqual(self.surge(), "pause")
        self.engine.services["web"].pop("UpdateStatus")

    def drained(self):
        self.nodes = [worker("x", "drain", since=Clock.now, leaving="terminating"), worker("y")]

    def test_it_gets_one_more_and_the_node_is_drained_once_that_is_well_elsewhere(self):
        self.begin()
        self.assertEqual(self.ordered(), [(2, 1)])
        self.assertEqual(self.engine.services["web"]["Spec"]["Labels"][SPREADING], "1")
        self.ill = [{"ServiceID": "web", "NodeID": "y", "DesiredState": "running", "CreatedAt": "1970-01-12T13:46:41Z", "Status": {"State": "starting"}}]
        self.assertEqual(self.surge(), "pause")
        self.assertFalse(extra.pending)
        self.ill, self.engine.tasks = [], {"web": ["x", "y"]}
        self.assertEqual(self.surge(), "drain")
        # The leader looks at its very next turn.
        self.assertTrue(extra.pending)

    def test_it_has_one_less_only_once_the_old_one_is_about_to_end(self):
        self.begin()
        self.engine.tasks = {"web": ["x", "y"]}
        self.spread()
        self.assertEqual(len(self.engine.calls), 1)
        self.drained()
        self.spread()
        self.assertEqual(len(self.engine.calls), 1)
        self.assertTrue(extra.pending)
        self.engine.tasks = {"web": ["y"]}
        self.spread()
        self.assertEqual(self.ordered(), [(2, 1), (1, 1)])
        self.assertNotIn(SPREADING, self.engine.services["web"]["Spec"]["Labels"])
        self.spread()
        self.assertFalse(extra.pending)

    def test_the_next_leader_goes_on(self):
        self.begin()
        self.one = node(engine=self.engine)
        self.assertEqual(self.surge(), "pause")
        self.assertEqual(len(self.engine.calls), 1)
        self.engine.tasks = {"web": ["x", "y"]}
        self.assertEqual(self.surge(), "drain")

    def test_a_new_one_that_fails_is_taken_back_and_not_tried_again(self):
        self.begin()
        before = {"ServiceID": "web", "NodeID": "y", "DesiredState": "shutdown", "CreatedAt": "1970-01-12T13:00:00Z", "Status": {"State": "failed"}}
        self.ill = [before]
        self.assertEqual(self.surge(), "pause")
        self.assertEqual(len(self.engine.calls), 1)
        self.ill = [before, {**before, "CreatedAt": "1970-01-12T13:47:00Z"}]
        self.assertEqual(self.surge(), "pause")
        self.assertEqual(self.ordered()[-1], (1, 1))
        self.engine.services["web"].pop("UpdateStatus")
        self.assertEqual(self.surge(), "drain")
        self.assertEqual(len(self.engine.calls), 2)

    def test_without_room_or_after_its_time_it_is_drained_as_it_is(self):
        self.begin()
        self.ill = [{"ServiceID": "web", "DesiredState": "ready", "CreatedAt": "1970-01-12T13:46:41Z", "Status": {"State": "pending", "Err": "no suitable node (insufficient memory)"}}]
        self.assertEqual(self.surge(), "pause")
        Clock.now += surge.ROOM + 1
        self.assertEqual(self.surge(), "drain")
        # Then it has one less once one is well, or after a while.
        self.drained()
        self.engine.tasks = {"web": []}
        self.spread()
        self.assertEqual(len(self.engine.calls), 1)
        Clock.now += extra.PATIENCE
        self.spread()
        self.assertEqual(self.ordered()[-1], (1, 1))

    def test_a_task_on_another_node_that_goes_is_none_to_rely_on(self):
        self.begin()
        other = worker("y", "pause", since=Clock.now, leaving="terminating")
        self.nodes = [self.aside, other, worker("z")]
        self.engine.tasks = {"web": ["x", "y"]}
        self.assertEqual([self.surge(), self.surge(other)], ["pause", "pause"])
        self.spread()
        self.assertEqual(len(self.engine.calls), 1)

    def test_a_node_that_stays_after_all_ends_it(self):
        self.begin()
        self.engine.tasks = {"web": ["x", "y"]}
        self.nodes = [worker("x"), worker("y")]
        self.spread()
        self.assertEqual(self.ordered()[-1], (1, 1))

    def test_several_end_at_once(self):
        self.engine.services["api"] = service("api", replicas=1)
        self.engine.tasks = {"web": ["x"], "api": ["x"]}
        self.surge()
        for one in self.engine.services.values():
            one.pop("UpdateStatus")
        self.drained()
        self.engine.tasks = {"web": ["y"], "api": ["y"]}
        self.spread()
        self.assertEqual(sorted(replicas for replicas, _ in self.ordered()), [1, 1, 2, 2])


if __name__ == "__main__":
    unittest.main()
