import unittest

import fakes

import reference
import status
from compare import differences
from spec import IMAGE, convert

NOW = status.moment("2026-01-01T12:00:00Z")


def wanted(image="web:1", **props):
    stack = {"services": {"web": {"image": image, "networks": [], "deploy": {"replicas": 2}, **props}}}
    return convert("shop", "web", stack, {})


def service(state=None, image="web:1", running=2, desired=2, **props):
    spec = wanted(image, **props)
    spec["TaskTemplate"]["ContainerSpec"]["Image"] = reference.familiar(image, "sha256:" + "1" * 64)
    update = {"UpdateStatus": {"State": state}} if state else {}
    return {"ID": "s", "Spec": spec, "ServiceStatus": {"RunningTasks": running, "DesiredTasks": desired}, **update}


def task(state, error="", image="web:1", slot=1, at="11:59:00", created="11:58:00", **more):
    spec = service(image=image)["Spec"]["TaskTemplate"]
    told = {"State": state, "Err": error, "Timestamp": f"2026-01-01T{at}Z"}
    return {"NodeID": "n", "Slot": slot, "Spec": spec, "CreatedAt": f"2026-01-01T{created}Z", "Status": told, **more}


class Members(unittest.TestCase):
    def test_who_lies_is_told_and_takes_nobodys_name(self):
        one = fakes.node()
        liar = fakes.member("evil", addr="10.0.0.7")
        liar["Description"]["Hostname"] = "honest"
        one.engine.answers["nodes"] = [liar, fakes.member("honest", addr="10.0.0.5")]
        one.remember("verified", {"evil": {"why": "it says that it is i-2"}, "honest": {"why": None}})
        found = status.members(one)
        self.assertEqual(found["honest"]["address"], "10.0.0.5")
        self.assertNotIn("problem", found["honest"])
        self.assertEqual(found["honest (evil)"]["problem"], "gets no work: it says that it is i-2")


class Statuses(unittest.TestCase):
    def entry(self, one, tasks=(), image="web:1", **props):
        return status.describe(one, list(tasks), wanted(image, **props), {"n": "host"}, NOW)

    def state(self, *args, **props):
        return self.entry(*args, **props)["state"]

    def test_says_how_a_service_fares(self):
        self.assertEqual(self.state(service()), "running")
        self.assertEqual(self.state(service("updating")), "updating")
        self.assertEqual(self.state(service("paused")), "paused")
        self.assertEqual(self.state(service(running=1)), "starting")
        self.assertEqual(self.state(service(image="web:0")), "rolled-back")

    def test_a_service_that_is_as_it_is_wanted_was_not_rolled_back(self):
        self.assertEqual(self.state(service("rollback_completed")), "running")

    def test_says_what_differs_where_swarm_rolled_back_settings_alone(self):
        told = self.entry(service(), environment={"A": "1"})
        self.assertEqual((told["state"], told["differs"]), ("rolled-back", ["Env"]))
        ports = [{"target": 80, "published": 30001, "mode": "ingress"}]
        self.assertEqual(self.entry(service(), ports=ports)["differs"], ["EndpointSpec"])

    def test_counts_of_tasks_that_others_change_are_no_difference(self):
        scaled = service(running=3, desired=3)
        scaled["Spec"]["Mode"] = {"Replicated": {"Replicas": 3}}
        scaled["Spec"]["TaskTemplate"]["Placement"]["Constraints"] = ["node.id!=leaving"]
        self.assertEqual(self.state(scaled), "running")

    def test_every_spelling_of_an_image_reads_as_running_when_it_runs(self):
        digest = "@sha256:" + "1" * 64
        for spellings in (
            ("nginx", "nginx:latest", "docker.io/nginx", "docker.io/library/nginx", "index.docker.io/library/nginx:latest", "library/nginx"),
            ("me/app:2", "docker.io/me/app:2"),
            ("host:5000/x:1", "host:5000/x:1" + digest),
            ("localhost/x", "localhost/x:latest"),
            ("x" + digest, "docker.io/library/x" + digest),
        ):
            for spelling in spellings:
                self.assertEqual(self.state(service(image=spelling), image=spelling), "running", spelling)
                self.assertTrue(reference.matches(spellings[0], spelling), spelling)

    def test_another_digest_than_the_one_that_is_wanted_is_another_image(self):
        other = service(image="x:1@sha256:" + "2" * 64)
        told = self.entry(other, image="x:1@sha256:" + "3" * 64)
        self.assertEqual((told["state"], told["differs"], told["image"]), ("rolled-back", ["image"], "x:1@sha256:" + "2" * 64))

    def test_says_the_failing_tasks_own_last_error(self):
        tasks = [task("failed", "unhealthy container", "web:2")] * 3 + [task("running")]
        told = self.entry(service("rollback_completed"), tasks, image="web:2")
        self.assertEqual((told["state"], told["error"], told["nodes"]), ("rolled-back", "unhealthy container", ["host"]))
        self.assertEqual(self.state(service(running=0), tasks[:3]), "starting")
        self.assertEqual(self.state(service(image="web:2", running=0), tasks[:3], image="web:2"), "failing")

    def test_a_loop_of_crashes_is_not_running_while_a_task_is_up_for_a_moment(self):
        crashed = [task("failed", "exit 1", at=f"11:59:{second}", created=f"11:59:{second}") for second in (10, 20, 30)]
        self.assertEqual(self.state(service(), [*crashed, task("running", at="11:59:50")]), "starting")
        self.assertEqual(self.state(service(), [*crashed, task("running", at="11:58:00")]), "running")
        spread = [{**one, "Slot": slot} for slot, one in enumerate(crashed)]
        self.assertEqual(self.state(service(), spread), "running")

    def test_tasks_without_the_ports_that_are_published_are_told(self):
        ports = [{"target": 80, "published": 30001, "mode": "ingress"}]
        for ingress, state in ((True, "running"), (False, "failing")):
            attached = [{"Network": {"Spec": {"Name": "x", "Ingress": ingress}}}]
            tasks = [task("running", NetworksAttachments=attached)]
            self.assertEqual(self.state(service(ports=ports), tasks, ports=ports), state)


class Differences(unittest.TestCase):
    def test_an_image_by_its_digest_differs_from_the_same_tag_of_another(self):
        one, other = wanted("x:1@sha256:" + "1" * 64), wanted("x:1@sha256:" + "2" * 64)
        self.assertEqual(differences(one, other), ["image"])
        self.assertEqual(one["Labels"][IMAGE], "x:1@sha256:" + "1" * 64)


if __name__ == "__main__":
    unittest.main()
