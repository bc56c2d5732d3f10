"""What every step of a VM's programs works with."""
import json
import math
import os
import re
import sys
import tempfile
import time

from aws import Aws, Metadata, parsed
from engine import Engine

CONFIG = "/etc/lightfleet/node.json"
STATE = "/var/lib/lightfleet"
# In memory, until the VM reboots.
RUN = "/run/lightfleet"


class Node:
    def __init__(self, config=None, metadata=None, aws=None, engine=None, state=STATE, run=RUN):
        if config is None:
            with open(CONFIG, encoding="utf-8") as file:
                config = json.load(file)
        self.config, self.state, self.run = config, state, run
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
        """A value that this VM keeps over restarts; the default also where its file is damaged."""
        for folder in (self.run, self.state):
            try:
                with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
                    return json.load(file)
            except (OSError, ValueError):
                pass
        return default

    def remember(self, name, value):
        """Keeps a value on the disk, or in memory where the disk is full: no turn ends for want of a disk."""
        for folder in (self.state, self.run):
            try:
                os.makedirs(folder, 0o700, exist_ok=True)
                write(os.path.join(folder, name + ".json"), json.dumps(value))
            except OSError as error:
                self.log(f"cannot keep {name} in {folder}: {error}")
            else:
                if folder == self.state:
                    discard(os.path.join(self.run, name + ".json"))
                return

    def forget(self, name):
        for folder in (self.run, self.state):
            discard(os.path.join(folder, name + ".json"))

    def waited(self, name, about=None):
        """
        Seconds since this was asked first: of the same thing, and until it is forgotten. By a clock that nobody sets; it
        begins with each boot.
        """
        now = time.monotonic()
        kept = self.recall(name)
        if not isinstance(kept, dict) or kept.get("about") != about or age(kept["at"]) == math.inf:
            kept = {"about": about, "at": now}
            self.remember(name, kept)
        return now - kept["at"]

    def shared(self, name):
        """A parameter of the cluster that is written as JSON: None where there is none, {} where it holds something else."""
        found = self.aws.parameter(self.path(name))
        return None if found is None else parsed(found["Value"])

    def gone(self, instances):
        """Which of these instances are no more, or on their way out, by the word of EC2 Auto Scaling."""
        states, asked = {}, sorted(instances)
        for start in range(0, len(asked), 50):
            part = asked[start : start + 50]
            fields = {f"InstanceIds.member.{place + 1}": name for place, name in enumerate(part)}
            text = self.aws.autoscaling("DescribeAutoScalingInstances", **fields)
            if not text.rstrip().endswith("</DescribeAutoScalingInstancesResponse>"):
                raise OSError("the answer of EC2 Auto Scaling is cut off")
            for member in re.findall(r"<member>(.*?)</member>", text, re.S):
                found = {key: re.search(f"<{key}>([^<]*)<", member) for key in ("InstanceId", "LifecycleState")}
                if all(found.values()):
                    states[found["InstanceId"].group(1)] = found["LifecycleState"].group(1)
        return {name for name in asked if states.get(name, "Terminated").startswith("Terminat")}


def label(one, name):
    """What the engine of a node says of itself, or None; a node that is just joining says nothing yet."""
    engine = (one.get("Description") or {}).get("Engine") or {}
    return (engine.get("Labels") or {}).get("lightfleet." + name)


def hostname(one):
    return (one.get("Description") or {}).get("Hostname") or one["ID"]


def age(at):
    """Seconds since a moment of the monotonic clock; endless where that is of an earlier boot."""
    passed = time.monotonic() - at
    return passed if passed >= 0 else math.inf


def discard(path):
    try:
        os.remove(path)
    except OSError:
        pass


def write(path, text, mode=0o600):
    """Replaces a file at once: nobody ever reads half of it, and nothing is left of a try that failed."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            os.fchmod(handle, mode)
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        discard(temporary)
        raise
