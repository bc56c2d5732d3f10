"""The Docker Engine's API over its socket; the version is the daemon's own."""
import base64
import http.client
import json
import socket
import urllib.parse


class EngineError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class _Connection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("docker", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    def __init__(self, path="/var/run/docker.sock"):
        self.path = path

    def call(self, method, path, body=None, headers=None, timeout=20):
        connection = _Connection(self.path, timeout)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            data = answer.read()
        except http.client.HTTPException as error:
            raise OSError(f"the engine: {error!r}") from error
        finally:
            connection.close()
        try:
            value = json.loads(data) if data else None
        except ValueError as error:
            if method == "GET" and answer.status < 400:
                raise OSError(f"the engine's answer to {path} is no JSON") from error
            value = None
        if answer.status >= 400:
            message = value.get("message") if isinstance(value, dict) else data.decode(errors="replace")
            raise EngineError(answer.status, str(message).strip())
        return value

    def get(self, path, **filters):
        query = "?filters=" + urllib.parse.quote(json.dumps(filters)) if filters else ""
        return self.call("GET", path + query)

    def change_node(self, node, **spec):
        """Changes a node's role, availability or labels; the others stay."""
        path = f"/nodes/{node['ID']}/update?version={node['Version']['Index']}"
        return self.call("POST", path, {**node["Spec"], **spec})

    def keep(self, kind, name, data, labels):
        """Creates a secret or config ("secrets", "configs"); answers its id."""
        body = {"Name": name, "Labels": labels, "Data": base64.b64encode(data).decode()}
        return self.call("POST", f"/{kind}/create", body)["ID"]
