import unittest

import fakes  # noqa: F401

import status


def service(state=None, image="web:1", running=2, desired=2):
    update = {"UpdateStatus": {"State": state}} if state else {}
    spec = {"Name": "shop_web", "TaskTemplate": {"ContainerSpec": {"Image": image + "@sha256:1"}}}
    return {"ID": "s", "Spec": spec, "ServiceStatus": {"RunningTasks": running, "DesiredTasks": desired}, **update}


def task(state, error="", image="web:1"):
    return {"NodeID": "n", "Spec": {"ContainerSpec": {"Image": image}}, "Status": {"State": state, "Err": error, "Timestamp": "1"}}


class Statuses(unittest.TestCase):
    def state(self, one, tasks=(), wanted="web:1"):
        return status.describe(one, list(tasks), wanted, {"n": "host"})

    def test_says_how_a_service_fares(self):
        self.assertEqual(self.state(service())["state"], "running")
        self.assertEqual(self.state(service("updating"))["state"], "updating")
        self.assertEqual(self.state(service("rollback_completed"))["state"], "rolled-back")
        self.assertEqual(self.state(service(running=1))["state"], "starting")
        self.assertEqual(self.state(service(image="web:0"))["state"], "rolled-back")

    def test_says_the_failing_tasks_own_last_error(self):
        tasks = [task("failed", "unhealthy container", "web:2")] * 3 + [task("running")]
        told = self.state(service("rollback_completed"), tasks, "web:2")
        self.assertEqual((told["error"], told["nodes"]), ("unhealthy container", ["host"]))
        self.assertEqual(self.state(service(running=0), tasks[:3], "web:1")["state"], "starting")
        self.assertEqual(self.state(service(image="web:2", running=0), tasks[:3], "web:2")["state"], "failing")


if __name__ == "__main__":
    unittest.main()
