"""Stands in for AWS and the engine: what they keep is plain dictionaries."""
import os
import sys
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, os.environ["LIGHTFLEET_PROGRAMS"])

from context import Node  # noqa: E402


class Clock:
    now = 1_000_000.0


class Timed(unittest.TestCase):
    """Tests in which time passes only by `Clock.now`; nothing sleeps."""

    def setUp(self):
        Clock.now = 1_000_000.0
        for name, instead in (("monotonic", lambda: Clock.now), ("time", lambda: Clock.now), ("sleep", lambda _: None)):
            patch = mock.patch("time." + name, instead)
            patch.start()
            self.addCleanup(patch.stop)


class Metadata:
    def __init__(self, **values):
        self.values = {"instance-id": "i-own", "local-ipv4": "10.0.0.11", **values}

    def get(self, path):
        return self.values.get(path)


class Aws:
    """SSM as a dictionary; groups as a set of living instances."""

    def __init__(self, parameters=None, alive=()):
        self.parameters = {} if parameters is None else parameters
        self.alive, self.asked = set(alive), []

    def parameter(self, name):
        return self.parameters.get(name)

    def put_parameter(self, name, value, secure=False, overwrite=True):
        if name in self.parameters and not overwrite:
            return False
        version = self.parameters.get(name, {}).get("Version", 0) + 1
        self.parameters[name] = {"Value": value, "Version": version, "LastModifiedDate": Clock.now, "Secure": secure}
        return True

    def call(self, service, target, request, prefix="", region=None):
        from aws import AwsError

        if target == "AmazonSSM.DeleteParameter":
            if request["Name"] not in self.parameters:
                raise AwsError("ParameterNotFound", "", 400)
            del self.parameters[request["Name"]]
            return {}
        raise AwsError("AccessDenied", target, 400)

    def autoscaling(self, action, **fields):
        self.asked.append((action, fields))
        names = [value for key, value in fields.items() if key.startswith("InstanceIds")]
        members = "".join(
            f"<member><InstanceId>{name}</InstanceId><LifecycleState>InService</LifecycleState></member>"
            for name in names
            if name in self.alive
        )
        return f"<{action}Response>{members}</{action}Response>"


class Engine:
    """One node's engine. What is asked of it is written down; answers are given by path."""

    def __init__(self, swarm=None, **answers):
        self.swarm = swarm or {"LocalNodeState": "inactive"}
        self.answers, self.calls = answers, []

    def get(self, path, **filters):
        if path == "/info":
            return {"Swarm": self.swarm}
        return self.answers.get(path.strip("/").split("?")[0], [])

    def call(self, method, path, body=None, headers=None, timeout=20):
        self.calls.append((method, path.split("?")[0], body))
        if path.startswith("/swarm/init"):
            self.swarm = {"LocalNodeState": "active", "ControlAvailable": True, "NodeID": "me", "Cluster": {"ID": "swarm-1"}}
        if path.startswith("/swarm/join"):
            self.swarm = {"LocalNodeState": "active", "NodeID": "me"}
        if path.startswith("/swarm/leave"):
            self.swarm = {"LocalNodeState": "inactive"}

    def change_node(self, node, **spec):
        self.calls.append(("change", node["ID"], spec))


def node(role="control", aws=None, engine=None, metadata=None, **config):
    settings = {
        "cluster": "shop", "fleet": role, "role": role, "region": "eu-west-1", "domain": "amazonaws.com",
        "path": "/lightfleet/shop", "group": f"shop-{role}", "pool": "100.64.0.0/11", "dataPort": 4789, **config,
    }  # fmt: skip
    made = Node(settings, metadata or Metadata(), aws or Aws(), engine or Engine(), tempfile.mkdtemp(), tempfile.mkdtemp())
    made.log = lambda text: None
    return made


def member(name, role="worker", state="ready", availability="active", instance=None, leader=False, addr=None, **labels):
    said = {f"lightfleet.{key}": text for key, text in labels.items()}
    if instance:
        said["lightfleet.instance"] = instance
    one = {
        "ID": name,
        "Version": {"Index": 1},
        "Spec": {"Role": role, "Availability": availability, "Labels": {}},
        "Description": {"Hostname": name, "Engine": {"Labels": said}},
        "Status": {"State": state, "Addr": addr or "10.0.0.1"},
    }
    if role == "manager":
        reach = "reachable" if state == "ready" else "unreachable"
        one["ManagerStatus"] = {"Leader": leader, "Reachability": reach, "Addr": f"{addr or name}:2377"}
    return one
