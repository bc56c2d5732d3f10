"""Services, nodes and tasks as the engine tells of them."""
from fakes import Engine, member

SINCE = "lightfleet.aside"


def spec(name="shop_web", order="start-first", replicas=2, **changes):
    return {
        "Name": name,
        "Labels": {"com.docker.stack.namespace": "shop"},
        "Mode": {"Replicated": {"Replicas": replicas}},
        "UpdateConfig": {"Order": order},
        "TaskTemplate": {
            "ContainerSpec": {"Image": "web:1", "StopGracePeriod": 10_000_000_000, "Mounts": changes.get("mounts")},
            "Placement": {"Constraints": changes.get("constraints", ["node.labels.lightfleet.fleet == core"])},
        },
        "EndpointSpec": {"Ports": changes.get("ports")},
    }


def service(name="web", state=None, before=None, **changes):
    made = {"ID": name, "Version": {"Index": 7}, "UpdatedAt": "1970-01-12T13:46:40.1Z", "Spec": spec(f"shop_{name}", **changes), "PreviousSpec": before}
    return {**made, "UpdateStatus": {"State": state}} if state else made


def worker(name, availability="active", since=None, state="ready", by_hand=False, **labels):
    one = member(name, availability=availability, state=state, fleet="core", **labels)
    one["Spec"]["Labels"] = {"lightfleet.fleet": "core", "lightfleet.zone": "a"}
    if since is not None:
        one["Spec"]["Labels"][SINCE] = str(int(since))
    if by_hand:
        one["Spec"]["Labels"]["lightfleet.drain"] = "true"
    return one


class Swarm(Engine):
    """Services and where their tasks are, by service."""

    def __init__(self, services, tasks):
        super().__init__()
        self.services, self.tasks = {one["ID"]: one for one in services}, tasks

    def get(self, path, **filters):
        if path == "/services":
            return [one for key, one in self.services.items() if key in filters.get("id", self.services)]
        if path == "/tasks":
            of = filters.get("service", self.services)
            found = [{"ServiceID": name, "NodeID": where, "DesiredState": "running", "Status": {"State": "running"}} for name in of for where in self.tasks.get(name, [])]
            return [task for task in found if task["NodeID"] in filters.get("node", [task["NodeID"]])]
        return super().get(path, **filters)

    def call(self, method, path, body=None, headers=None, timeout=20):
        super().call(method, path, body, headers, timeout)
        if path.endswith("?version=7"):
            one = self.services[path.split("/")[2]]
            one["PreviousSpec"], one["Spec"] = one["Spec"], body
            one["UpdateStatus"] = {"State": "updating"}

    def changed(self, name="web"):
        return [call[2]["TaskTemplate"]["Placement"]["Constraints"] for call in self.calls if call[1] == f"/services/{name}/update"]
