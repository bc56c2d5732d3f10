"""
Entry: `daemon` writes the engine's configuration, `guard` keeps containers from what is the VM's, `turns` keeps the VM in order,
`abandon` gives it up.
"""
import json
import re
import subprocess
import sys
import time
import traceback

from aws import AwsError
from cleanup import clean
from context import Node, write
from engine import EngineError
from guard import guard
from leave import DAEMON, leave, leaving, ready, signal
from swarm import joined


def daemon(node):
    """The engine's configuration: the fleet's, with what only the instance knows."""
    with open("/etc/lightfleet/daemon.json", encoding="utf-8") as file:
        config = json.load(file)
    said = {
        "instance": node.instance,
        "zone": node.metadata.get("placement/availability-zone"),
        "lifecycle": node.metadata.get("instance-life-cycle") or "on-demand",
    }
    if not encrypts():
        said["esp"] = "no"
    config["labels"] += [f"lightfleet.{key}={text}" for key, text in said.items()]
    version = subprocess.run(["dockerd", "--version"], capture_output=True, text=True, check=False).stdout
    major = re.search(r"version (\d+)", version)
    if major and int(major.group(1)) < 23:
        config["experimental"] = True  # metrics were an experiment before Docker 23
    write(DAEMON, json.dumps(config, indent=1) + "\n", 0o644)


def encrypts():
    """Whether the kernel has what encrypted networks need; Docker says nothing where it has not, and requests are lost."""
    state = "src 192.0.2.1 dst 192.0.2.2 proto esp spi 7"
    key = "mode transport aead rfc4106(gcm(aes)) 0x" + "7" * 40 + " 64"
    made = subprocess.run(f"ip xfrm state add {state} {key}".split(), stderr=subprocess.DEVNULL, check=False)
    subprocess.run(f"ip xfrm state delete {state}".split(), stderr=subprocess.DEVNULL, check=False)
    return made.returncode == 0


# One start does turns for a minute: starting Python costs more than a turn.
SPAN = 60
PAUSE = 5


def turns(node):
    end = time.monotonic() + SPAN
    while True:
        attempt(node, turn, node)
        if time.monotonic() + PAUSE > end:
            return
        time.sleep(PAUSE)


def attempt(node, step, *args):
    """What a step answers; None where it fails, which must keep no other from its turn."""
    try:
        return step(*args)
    except (AwsError, EngineError, OSError) as error:
        node.log(f"{step.__name__}: {type(error).__name__}: {error}")
    except Exception:  # a mistake of ours must not take the VM out of the swarm
        node.log(traceback.format_exc())
    return None


def turn(node):
    attempt(node, guard, node)
    why = attempt(node, leaving, node)
    if why or node.recall("leaving"):
        if leave(node, why or "terminating"):
            return
        info = node.engine.get("/info")  # who leads goes on to lead, its own leaving too
    else:
        info = joined(node)
        if info is None:
            return
        attempt(node, ready, node, info)
        attempt(node, clean, node)
    if info["Swarm"].get("ControlAvailable"):
        # Only managers have this.
        from lead import lead, programs

        leads = lead(node, info)
        # All of them, while these are still there: the change that replaces this VM takes them out of the bucket.
        if programs(node) and leads:
            import leader

            leader.turn(node)


def main(verb):
    node = Node()
    {"daemon": daemon, "guard": guard, "turns": turns, "abandon": lambda one: signal(one, "launching", "ABANDON")}[verb](node)


if __name__ == "__main__":
    main(sys.argv[1])
