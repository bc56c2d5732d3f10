"""A verified release is brought to the swarm."""
import json
import os
import subprocess
import time

from context import write
from registry import RUN, credentials


def make_way(node, stack):
    """Removes services that are to run on every node and did not, or the other way round: Swarm refuses to change that."""
    cluster = node.config["cluster"]
    for one in node.engine.get("/services", label=[f"com.docker.stack.namespace={cluster}"]):
        wanted = stack["services"].get(one["Spec"]["Name"].removeprefix(cluster + "_"))
        if wanted is None:
            continue
        everywhere = (wanted.get("deploy") or {}).get("mode") == "global"
        if everywhere != ("Global" in (one["Spec"].get("Mode") or {})):
            node.log(f"{one['Spec']['Name']} is made anew: its mode changes")
            node.engine.call("DELETE", f"/services/{one['ID']}")


def deploy(node, stack):
    """`docker stack deploy`, which checks the whole file before it changes anything. Raises what it said."""
    os.makedirs(RUN, 0o700, exist_ok=True)
    path = os.path.join(RUN, "stack.json")
    write(path, json.dumps(stack))
    auths = credentials(node, stack)
    make_way(node, stack)
    command = ["docker", "--config", RUN, "stack", "deploy", "--prune", "--resolve-image", "changed", "-c", path]
    command += (["--with-registry-auth"] if auths else []) + [node.config["cluster"]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise OSError((done.stderr.strip() or done.stdout.strip())[-500:])
    if auths:
        node.remember("ecr", {"at": time.time()})
