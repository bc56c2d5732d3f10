import base64
import gzip
import hashlib
import json
import unittest

from fakes import Aws, node
from swarm_engine import SwarmEngine

import release
import rotate
import status
from bundle import Refused, verify
from names import object_name
from record import LARGEST, applied, read


def service(image="web:1", **props):
    return {"image": image, "networks": ["net"], "deploy": {"mode": "replicated", "replicas": 2}, **props}


def everywhere(image="web:1", **props):
    return service(image, deploy={"mode": "global"}, **props)


def publishes(port, image="web:1"):
    return service(image, ports=[{"target": 80, "published": port, "protocol": "tcp", "mode": "ingress"}])


def bundle(services=None, **changes):
    services = {"web": service()} if services is None else services
    return {"version": 1, "cluster": "shop", "stack": {"services": services, "networks": {"net": {}}}, **changes}


def found(content, digest=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"body": body, "digest": digest or hashlib.sha256(body).hexdigest(), "etag": "e", "version": ""}


class Bucket(Aws):
    """S3 with one object, beside SSM."""

    body, etag = b"", None

    def s3(self, method, bucket, key, headers=None, body=b""):
        if method == "PUT":
            return 200, {}, b""
        if (headers or {}).get("if-none-match") == self.etag:
            return 304, {}, b""
        return 200, {"etag": self.etag, "x-amz-meta-sha256": self.etag}, self.body


class Cluster:
    """The swarm of a cluster and its bucket; leaders come and go."""

    def __init__(self, name="shop"):
        self.name, self.engine, self.aws = name, SwarmEngine(), Bucket()
        self.aws.parameters[f"/lightfleet/{name}/settings"] = {"Value": json.dumps({"bucket": "b", "release": "r"})}
        self.leader = self.another_leader()

    def another_leader(self):
        self.leader = node(aws=self.aws, engine=self.engine, cluster=self.name, path=f"/lightfleet/{self.name}")
        return self.leader

    def put(self, content):
        self.aws.body = json.dumps({**content, "cluster": self.name}).encode()
        self.aws.etag = hashlib.sha256(self.aws.body).hexdigest()

    def release(self, services=None, **changes):
        self.put(bundle(services, **changes))
        return release.update(self.leader)

    def status(self):
        return status.build(self.leader, {}, 0)


class Bundles(unittest.TestCase):
    def test_a_whole_one_is_taken(self):
        self.assertEqual(verify(node(), found(bundle())), bundle())

    def test_one_of_the_version_to_come_is_taken_where_nothing_is_needed_that_is_not_known(self):
        self.assertEqual(verify(node(), found(bundle(version=2, needs=[])))["version"], 2)

    def test_a_broken_one_is_refused_for_good(self):
        for broken in (
            found(b"{"), found(bundle(version=0)), found(bundle(cluster="other")),
            found(bundle(stack=[])), found(bundle(services={"web": {}})), found([]),
        ):  # fmt: skip
            with self.assertRaises(Refused) as caught:
                verify(node(), broken)
            self.assertTrue(caught.exception.final)

    def test_one_that_was_cut_off_on_its_way_is_read_again(self):
        with self.assertRaises(Refused) as caught:
            verify(node(), found(bundle(), "0" * 64))
        self.assertFalse(caught.exception.final)

    def test_one_that_needs_a_newer_agent_waits_for_one(self):
        for newer in (bundle(version=3), bundle(needs=["waves"])):
            with self.assertRaises(Refused) as caught:
                verify(node(), found(newer))
            self.assertFalse(caught.exception.final)


class Releases(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster()
        self.engine = self.cluster.engine

    def test_only_what_changed_is_touched(self):
        self.cluster.release({"web": service(), "api": service()})
        before = self.engine.versions()
        self.assertIn("deployed", self.cluster.release({"web": service("web:2"), "api": service()}))
        after = self.engine.versions()
        self.assertEqual(after["shop_api"], before["shop_api"])
        self.assertNotEqual(after["shop_web"], before["shop_web"])

    def test_services_come_and_go_and_are_made_anew_where_they_are_counted_otherwise(self):
        self.cluster.release({"web": service(), "old": service()})
        self.cluster.release({"web": everywhere(), "new": service()})
        self.assertEqual(set(self.engine.versions()), {"shop_web", "shop_new"})
        self.assertEqual(self.engine.service("shop_web")["Spec"]["Mode"], {"Global": {}})

    def test_a_refused_one_changes_nothing_and_is_told_in_the_engines_words(self):
        self.cluster.release({"a": service(), "b": service()})
        before = self.engine.versions()
        self.engine.refuses = lambda spec: "expanding env failed" if "X={{" in str(spec) else None
        bad = {"a": everywhere(), "b": service(environment={"X": "{{"}), "c": service()}
        self.assertIn("failed", self.cluster.release(bad))
        self.assertEqual(self.engine.versions(), before)
        told = self.cluster.status()["release"]
        self.assertEqual((told["state"], told["final"]), ("failed", True))
        self.assertIn("shop_b: expanding env failed", told["error"])
        self.assertIsNone(release.update(self.cluster.leader))
        self.assertIsNone(release.update(self.cluster.another_leader()))
        self.assertIn("cleared", self.cluster.release({"a": service(), "b": service()}))
        self.assertNotEqual(self.cluster.status()["release"]["state"], "failed")

    def test_what_is_refused_half_way_is_taken_back(self):
        self.cluster.release({"a": service(), "b": service(), "c": service(), "gone": service()})
        specs = {name: self.engine.service(name)["Spec"] for name in self.engine.versions()}
        # What only the real update meets: a trial has no ports.
        self.engine.refuses = lambda spec: "port is in use" if "30001" in str(spec) else None
        bad = {"a": service("web:2"), "b": everywhere(), "c": publishes(30001), "new": service()}
        self.assertIn("failed", self.cluster.release(bad))
        self.assertEqual({name: self.engine.service(name)["Spec"] for name in self.engine.versions()}, specs)
        self.assertIn("what was changed is as before", self.cluster.status()["release"]["error"])

    def test_a_leader_that_dies_half_way_is_followed_by_one_that_goes_on(self):
        services = {name: service() for name in "abcdef"}
        self.cluster.release(services)
        for place in range(25):
            cluster = Cluster()
            cluster.release(services)
            calls = iter(range(place))
            cluster.engine.die_before = lambda method, path, calls=calls: method != "GET" and next(calls, None) is None
            try:
                cluster.release({**{name: service("web:2") for name in "abcde"}, "g": everywhere()})
            except KeyboardInterrupt:
                pass
            cluster.engine.die_before = lambda method, path: False
            cluster.another_leader()
            release.update(cluster.leader)
            images = {cluster.engine.service(f"shop_{name}")["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] for name in "abcde"}
            self.assertEqual(images, {"web:2@sha256:" + "1" * 64}, place)
            self.assertNotIn("shop_f", cluster.engine.versions())
            self.assertIsNone(read(cluster.leader, "intent"))
            self.assertEqual(applied(cluster.leader)["lightfleet.digest"], cluster.aws.etag)

    def test_a_long_one_takes_several_turns_and_another_release_waits_for_its_end(self):
        services = {f"s{number}": service() for number in range(5)}
        release.SLICE, kept = -1, release.SLICE
        try:
            self.assertIn("applying", self.cluster.release(services))
            self.assertEqual(self.engine.versions(), {})
        finally:
            release.SLICE = kept
        self.assertIn("deployed", release.update(self.cluster.leader))
        self.assertEqual(len(self.engine.versions()), 5)

    def test_services_that_exchange_their_ports_do_not_meet(self):
        taken = {}

        def in_use(spec):
            for one in self.engine.kinds["services"].values():
                ports = [port["PublishedPort"] for port in one["Spec"]["EndpointSpec"].get("Ports", [])]
                mine = [port["PublishedPort"] for port in spec["EndpointSpec"].get("Ports", [])]
                if one["Spec"]["Name"] != spec["Name"] and set(ports) & set(mine):
                    return "port is in use"
            return taken.get(spec["Name"])

        self.engine.refuses = in_use
        self.cluster.release({"a": publishes(30001), "b": publishes(30002), "old": publishes(30003)})
        done = self.cluster.release({"a": publishes(30002), "b": publishes(30001), "new": publishes(30003)})
        self.assertIn("deployed", done)

    def test_a_port_of_a_service_that_is_not_ours_is_found_taken_before_anything_changes(self):
        self.engine.make("services", {"Name": "other", "EndpointSpec": {"Ports": [{"Protocol": "tcp", "PublishedPort": 30001}]}})
        self.assertIn("refused", self.cluster.release({"a": service(), "b": publishes(30001)}))
        self.assertEqual(set(self.engine.versions()), {"other"})

    def test_a_tag_that_moved_rolls_nothing_and_ports_alone_reach_the_tasks(self):
        self.cluster.release({"web": service()})
        template = self.engine.service("shop_web")["Spec"]["TaskTemplate"]
        self.engine.service("shop_web")["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"] = "web:1@sha256:" + "2" * 64
        self.cluster.release({"web": publishes(30001)})
        after = self.engine.service("shop_web")["Spec"]["TaskTemplate"]
        self.assertEqual(after["ContainerSpec"]["Image"], "web:1@sha256:" + "2" * 64)
        self.assertEqual(after["Placement"]["Platforms"], template["Placement"]["Platforms"])
        self.assertEqual(after["ForceUpdate"], 1)
        self.cluster.release({"web": publishes(30001) | {"environment": {"A": "1"}}})
        self.assertEqual(self.engine.service("shop_web")["Spec"]["TaskTemplate"]["ForceUpdate"], 1)

    def test_what_swarm_rolled_back_stays_so_where_another_service_changes(self):
        self.cluster.release({"a": service(), "b": service()})
        self.cluster.release({"a": service("bad:1"), "b": service()})
        self.engine.roll_back("shop_a")
        before = self.engine.versions()
        self.cluster.release({"a": service("bad:1"), "b": service("web:2")})
        self.assertEqual(self.engine.versions()["shop_a"], before["shop_a"])

    def test_a_node_that_is_leaving_stays_without_tasks(self):
        self.cluster.release({"web": service()})
        placement = self.engine.service("shop_web")["Spec"]["TaskTemplate"]["Placement"]
        placement["Constraints"] = ["node.id!=leaving"]
        self.cluster.release({"web": service("web:2")})
        placement = self.engine.service("shop_web")["Spec"]["TaskTemplate"]["Placement"]
        self.assertEqual(placement["Constraints"], ["node.id!=leaving"])

    def test_what_was_removed_or_made_by_hand_is_put_right_by_the_next(self):
        self.cluster.release({"a": service(), "b": service()})
        self.engine.call("DELETE", "/services/shop_a")
        self.engine.make("services", {**self.engine.service("shop_b")["Spec"], "Name": "shop_stray"})
        status.report(self.cluster.leader, True)
        self.cluster.release({"a": service(), "b": service("web:2")})
        self.assertEqual(set(self.engine.versions()), {"shop_a", "shop_b"})

    def test_every_call_of_a_release_of_one_service_concerns_that_service_or_a_record(self):
        self.cluster.release({f"s{number}": service() for number in range(50)})
        self.engine.calls.clear()
        self.cluster.release({f"s{number}": service("web:2" if number == 7 else "web:1") for number in range(50)})
        updates = [path for method, path in self.engine.calls if path.endswith("/update")]
        self.assertEqual(len(updates), 1)


class Secrets(unittest.TestCase):
    secrets = {"db": {"from": "ssm", "name": "/db"}}

    def setUp(self):
        self.cluster = Cluster()
        self.engine, self.aws = self.cluster.engine, self.cluster.aws
        self.aws.put_parameter("/db", "first")
        self.uses = {"secrets": [{"source": "db", "target": "db"}]}

    def release(self, **images):
        services = {"a": service(images.get("a", "web:1"), **self.uses), "b": service(images.get("b", "web:1"))}
        return self.cluster.release(services, secrets=self.secrets)

    def rotate(self, value):
        self.aws.put_parameter("/db", value)
        self.cluster.leader.forget("rotated")
        return rotate.rotate(self.cluster.leader)

    def secret(self):
        return self.engine.service("shop_a")["Spec"]["TaskTemplate"]["ContainerSpec"]["Secrets"][0]["SecretName"]

    def test_are_named_by_their_version_and_not_by_their_value(self):
        self.release()
        names = [self.secret()]
        for value in ("second", "second"):
            self.assertTrue(self.rotate(value))
            names.append(self.secret())
        self.assertEqual(len(set(names)), 3)

    def test_a_new_version_comes_to_those_that_use_it_alone_and_once(self):
        self.release()
        before = self.engine.versions()
        self.assertTrue(self.rotate("second"))
        after = self.engine.versions()
        self.assertEqual(after["shop_b"], before["shop_b"])
        self.assertNotEqual(after["shop_a"], before["shop_a"])
        self.cluster.leader.forget("rotated")
        self.assertFalse(rotate.rotate(self.cluster.leader))
        self.cluster.another_leader()
        self.assertFalse(rotate.rotate(self.cluster.leader))

    def test_a_new_version_brings_back_nothing_that_was_rolled_back(self):
        self.release()
        self.release(a="bad:1")
        self.engine.roll_back("shop_a")
        self.assertTrue(self.rotate("second"))
        image = self.engine.service("shop_a")["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"]
        self.assertTrue(image.startswith("web:1@"))

    def test_a_version_that_was_rolled_back_is_not_tried_again(self):
        self.release()
        self.rotate("second")
        self.engine.roll_back("shop_a")
        before = self.engine.versions()
        self.cluster.leader.forget("rotated")
        self.assertFalse(rotate.rotate(self.cluster.leader))
        self.release(b="web:2")
        self.assertEqual(self.engine.versions()["shop_a"], before["shop_a"])

    def value(self):
        used = self.engine.service("shop_a")["Spec"]["TaskTemplate"]["ContainerSpec"]["Secrets"][0]["SecretID"]
        return base64.b64decode(self.engine.kinds["secrets"][used]["Spec"]["Data"]).decode()

    def test_one_of_another_place_has_the_value_there_though_its_version_is_called_the_same(self):
        for name, value in (("/db2", "second"), ("/db3", "third")):
            self.aws.parameters[name] = {**self.aws.parameters["/db"], "Value": value}
        self.release()
        first = self.secret()
        for name, value in (("/db2", "second"), ("/db3", "third"), ("/db", "first")):
            self.secrets = {"db": {"from": "ssm", "name": name}}
            self.release()
            self.assertEqual(self.value(), value)
            after = self.engine.versions()
            self.cluster.leader.forget("rotated")
            self.assertFalse(rotate.rotate(self.cluster.leader))
            self.release()
            self.assertEqual(self.engine.versions(), after)
        self.secrets = {"db": {"from": "ssm", "name": "/db"}}
        self.assertTrue(self.rotate("fourth"))
        self.assertEqual(self.value(), "fourth")
        self.assertNotEqual(self.secret(), first)

    def test_one_of_another_place_with_a_version_of_its_own_is_named_as_ever(self):
        self.release()
        self.aws.parameters["/db2"] = {**self.aws.parameters["/db"], "Version": 7}
        self.secrets = {"db": {"from": "ssm", "name": "/db2"}}
        self.release()
        self.assertEqual(self.secret(), object_name("shop", "db", f"7/{self.aws.parameters['/db']['LastModifiedDate']}"))

    def test_one_that_is_nowhere_refuses_the_release_until_it_is_there(self):
        del self.aws.parameters["/db"]
        self.assertIn("refused", self.release())
        self.assertEqual(self.engine.versions(), {})
        self.aws.put_parameter("/db", "late")
        self.cluster.leader.forget("tried")
        self.assertIn("deployed", release.update(self.cluster.leader))


class Upgrades(unittest.TestCase):
    """The agent before wrote the bundle as it was, in one config with this label; it reads no other."""

    def old_record(self, cluster, content):
        packed = gzip.compress(json.dumps(content).encode(), mtime=0)
        labels = {"lightfleet.record": "release", "lightfleet.etag": "old", "lightfleet.digest": "old", "lightfleet.version": "", "lightfleet.at": "1"}
        cluster.engine.keep("configs", "shop_release_old_1", packed, labels)

    def test_from_the_agent_before_touch_no_service(self):
        cluster = Cluster()
        cluster.aws.put_parameter("/db", "first")
        content = {
            "services": {"web": service(secrets=[{"source": "db", "target": "db"}], configs=[{"source": "f", "target": "/f"}])},
            "secrets": {"db": {"from": "ssm", "name": "/db"}},
            "configs": {"f": {"content": "x"}},
        }
        cluster.release(**content)
        for one in list(cluster.engine.kinds["configs"].values()):
            if "lightfleet.record" in one["Spec"]["Labels"]:
                del cluster.engine.kinds["configs"][one["ID"]]
        self.old_record(cluster, bundle(**content))
        before = cluster.engine.versions()
        cluster.another_leader()
        self.assertFalse(rotate.rotate(cluster.leader))
        self.assertNotIn("differs", cluster.status()["services"]["web"])
        self.assertIn("deployed", cluster.release(**content))
        self.assertEqual(cluster.engine.versions(), before)

    def test_forget_an_intent_that_the_agent_before_has_overtaken(self):
        cluster = Cluster()
        cluster.release({"web": service()})
        cluster.engine.die_before = lambda method, path: path.endswith("/update")
        with self.assertRaises(KeyboardInterrupt):
            cluster.release({"web": service("web:2")})
        cluster.engine.die_before = lambda method, path: False
        self.old_record(cluster, bundle({"web": service()}))
        cluster.put(bundle({"web": service("web:3")}))
        cluster.another_leader()
        self.assertIn("deployed", release.update(cluster.leader))
        self.assertTrue(cluster.engine.service("shop_web")["Spec"]["TaskTemplate"]["ContainerSpec"]["Image"].startswith("web:3"))

    def test_back_find_a_record_that_the_agent_before_reads(self):
        cluster = Cluster()
        cluster.release({"web": service()})
        newest = max(cluster.engine.get("/configs", label=["lightfleet.record=release"]), key=lambda one: one["Version"]["Index"])
        content = json.loads(gzip.decompress(base64.b64decode(newest["Spec"]["Data"])))
        self.assertEqual(content["stack"], bundle()["stack"])
        self.assertEqual(newest["Spec"]["Labels"]["lightfleet.etag"], cluster.aws.etag)


class Records(unittest.TestCase):
    def test_names_fit_whatever_the_ids_are(self):
        cluster = Cluster("c" * 40)
        configs = {"k" * 70: {"content": "x"}, "k" * 70 + "2": {"content": "x"}}
        files = [{"source": key, "target": f"/{place}"} for place, key in enumerate(configs)]
        self.assertIn("deployed", cluster.release({"web": service(configs=files)}, configs=configs))
        names = [one["Spec"]["Name"] for one in cluster.engine.kinds["configs"].values()]
        self.assertEqual(len(names), 3)
        self.assertLessEqual(max(map(len, names)), 64)

    def test_one_that_is_too_large_for_a_config_takes_several(self):
        cluster = Cluster()
        text = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(50_000))
        configs = {f"f{place}": {"content": text[place * 400_000 : (place + 1) * 400_000]} for place in range(8)}
        self.assertIn("deployed", cluster.release({"web": service()}, configs=configs))
        kept = [one["Spec"] for one in cluster.engine.kinds["configs"].values()]
        self.assertGreater(len(kept), 1)
        # What older agents look for is a whole one.
        self.assertEqual([one for one in kept if one["Labels"]["lightfleet.record"] == "release"], [])
        self.assertEqual(applied(cluster.another_leader())["bundle"]["configs"], configs)
        self.assertIn("deployed", cluster.release({"web": service("web:2")}))
        self.assertEqual(len(cluster.engine.kinds["configs"]), 1)
        self.assertLess(LARGEST, 1_024_000)


if __name__ == "__main__":
    unittest.main()
