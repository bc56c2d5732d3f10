"""Images that nothing uses are removed, all but the one before in each repository."""
import unittest

from fakes import Clock, Engine, Timed, node

import cleanup
from engine import EngineError

TASK = {cleanup.TASK: "t"}


class Store(Engine):
    """Images by id, with their names; containers with their images."""

    def __init__(self, **images):
        super().__init__()
        self.images, self.containers = images, []

    def get(self, path, **filters):
        if path == "/images/json":
            return [{"Id": key, "RepoTags": None, "RepoDigests": names} for key, names in self.images.items()]
        return list(self.containers) if path.startswith("/containers/json") else super().get(path, **filters)

    def call(self, method, path, body=None, headers=None, timeout=20):
        self.calls.append(path)
        del self.images[path.split("/")[2].split("?")[0]]

    def runs(self, *names, state="running", labels=TASK):
        self.containers = [{"ImageID": name, "State": state, "Labels": labels} for name in names]


class Cleanup(Timed):
    def look(self, one, times=1):
        for _ in range(times):
            Clock.now += cleanup.LOOK + 1
            cleanup.clean(one)

    def test_after_many_releases_the_current_image_and_the_one_before_are_there(self):
        one = node(engine=Store())
        for version in range(1, 9):
            one.engine.images[f"web{version}"] = [f"r/web@sha256:{version}"]
            one.engine.runs(f"web{version}")
            self.look(one, 2)
        self.assertEqual(sorted(one.engine.images), ["web7", "web8"])

    def test_each_repository_keeps_its_own(self):
        one = node(engine=Store())
        for turn in (1, 2, 3):
            one.engine.images.update({f"web{turn}": [f"r/web@{turn}"], f"api{turn}": [f"r/api@{turn}"]})
            one.engine.runs(f"web{turn}", f"api{turn}")
            self.look(one, 2)
        self.assertEqual(sorted(one.engine.images), ["api2", "api3", "web2", "web3"])

    def test_the_one_before_is_what_ran_last_and_not_what_was_pulled_last(self):
        one = node(engine=Store(old=["web@1"]))
        for name in ("old", "new", "old", "other"):
            one.engine.images[name] = [f"web@{name}"]
            one.engine.runs(name)
            self.look(one, 2)
        self.assertEqual(sorted(one.engine.images), ["old", "other"])

    def test_an_image_that_is_on_its_way_to_a_task_is_left(self):
        one = node(engine=Store(a=["web@1"], b=["web@2"]))
        one.engine.runs("a")
        self.look(one, 2)
        one.engine.images["c"] = ["web@3"]
        self.look(one)
        self.assertIn("c", one.engine.images)

    def test_what_waits_to_start_and_containers_of_others_count_as_used(self):
        for state, labels in (("created", TASK), ("exited", {}), ("exited", None), ("paused", TASK)):
            one = node(engine=Store(a=["web@1"], b=["web@2"], c=["web@3"]))
            one.engine.runs("a", "b", state=state, labels=labels)
            self.look(one, 3)
            self.assertEqual(len(one.engine.images), 3)
        one.engine.runs("a", "b", state="exited")
        self.look(one, 3)
        self.assertEqual(len(one.engine.images), 1)

    def test_what_has_no_name_is_removed_and_what_cannot_be_removed_stays(self):
        one = node(engine=Store(a=[], b=["<none>@<none>"], c=["web@1"]))

        def refuses(*_, **__):
            raise EngineError(409, "image is being used")

        removes = one.engine.call
        one.engine.call = refuses
        self.look(one, 3)
        one.engine.call = removes
        self.look(one)
        self.assertEqual(sorted(one.engine.images), ["c"])

    def test_looks_seldom(self):
        one = node(engine=Store())
        cleanup.clean(one)
        one.engine.get = None
        cleanup.clean(one)


if __name__ == "__main__":
    unittest.main()
