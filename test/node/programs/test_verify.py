"""What a node says of itself is held against EC2: a worker that was broken into gets nothing of another fleet."""
import unittest

from fakes import Aws, Clock, Timed, member, node

import lead
import verify
from aws import AwsError


def vm(name, address, group="shop-core", zone="eu-west-1a", spot=False):
    lifecycle = "<instanceLifecycle>spot</instanceLifecycle>" if spot else ""
    return (
        f"<item><instanceId>{name}</instanceId><privateIpAddress>{address}</privateIpAddress>"
        f"<placement><availabilityZone>{zone}</availabilityZone></placement>{lifecycle}"
        f"<tagSet><item><key>Name</key><value>x</value></item><item><key>aws:autoscaling:groupName</key><value>{group}</value></item></tagSet></item>"
    )


class Cloud(Aws):
    """EC2 with some VMs, and groups that know their instances."""

    def __init__(self, *vms, groups=(), error=None):
        super().__init__()
        self.vms, self.groups, self.error, self.questions = vms, dict(groups), error, 0

    def query(self, service, action, version, **fields):
        self.questions += 1
        if self.error:
            raise self.error
        wanted = {text for key, text in fields.items() if "Value" in key}
        found = "".join(one for one in self.vms if any(f">{address}<" in one for address in wanted))
        return f"<{action}Response>{found}</{action}Response>"

    def autoscaling(self, action, **fields):
        members = "".join(
            f"<member><InstanceId>{name}</InstanceId><AutoScalingGroupName>{group}</AutoScalingGroupName></member>"
            for name, group in self.groups.items()
        )
        return f"<{action}Response>{members}</{action}Response>"


def says(name="n", address="10.0.0.5", instance="i-1", fleet="core", zone="eu-west-1a", **labels):
    return member(name, addr=address, instance=instance, fleet=fleet, zone=zone, lifecycle="on-demand", cluster="shop", **labels)


def labelled(one, fleet="core"):
    one["Spec"]["Labels"] = {"lightfleet.fleet": fleet, "lightfleet.zone": "eu-west-1a", "mine": "x"}
    return one


CORE, PAY = vm("i-1", "10.0.0.5"), vm("i-2", "10.0.0.6", "shop-payments")


class Truth(Timed):
    def doubt(self, one, *vms, **more):
        return verify.doubts(node(aws=Cloud(*vms, **more)), [one])["n"]

    def test_who_is_what_it_says_is_not_doubted(self):
        self.assertIsNone(self.doubt(says(), CORE, PAY))
        self.assertIsNone(self.doubt(says(), vm("i-9", "10.0.0.5", "other-x", "eu-west-1b"), CORE), "another network has the address too")

    def test_a_fleet_an_instance_a_zone_or_a_lifecycle_of_another_is_a_lie(self):
        for one in (says(fleet="payments"), says(instance="i-2", fleet="payments"), says(instance="i-2"), says(instance=None), says(zone="eu-west-1b")):
            self.assertTrue(self.doubt(one, CORE, PAY), one)
        self.assertTrue(self.doubt(says(), vm("i-1", "10.0.0.5", spot=True)))
        other = says()
        other["Description"]["Engine"]["Labels"]["lightfleet.cluster"] = "bank"
        self.assertTrue(self.doubt(other, CORE))

    def test_where_ec2_has_nothing_at_the_address_the_group_decides(self):
        self.assertIsNone(self.doubt(says(), groups={"i-1": "shop-core"}))
        self.assertIsNone(self.doubt(says()))
        self.assertTrue(self.doubt(says(fleet="payments"), groups={"i-1": "shop-core"}))

    def test_an_instance_that_another_node_is_cannot_be_taken(self):
        one = node(aws=Cloud(groups={"i-1": "shop-core"}))
        first = says("first")
        verify.doubts(one, [first])
        found = verify.doubts(one, [first, says("second", "10.0.0.7")])
        self.assertIsNone(found["first"])
        self.assertTrue(found["second"])

    def test_ec2_is_asked_once_for_all_and_again_after_a_change_and_a_while(self):
        one = node(aws=Cloud(CORE, PAY))
        both = [says(), says("m", "10.0.0.6", "i-2", "payments")]
        for _ in range(3):
            verify.doubts(one, both)
        self.assertEqual(one.aws.questions, 1)
        self.assertTrue(verify.doubts(one, [says(fleet="payments"), both[1]])["n"])
        self.assertEqual(one.aws.questions, 2)
        Clock.now += verify.RIGHT
        self.assertEqual(verify.doubts(one, both), {"n": None, "m": None})

    def test_without_an_answer_a_node_keeps_what_it_has_and_gets_nothing(self):
        one = node(aws=Cloud(error=OSError("no answer")))
        self.assertEqual(verify.doubts(one, [says()]), {"n": lead.UNASKED})

    def test_an_ec2_that_stays_away_leaves_the_groups_to_decide(self):
        one = node(aws=Cloud(groups={"i-1": "shop-core"}, error=OSError("no answer")))
        verify.doubts(one, [says()])
        Clock.now += verify.PATIENCE
        self.assertIsNone(verify.doubts(one, [says()])["n"])
        self.assertTrue(verify.doubts(one, [says(fleet="payments")])["n"])

    def test_a_role_of_a_version_before_may_not_ask_and_the_groups_decide(self):
        denied = AwsError("UnauthorizedOperation", "", 403)
        self.assertIsNone(self.doubt(says(), groups={"i-1": "shop-core"}, error=denied))
        self.assertTrue(self.doubt(says(fleet="payments"), groups={"i-1": "shop-core"}, error=denied))


class Work(Timed):
    def arrange(self, one, doubt):
        leader = node()
        lead.arrange(leader, one, [], doubt)
        return leader.engine.calls[-1][2] if leader.engine.calls else None

    def test_who_lies_has_no_label_of_a_fleet_and_no_task(self):
        spec = self.arrange(labelled(says(fleet="payments")), "it says so")
        self.assertEqual((spec["Labels"], spec["Availability"]), ({"mine": "x"}, "drain"))

    def test_who_joined_and_set_itself_to_work_is_paused_until_it_is_known(self):
        self.assertEqual(self.arrange(member("n"), None)["Availability"], "pause")
        self.assertEqual(self.arrange(says(), lead.UNASKED)["Availability"], "pause")

    def test_who_cannot_be_looked_at_keeps_its_labels_and_gets_no_others(self):
        self.assertIsNone(self.arrange(labelled(says(fleet="payments")), lead.UNASKED))

    def test_who_says_the_truth_after_all_works_again(self):
        spec = self.arrange(member("n", availability="drain", fleet="core", zone="eu-west-1a"), None)
        self.assertEqual((spec["Labels"]["lightfleet.fleet"], spec["Availability"]), ("core", "active"))


class Managers(Timed):
    def test_are_taken_out_by_the_word_of_their_group_alone(self):
        one = node(aws=Aws(alive={"i-1"}))
        lead.clear(one, [
            member("rebooting", "manager", state="down", instance="i-1", leaving="terminating"),
            member("hostile", instance="i-1"),
        ])
        self.assertEqual(one.engine.calls, [])
        one.aws.alive = set()
        lead.clear(one, [member("rebooting", "manager", state="down", instance="i-1")])
        self.assertEqual(one.engine.calls[0][:2], ("change", "rebooting"))

    def test_that_are_gone_are_found_however_many_others_claim_to_be_down(self):
        one = node(aws=Aws(alive={f"i-{place:03}" for place in range(120)}))
        crowd = [member(f"n{place}", state="down", instance=f"i-{place:03}") for place in range(120)]
        lead.clear(one, [*crowd, member("dead", "manager", state="down", instance="i-999")])
        self.assertEqual([call[:2] for call in one.engine.calls], [("change", "dead")])


if __name__ == "__main__":
    unittest.main()
