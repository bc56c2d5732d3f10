"""Whose registries are sent a token, and of which region it is."""
import base64
import json
import os
import unittest

from fakes import Aws, node

import ecr
from aws import AwsError
from registry import credentials

with open(os.path.join(os.path.dirname(__file__), "ecr-hosts.json"), encoding="utf-8") as file:
    TABLE = json.load(file)
# Hosts of ECR with their regions, and others that are none.
HOSTS, OTHERS = TABLE["hosts"], TABLE["others"]


class Asked(Aws):
    def __init__(self, failing=()):
        super().__init__()
        self.regions, self.failing = [], failing

    def call(self, service, target, request, prefix="", region=None):
        self.regions.append(region)
        if region in self.failing:
            raise AwsError("AccessDeniedException", "", 400)
        return {"authorizationData": [{"authorizationToken": base64.b64encode(f"AWS:{region}".encode()).decode()}]}


class Tokens(unittest.TestCase):
    def test_hosts_of_ecr_are_known_whole(self):
        for host, region in HOSTS.items():
            self.assertEqual(ecr.region_of(host), region)
        for host in OTHERS:
            self.assertIsNone(ecr.region_of(host), host)

    def test_each_host_gets_the_token_of_its_own_region_and_others_none(self):
        one = node(aws=Asked())
        hosts = [host for host, region in HOSTS.items() if region[:3] in ("eu-", "us-") and "gov" not in region]
        auths, failed = ecr.tokens(one, [*HOSTS, *OTHERS])
        self.assertEqual(sorted(auths), sorted(hosts))
        for host in hosts:
            self.assertEqual(base64.b64decode(auths[host]).decode(), f"AWS:{HOSTS[host]}")
        self.assertEqual((failed, one.aws.regions), ([], ["eu-west-1", "us-east-1", "us-east-2"]))

    def test_a_role_of_china_gets_tokens_of_china_alone(self):
        one = node(aws=Asked(), region="cn-north-1")
        self.assertEqual({HOSTS[host] for host in ecr.tokens(one, HOSTS)[0]}, {"cn-north-1", "cn-northwest-1"})

    def test_a_region_that_gives_none_keeps_no_other_from_its_token_and_fails_a_release(self):
        one = node(aws=Asked(failing=["us-east-1"]))
        auths, failed = ecr.tokens(one, HOSTS)
        self.assertNotIn("123456789012.dkr.ecr.us-east-1.amazonaws.com", auths)
        self.assertIn("123456789012.dkr.ecr.eu-west-1.amazonaws.com", auths)
        self.assertEqual(len(failed), 1)
        with self.assertRaises(OSError):
            credentials(one, ["123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"])
        self.assertEqual(credentials(one, ["web:1", "ghcr.io/x/y:1"]), {})


if __name__ == "__main__":
    unittest.main()
