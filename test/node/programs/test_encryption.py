"""Networks that are encrypted are made where VMs can encrypt, and who cannot is told."""
import unittest

from fakes import member, node

import main
import provide
import status
from bundle import Refused

BUNDLE = {"cluster": "shop", "stack": {"networks": {"web.esp": {"driver": "overlay", "driver_opts": {"encrypted": ""}}}, "services": {}}}


def vm(name, fleet, esp=None):
    one = member(name, fleet=fleet, **({"esp": esp} if esp else {}))
    one["Spec"]["Labels"] = {"lightfleet.fleet": fleet}
    return one


class Engine:
    def __init__(self, *nodes):
        self.nodes, self.made = nodes, []

    def get(self, path, **filters):
        return list(self.nodes) if path == "/nodes" else []

    def call(self, method, path, body=None, *_, **__):
        self.made.append(body)
        return {"Id": "x"}


class Encryption(unittest.TestCase):
    def test_a_network_is_made_with_the_option(self):
        engine = Engine(vm("a", "core"), vm("b", "core", esp="no"))
        provide.networks(node(engine=engine), BUNDLE, {"web.esp"})
        self.assertEqual((engine.made[0]["Name"], engine.made[0]["Options"]), ("shop_web.esp", {"encrypted": ""}))

    def test_none_is_made_where_no_vm_of_a_fleet_can_encrypt(self):
        engine = Engine(vm("a", "core"), vm("b", "load", esp="no"))
        with self.assertRaises(Refused) as caught:
            provide.networks(node(engine=engine), BUNDLE, {"web.esp"})
        self.assertIn("load", str(caught.exception))
        self.assertEqual(engine.made, [])
        provide.networks(node(engine=engine), {**BUNDLE, "stack": {"networks": {"web": {"driver": "overlay"}}}}, {"web"})

    def test_the_status_names_vms_that_cannot(self):
        one = node(engine=Engine(vm("a", "core"), vm("b", "core", esp="no")))
        found = status.members(one, encrypted=True)
        self.assertNotIn("problem", found["a"])
        self.assertIn("ESP", found["b"]["problem"])
        self.assertNotIn("problem", status.members(one)["b"])

    def test_a_kernel_is_asked_and_answers(self):
        self.assertIn(main.encrypts(), (True, False))


if __name__ == "__main__":
    unittest.main()
