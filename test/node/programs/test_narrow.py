"""Tokens of ECR that workers see open the repositories of their own fleet's services."""
import base64
import json
import unittest
from unittest import mock

from fakes import Aws, Clock, Timed, node

import narrow
import registry

HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
ROLE = "arn:aws:iam::123456789012:role/shop-pull-x"


def spec(image, *fleets):
    constraints = [f"node.labels.lightfleet.fleet {one}" for one in fleets]
    return {"TaskTemplate": {"ContainerSpec": {"Image": image}, "Placement": {"Constraints": [*constraints, "node.id!=n1"]}}}


class Sts(Aws):
    def __init__(self, pull=ROLE):
        super().__init__()
        self.region, self.domain = "eu-west-1", "amazonaws.com"
        settings = {"bucket": "b", "release": "r", **({"pull": pull} if pull else {})}
        self.parameters["/lightfleet/shop/settings"] = {"Value": json.dumps(settings)}
        self.policies = []

    def query(self, service, action, version, **fields):
        self.policies.append(json.loads(fields["Policy"])["Statement"][1]["Resource"])
        place = len(self.policies)
        return f"<r><AccessKeyId>{place}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></r>"

    def call(self, *_, **__):
        return {"authorizationData": [{"authorizationToken": base64.b64encode(b"AWS:whole").decode()}]}


def answer(session, *_, **__):
    token = base64.b64encode(f"AWS:{session.credentials()['AccessKeyId']}".encode()).decode()
    return {"authorizationData": [{"authorizationToken": token, "expiresAt": Clock.now + 7200}]}


def password(header):
    return json.loads(base64.urlsafe_b64decode(header["X-Registry-Auth"]))["password"]


@mock.patch.object(narrow.Session, "call", answer)
class Tokens(Timed):
    def test_each_set_of_fleets_has_one_that_opens_what_its_services_pull(self):
        one = node(aws=Sts())
        cart, pay, both = (spec(f"{HOST}/{name}:1", *fleets) for name, fleets in (("cart", ["== core"]), ("pay", ["== payments"]), ("log", ["!= edge"])))
        auths = registry.of_services(one, [cart, pay, both, spec("redis:7", "== core")])
        arn = "arn:aws:ecr:eu-west-1:123456789012:repository/"
        self.assertEqual(sorted(one.aws.policies), [[arn + "cart"], [arn + "log"], [arn + "pay"]])
        logins = [password(registry.header(auths, f"{HOST}/{name}:1", of)) for name, of in (("cart", cart), ("pay", pay), ("log", both))]
        self.assertEqual(len(set(logins)), 3)
        self.assertEqual(registry.header(auths, f"{HOST}/pay:1", cart), {}, "nothing of another fleet")
        self.assertEqual(registry.header(auths, "redis:7"), {})

    def test_many_repositories_are_several_sessions_each_within_the_limit_of_its_policy(self):
        one = node(aws=Sts())
        specs = [spec(f"{HOST}/team/service-{place}:1", "== core") for place in range(100)]
        auths = registry.of_services(one, specs)
        self.assertEqual(sum(map(len, one.aws.policies)), 100)
        self.assertTrue(all(len(narrow.policy(arns)) <= narrow.POLICY for arns in one.aws.policies))
        self.assertTrue(all(registry.header(auths, each["TaskTemplate"]["ContainerSpec"]["Image"], each) for each in specs))

    def test_of_a_cluster_that_has_no_role_for_it_are_those_of_the_manager(self):
        one = node(aws=Sts(pull=None))
        cart = spec(f"{HOST}/cart:1", "== core")
        self.assertEqual(password(registry.header(registry.of_services(one, [cart]), f"{HOST}/cart:1", cart)), "whole")

    def test_a_role_that_cannot_be_assumed_fails_the_release(self):
        one = node(aws=Sts())
        with mock.patch.object(one.aws, "query", side_effect=OSError("away")), self.assertRaises(OSError):
            registry.of_services(one, [spec(f"{HOST}/cart:1", "== core")])

    def test_are_renewed_at_half_of_their_time(self):
        one = node(aws=Sts())
        service = {"ID": "s", "Version": {"Index": 1}, "Spec": spec(f"{HOST}/cart:1", "== core")}
        one.engine.answers["services"] = [service]
        with mock.patch.object(registry, "applied", return_value={}):
            registry.refresh(one)
            registry.refresh(one)
            self.assertEqual(len(one.engine.calls), 1)
            Clock.now += 3600
            registry.refresh(one)
        self.assertEqual(len(one.engine.calls), 2)


if __name__ == "__main__":
    unittest.main()
