"""A swarm's engine as far as releases go, in memory: objects by name, versions that rise, and what a test has it refuse."""
import base64
import copy
import itertools
import urllib.parse

from fakes import Engine

from engine import EngineError


class SwarmEngine(Engine):
    def __init__(self):
        super().__init__()
        self.kinds = {"services": {}, "configs": {}, "secrets": {}, "networks": {}}
        self.index = itertools.count(1)
        self.refuses = lambda spec: None
        self.die_before = lambda method, path: False

    def get(self, path, **filters):
        kind = path.strip("/").split("?")[0]
        found = list(self.kinds.get(kind, {}).values())
        for wanted in filters.get("label", []):
            key, _, text = wanted.partition("=")
            found = [one for one in found if (self.labels(one) or {}).get(key) == text]
        for wanted in filters.get("name", []):
            found = [one for one in found if one["Spec"]["Name"].startswith(wanted)]
        return copy.deepcopy(found)

    @staticmethod
    def labels(one):
        return one["Labels"] if "Labels" in one else one["Spec"].get("Labels")

    def call(self, method, path, body=None, headers=None, timeout=20):
        path, _, query = path.partition("?")
        kind, *rest = path.strip("/").split("/")
        if self.die_before(method, path):
            raise KeyboardInterrupt
        if method != "GET":
            self.calls.append((method, path))
        if kind == "distribution":
            return {"Descriptor": {"digest": "sha256:" + "1" * 64}, "Platforms": [{"architecture": "amd64", "os": "linux"}]}
        objects = self.kinds[kind]
        if rest == ["create"]:
            return {"ID" if kind != "networks" else "Id": self.make(kind, body)["ID"]}
        key = urllib.parse.unquote(rest[0])
        one = next((one for one in objects.values() if key in (one["ID"], one["Spec"]["Name"])), None)
        if one is None:
            raise EngineError(404, f"{key} not found")
        if method == "DELETE":
            del objects[one["ID"]]
        elif method == "GET":
            return copy.deepcopy(one)
        else:
            self.check(kind, body)
            if f"version={one['Version']['Index']}" not in query:
                raise EngineError(500, "rpc error: code = Unknown desc = update out of sequence")
            one.update(PreviousSpec=one["Spec"], Spec=copy.deepcopy(body), Version={"Index": next(self.index)}, UpdateStatus=None)
        return None

    def check(self, kind, spec):
        if kind == "services" and self.refuses(spec):
            raise EngineError(400, self.refuses(spec))

    def make(self, kind, spec):
        self.check(kind, spec)
        if any(one["Spec"]["Name"] == spec["Name"] for one in self.kinds[kind].values()):
            raise EngineError(409, "name conflicts with an existing object")
        index = next(self.index)
        made = {"ID": f"{kind}-{index}", "Id": f"{kind}-{index}", "Name": spec["Name"], "Version": {"Index": index}, "CreatedAt": f"{index:09}"}
        made.update(Spec=copy.deepcopy(spec), **({"Labels": spec["Labels"]} if kind == "networks" else {}))
        self.kinds[kind][made["ID"]] = made
        return made

    def keep(self, kind, name, data, labels):
        if not 0 < len(data) < 1_024_000 or len(name) > 64:
            raise EngineError(400, "invalid config")
        self.calls.append(("POST", f"/{kind}/create"))
        return self.make(kind, {"Name": name, "Labels": labels, "Data": base64.b64encode(data).decode()})["ID"]

    def service(self, name):
        return next(one for one in self.kinds["services"].values() if one["Spec"]["Name"] == name)

    def roll_back(self, name):
        """As Swarm does where tasks of the new version fail."""
        one = self.service(name)
        status = {"State": "rollback_completed", "StartedAt": f"{next(self.index):09}"}
        one.update(Spec=one["PreviousSpec"], Version={"Index": next(self.index)}, UpdateStatus=status)

    def versions(self):
        return {one["Spec"]["Name"]: one["Version"]["Index"] for one in self.kinds["services"].values()}
