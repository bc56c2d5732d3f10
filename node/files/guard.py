"""
Keeps containers from what is the VM's by the table `raw` too, which comes before all others, and which neither Docker nor Photon's
iptables.service ever clears: put there before the engine starts, and again where it is missing.
"""
import subprocess

SAVED = "/etc/systemd/scripts/ip4save"
JUMP = "PREROUTING -j LIGHTFLEET"


def guard(node, saved=SAVED):
    with open(saved, encoding="utf-8") as file:
        rules = [line.split()[2:] for line in file if line.startswith("-A DOCKER-USER ") and " DROP" in line]
    # What is known of connections comes later than this table.
    rules = [" ".join(["-A LIGHTFLEET", *rule]) for rule in rules if "conntrack" not in rule]
    there = iptables("iptables", "-w", "5", "-t", "raw", "-S").splitlines()
    jumps = [] if f"-A {JUMP}" in there else [f"-I {JUMP}"]
    if jumps or sum(line.startswith("-A LIGHTFLEET ") for line in there) != len(rules):
        # Declaring a chain empties it; all of it is done at once.
        text = "\n".join(["*raw", ":LIGHTFLEET - [0:0]", *rules, *jumps, "COMMIT", ""])
        iptables("iptables-restore", "-w", "5", "-n", text=text)


def iptables(*words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{words[0]}: {done.stderr.strip()}")
    return done.stdout
