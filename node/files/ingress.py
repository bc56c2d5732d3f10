"""
The network of published ports is made larger while a swarm is new: Swarm makes it with 253 addresses, and each service that is
published, each of its tasks and each node takes one. Later it cannot be changed without an interruption, so that a swarm that has
a release keeps the one that it has.
"""
import ipaddress

from engine import EngineError
from record import applied, read

NAME = "ingress"
# A range as large as the networks that Lightfleet sizes itself (model/overlay-sizes.ts), at the end of the pool that Swarm
# gives out from: it passes over what is taken there.
PREFIX = 20
# So large are the networks that Swarm makes by itself.
SMALL = 24
# Nodes let go of the old network within this time, in seconds: its range may be the next network's.
SETTLE = 10
# For so long a release waits for what the engine cannot do.
PATIENCE = 120


def ready(node):
    """Whether a release may begin: false while the network of a new swarm is being replaced."""
    if applied(node) is not None or read(node, "intent") is not None:
        return True
    there = network(node)
    if there is None:
        make(node)
        return False
    found = subnet(there)
    if found == wide(node):
        return node.waited(NAME, there["Id"]) >= SETTLE
    if not by_swarm(node, found) or published(node) or node.waited(NAME, there["Id"]) >= PATIENCE:
        return True
    # It is made anew at the next turn.
    attempt(node, "DELETE", f"/networks/{there['Id']}")
    return False


def make(node):
    wanted = wide(node)
    body = {
        "Name": NAME,
        "Driver": "overlay",
        "Scope": "swarm",
        "Ingress": True,
        "IPAM": {"Config": [{"Subnet": str(wanted), "Gateway": str(wanted[1])}]},
    }
    if attempt(node, "POST", "/networks/create", body):
        node.log(f"the network of published ports is {wanted}")


def attempt(node, *request):
    """Whether the engine did it; until the node has let go of the old network it says that this is there, and is not."""
    try:
        node.engine.call(*request)
        return True
    except EngineError as error:
        node.log(f"the network of published ports is not replaced yet: {error}")
        return False


def wide(node):
    return list(ipaddress.ip_network(node.config["pool"]).subnets(new_prefix=PREFIX))[-1]


def network(node):
    return next((one for one in node.engine.get("/networks", driver=["overlay"]) if one.get("Ingress")), None)


def subnet(there):
    """The range of a network; None where it does not say one that is read here."""
    for one in (there.get("IPAM") or {}).get("Config") or []:
        try:
            return ipaddress.ip_network(one.get("Subnet") or "")
        except ValueError:
            pass
    return None


def by_swarm(node, found):
    """Whether that is a range of a network that Swarm makes by itself; what somebody chose stays."""
    pool = ipaddress.ip_network(node.config["pool"])
    return found is not None and found.version == 4 and found.prefixlen == SMALL and found.subnet_of(pool)


def published(node):
    """Whether any service of the swarm publishes a port by this network: the engine does not remove it then."""
    return any(
        port.get("PublishMode") != "host"
        for one in node.engine.get("/services")
        for port in (one["Spec"].get("EndpointSpec") or {}).get("Ports") or []
    )
