"""The steps of a release, done one by one and taken back where one is refused. What was done already is not done again."""
import time

from compare import moving, same, without_moving
from engine import EngineError
from plan import CREATE, RECREATE, REMOVE, resolved, service, settle
from registry import header

TRIES = 5


class Applier:
    """Does a release's steps; `intent` is what the swarm keeps of them."""

    def __init__(self, node, intent, auths):
        self.node, self.intent, self.auths = node, intent, auths
        self.cluster, self.images = node.config["cluster"], intent["images"]

    def forward(self, start, deadline):
        """Does steps from one on; answers how many are done, not all where time ran out. Raises Refusal where one is refused."""
        steps = self.intent["steps"]
        for place in range(start, len(steps)):
            if time.monotonic() > deadline:
                return place
            step = steps[place]
            try:
                self.do(step)
            except EngineError as error:
                raise Refusal(place, f"{self.name(step)}: {error}", error.status) from error
        return len(steps)

    def back(self, start, deadline):
        """Takes steps back, from the one before `start` on; answers how many are left, and what could not be taken back."""
        problems = []
        for place in range(start - 1, -1, -1):
            if time.monotonic() > deadline:
                return place + 1, problems
            try:
                self.undo(self.intent["steps"][place])
            except EngineError as error:
                if error.status >= 500:
                    raise
                problems.append(f"{self.name(self.intent['steps'][place])} is not as before: {error}")
        return 0, problems

    def name(self, step):
        return f"{self.cluster}_{step['key']}"

    def find(self, step):
        return service(self.node, self.name(step))

    def do(self, step):
        there = self.find(step)
        if step["do"] == REMOVE:
            if there is not None:
                self.remove(there)
            return
        after = step["after"]
        if there is not None and step["do"] in (CREATE, RECREATE) and set(there["Spec"]["Mode"]) != set(after["Mode"]):
            self.remove(there)
            there = None
        if there is None:
            self.create(resolved(after, step["before"], self.images))
        elif not self.rolled_back(there):
            self.change(step, there, lambda current: settle(after, current, self.images))

    def undo(self, step):
        there, before = self.find(step), step["before"]
        if before is None:
            if there is not None:
                self.remove(there)
            return
        if there is not None and set(there["Spec"]["Mode"]) != set(before["Mode"]):
            self.remove(there)
            there = None
        if there is None:
            self.create(without_moving(before))
        else:
            self.change(step, there, lambda current: as_before(before, current))

    def rolled_back(self, there):
        """Whether Swarm took back already what this release made of a service: that is not tried twice."""
        status = there.get("UpdateStatus") or {}
        return status.get("State", "").startswith("rollback") and status.get("StartedAt", "") > self.intent["created"]

    def change(self, step, there, wanted):
        for attempt in range(TRIES):
            spec = wanted(there["Spec"])
            if same(spec, there["Spec"]):
                return
            try:
                self.update(there, spec)
                return
            except EngineError as error:
                if "out of sequence" not in str(error) or attempt == TRIES - 1:
                    raise
                there = self.find(step)
                if there is None:
                    raise

    def update(self, there, spec):
        path = f"/services/{there['ID']}/update?version={there['Version']['Index']}"
        self.node.engine.call("POST", path, spec, self.login(spec), timeout=60)

    def create(self, spec):
        self.node.engine.call("POST", "/services/create", spec, self.login(spec), timeout=60)

    def remove(self, there):
        self.node.engine.call("DELETE", f"/services/{there['ID']}")

    def login(self, spec):
        return header(self.auths, spec["TaskTemplate"]["ContainerSpec"]["Image"], spec)


class Refusal(Exception):
    """A step that the engine refused: its place, and the engine's words."""

    def __init__(self, place, why, status):
        super().__init__(why)
        self.place, self.status = place, status


def as_before(before, current):
    """The spec that a service had; tasks still keep off nodes that are leaving."""
    if moving(before) == moving(current):
        return before
    spec = without_moving(before)
    placement = spec["TaskTemplate"]["Placement"]
    placement = {**placement, "Constraints": [*placement["Constraints"], *moving(current)]}
    return {**spec, "TaskTemplate": {**spec["TaskTemplate"], "Placement": placement}}
