import base64
import gzip
import hashlib
import json
import unittest

from fakes import Engine, node

from apply import make_way
from bundle import Refused, verify
from provide import provide, read_secret
from record import applied


def bundle(**changes):
    return {"version": 1, "cluster": "shop", "stack": {"services": {"web": {"image": "web:1"}}}, **changes}


def found(content, digest=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"body": body, "digest": digest or hashlib.sha256(body).hexdigest(), "etag": "e", "version": ""}


class Releases(unittest.TestCase):
    def test_a_whole_bundle_is_taken(self):
        self.assertEqual(verify(node(), found(bundle())), bundle())

    def test_a_broken_one_is_refused(self):
        for broken in (
            found(bundle(), "0" * 64), found(b"{"), found(bundle(version=2)), found(bundle(cluster="other")),
            found(bundle(stack=[])), found(bundle(stack={"services": {"web": {}}})), found([]),
        ):  # fmt: skip
            with self.assertRaises(Refused):
                verify(node(), broken)

    def test_secrets_are_named_by_their_version_and_not_by_their_value(self):
        kept = []
        one = node()
        one.engine.keep = lambda kind, name, data, labels: kept.append((name, data))
        entries = {"db": {"from": "ssm", "name": "/db"}}
        names = []
        for value in ("first", "second", "second"):
            one.aws.put_parameter("/db", value)
            names.append(provide(one, bundle(), "secrets", entries, lambda entry: read_secret(one, entry))["db"])
        self.assertEqual(len(set(names)), 3)
        self.assertEqual([data for _, data in kept], [b"first", b"second", b"second"])

    def test_the_newest_record_is_what_runs(self):
        def kept(index, text):
            return {"ID": str(index), "Version": {"Index": index}, "Spec": {"Labels": {"lightfleet.etag": text}, "Data": base64.b64encode(gzip.compress(b"{}")).decode()}}

        one = node(engine=Engine(configs=[kept(1, "old"), kept(2, "new")]))
        self.assertEqual(applied(one)["lightfleet.etag"], "new")

    def test_a_service_that_is_counted_otherwise_makes_way_for_itself(self):
        def runs(name, mode):
            return {"ID": name, "Spec": {"Name": f"shop_{name}", "Mode": {mode: {}}}}

        services = [runs("agent", "Global"), runs("log", "Global"), runs("web", "Replicated"), runs("gone", "Global")]
        one = node(engine=Engine(services=services))
        replicated, everywhere = {"deploy": {"mode": "replicated", "replicas": 2}}, {"deploy": {"mode": "global"}}
        make_way(one, {"services": {"agent": replicated, "log": everywhere, "web": {}, "new": everywhere}})
        self.assertEqual(one.engine.calls, [("DELETE", "/services/agent", None)])


if __name__ == "__main__":
    unittest.main()
