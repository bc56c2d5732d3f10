"""
Runs the release programs of a VM against a real engine: AWS is dictionaries in this process, all else is as on a VM.
Commands are lines of JSON on stdin, and each is answered by a line of JSON on stdout.
"""
import json
import os
import sys
import tempfile
import time

sys.path.insert(0, os.environ["LIGHTFLEET_PROGRAMS"])
sys.dont_write_bytecode = True

import lead  # noqa: E402
import release  # noqa: E402
import status  # noqa: E402
from aws import AwsError  # noqa: E402
from context import Node  # noqa: E402
from engine import Engine  # noqa: E402


MONOTONIC = time.monotonic


class Metadata:
    def get(self, path):
        return {"instance-id": "i-own", "local-ipv4": "10.211.0.1"}.get(path)


class Aws:
    """S3, SSM and Secrets Manager, as far as the programs ask."""

    def __init__(self):
        self.objects, self.parameters, self.secrets = {}, {}, {}
        self.written = 0

    def s3(self, method, bucket, key, headers=None, body=b""):
        if method == "PUT":
            self.objects[key] = {"body": body, "headers": {"etag": f'"{len(body)}"'}}
            return 200, {}, b""
        found = self.objects.get(key)
        if found is None:
            return 404, {}, b""
        if (headers or {}).get("if-none-match") == found["headers"]["etag"]:
            return 304, {}, b""
        return 200, found["headers"], found["body"]

    def parameter(self, name):
        return self.parameters.get(name)

    def put_parameter(self, name, value, secure=False, overwrite=True):
        if name in self.parameters and not overwrite:
            return False
        version = self.parameters.get(name, {}).get("Version", 0) + 1
        self.written += 1
        self.parameters[name] = {"Value": value, "Version": version, "LastModifiedDate": 1_700_000_000 + self.written}
        return True

    def call(self, service, target, request, prefix="", region=None):
        if target == "secretsmanager.GetSecretValue" and request["SecretId"] in self.secrets:
            return self.secrets[request["SecretId"]]
        raise AwsError("AccessDenied", target, 400)

    def query(self, service, action, version, **fields):
        return f"<{action}Response></{action}Response>"

    def autoscaling(self, action, **fields):
        return ""


class Commands:
    """What the test may ask for; each names its cluster, of which there may be many in one swarm."""

    def __init__(self):
        self.nodes, self.ahead = {}, 0

    def node(self, cluster):
        if cluster not in self.nodes:
            config = {
                "cluster": cluster, "fleet": "control", "role": "control", "region": "eu-west-1", "domain": "amazonaws.com",
                "path": f"/lightfleet/{cluster}", "group": f"{cluster}-control", "pool": "100.64.0.0/11", "dataPort": 4789,
                "programs": "0" * 64,
            }  # fmt: skip
            engine = Engine(os.environ["LIGHTFLEET_SOCKET"])
            made = Node(config, Metadata(), Aws(), engine, tempfile.mkdtemp(dir=os.environ["LIGHTFLEET_HOME"]))
            made.run = tempfile.mkdtemp(dir=os.environ["LIGHTFLEET_HOME"])
            made.logged = []
            made.log = made.logged.append
            made.aws.put_parameter(made.path("settings"), json.dumps({"bucket": "b", "release": "release.json"}))
            self.nodes[cluster] = made
        return self.nodes[cluster]

    def keep(self, cluster, secrets):
        """Keeps values of secrets: of SSM those that are texts, of Secrets Manager the others."""
        node = self.node(cluster)
        for name, value in secrets.items():
            if isinstance(value, str):
                node.aws.put_parameter(name, value)
            else:
                node.aws.secrets[name] = value

    def release(self, cluster, body, digest):
        """A release as it comes to lie in the bucket, and turns of the program that brings it to the swarm until it says how that went."""
        node = self.node(cluster)
        headers = {"etag": f'"{digest}"', "x-amz-meta-sha256": digest, "x-amz-version-id": digest[:8]}
        node.aws.objects["release.json"] = {"body": body.encode(), "headers": headers}
        node.logged.clear()
        outcome = release.update(node)
        while outcome and "applying" in outcome:
            outcome = release.update(node)
        return {"outcome": outcome, "log": list(node.logged)}

    def status(self, cluster):
        return status.build(self.node(cluster), {}, 0)

    def rotate(self, cluster):
        self.node(cluster).forget("rotated")
        release.rotate(self.node(cluster))

    def prune(self, cluster):
        release.prune(self.node(cluster))

    def forget(self, cluster):
        """Another manager leads from now on: it remembers nothing."""
        node = self.node(cluster)
        node.state, node.run = (tempfile.mkdtemp(dir=os.environ["LIGHTFLEET_HOME"]) for _ in range(2))

    def elapse(self, cluster, seconds):
        """Time passes for what the programs wait for, by their own clock."""
        self.ahead += seconds
        time.monotonic = lambda: MONOTONIC() + self.ahead

    def found(self, cluster):
        """A turn for the network of published ports; whether a release may begin."""
        import ingress  # the programs of the release before have none

        node = self.node(cluster)
        node.logged.clear()
        return {"leads": ingress.ready(node), "log": list(node.logged)}

    def lead(self, cluster):
        """A turn of the leader's for the nodes and where services run; whether this manager leads."""
        node = self.node(cluster)
        node.logged.clear()
        # The programs of the release before have none of these.
        import spread
        import surge

        lead.programs = lambda _: True  # they are at hand
        leads = lead.lead(node, node.engine.get("/info"))
        if leads:
            surge.settle(node)
            spread.spread(node)
        return {"leads": leads, "log": list(node.logged)}


def main():
    # The folder for what lasts until a reboot: a test does not write into the machine's own.
    for module in list(sys.modules.values()):
        if getattr(module, "RUN", None) == "/run/lightfleet":
            module.RUN = os.environ["LIGHTFLEET_HOME"]
    commands = Commands()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"answer": getattr(commands, request["do"])(**request["with"])}
        except Exception as error:  # the test says what came of it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
