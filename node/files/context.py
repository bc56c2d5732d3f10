"""What every step of a VM's programs works with."""
import json
import os
import re
import sys
import tempfile

from aws import Aws, Metadata
from engine import Engine

CONFIG = "/etc/lightfleet/node.json"
STATE = "/var/lib/lightfleet"


class Node:
    def __init__(self, config=None, metadata=None, aws=None, engine=None, state=STATE):
        if config is None:
            with open(CONFIG, encoding="utf-8") as file:
                config = json.load(file)
        self.config, self.state = config, state
        self.metadata = metadata or Metadata()
        self.aws = aws or Aws(self.metadata, config["region"], config["domain"])
        self.engine = engine or Engine()
        self._instance = None

    @property
    def instance(self):
        if self._instance is None:
            self._instance = self.metadata.get("instance-id")
        return self._instance

    @property
    def controls(self):
        return self.config["role"] == "control"

    def path(self, name):
        return f"{self.config['path']}/{name}"

    def log(self, text):
        print(text, file=sys.stderr, flush=True)

    def recall(self, name, default=None):
        """A value that this VM keeps over restarts."""
        try:
            with open(os.path.join(self.state, name + ".json"), encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            return default

    def remember(self, name, value):
        os.makedirs(self.state, 0o700, exist_ok=True)
        write(os.path.join(self.state, name + ".json"), json.dumps(value))

    def forget(self, name):
        try:
            os.remove(os.path.join(self.state, name + ".json"))
        except FileNotFoundError:
            pass

    def gone(self, instances):
        """Which of these instances are no more, or on their way out, by the word of EC2 Auto Scaling."""
        if not instances:
            return set()
        fields = {f"InstanceIds.member.{place + 1}": name for place, name in enumerate(sorted(instances)[:50])}
        text = self.aws.autoscaling("DescribeAutoScalingInstances", **fields)
        states = {}
        for part in re.findall(r"<member>(.*?)</member>", text, re.S):
            found = {key: re.search(f"<{key}>([^<]*)<", part) for key in ("InstanceId", "LifecycleState")}
            if all(found.values()):
                states[found["InstanceId"].group(1)] = found["LifecycleState"].group(1)
        asked = set(fields.values())
        return {name for name in asked if states.get(name, "Terminated").startswith("Terminat")}


def label(one, name):
    """What the engine of a node says of itself, or None; a node that is just joining says nothing yet."""
    engine = (one.get("Description") or {}).get("Engine") or {}
    return (engine.get("Labels") or {}).get("lightfleet." + name)


def hostname(one):
    return (one.get("Description") or {}).get("Hostname") or one["ID"]


def write(path, text, mode=0o600):
    """Replaces a file at once: nobody ever reads half of it."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, mode)
        file.write(text)
    os.replace(temporary, path)
