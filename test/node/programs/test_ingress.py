"""The network of published ports is replaced in a swarm that is new, and in no other."""
import unittest

from fakes import Clock, Timed, node
from swarm_engine import SwarmEngine

import ingress
import record

OWN, WIDE = "100.64.0.0/24", "100.95.240.0/20"


class Networks(SwarmEngine):
    """An engine whose nodes let go of a network some time after it was removed."""

    def __init__(self, subnet, services=()):
        super().__init__()
        self.there = [{"Id": "n0", "Ingress": True, "IPAM": {"Config": [{"Subnet": subnet}]}}] if subnet else []
        self.services, self.holds = list(services), False

    def get(self, path, **filters):
        if path == "/networks":
            return list(self.there)
        return self.services if path == "/services" else super().get(path, **filters)

    def call(self, method, path, body=None, headers=None, timeout=20):
        if not path.startswith("/networks"):
            return super().call(method, path, body, headers, timeout)
        self.calls.append((method, path))
        if method == "DELETE":
            self.there = []
            return None
        if self.holds:
            raise ingress.EngineError(409, "network with name ingress already exists")
        self.there = [{"Id": "n1", "Ingress": True, "IPAM": body["IPAM"]}]
        return {"Id": "n1"}


def published(mode):
    return {"Spec": {"EndpointSpec": {"Ports": [{"PublishMode": mode, "PublishedPort": 30000}]}}}


class Ingress(Timed):
    def leader(self, engine):
        one = node(engine=engine)
        one.config["pool"] = "100.64.0.0/11"
        return one

    def range(self, one):
        return [str(ingress.subnet(each)) for each in one.engine.there]

    def test_is_made_larger_before_the_first_release_which_waits_until_nodes_have_let_go_of_the_old(self):
        one = self.leader(Networks(OWN, [published("host")]))
        self.assertFalse(ingress.ready(one))
        one.engine.holds = True
        self.assertFalse(ingress.ready(one))
        one.engine.holds = False
        self.assertFalse(ingress.ready(one))
        self.assertEqual(self.range(one), [WIDE])
        self.assertFalse(ingress.ready(one))
        Clock.now += ingress.SETTLE
        self.assertTrue(ingress.ready(one))
        self.assertEqual(len(one.engine.calls), 3)

    def test_goes_on_where_a_leader_before_removed_it_and_made_none(self):
        one = self.leader(Networks(None))
        self.assertFalse(ingress.ready(one))
        self.assertEqual(self.range(one), [WIDE])

    def test_stays_where_the_swarm_has_a_release_publishes_a_port_or_somebody_chose_a_range(self):
        released = self.leader(Networks(OWN))
        record.write(released, "release", {"etag": "e", "digest": "d" * 64, "version": "v"}, {"stack": {}})
        self.assertTrue(ingress.ready(released))
        publishes = self.leader(Networks(OWN, [published("ingress")]))
        self.assertTrue(ingress.ready(publishes))
        chosen = self.leader(Networks("10.9.0.0/24"))
        self.assertTrue(ingress.ready(chosen))
        for one in (released, publishes, chosen):
            self.assertFalse([call for call in one.engine.calls if "/networks" in call[1]])

    def test_keeps_no_release_for_ever_where_the_engine_does_not_remove_it(self):
        one = self.leader(Networks(OWN))
        one.engine.call = lambda *_, **__: (_ for _ in ()).throw(ingress.EngineError(500, "busy"))
        self.assertFalse(ingress.ready(one))
        Clock.now += ingress.PATIENCE
        self.assertTrue(ingress.ready(one))


if __name__ == "__main__":
    unittest.main()
