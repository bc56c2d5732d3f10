"""What no service uses any more is removed; only when all is still, since a rollback wants the old ones back."""
import trial
from engine import EngineError
from record import applied
from spec import NAMESPACE


def prune(node):
    trial.clear(node)
    cluster = node.config["cluster"]
    wanted = set()
    for service in node.engine.get("/services", label=[f"{NAMESPACE}={cluster}"]):
        container = service["Spec"]["TaskTemplate"]["ContainerSpec"]
        wanted |= {one["SecretName"] for one in container.get("Secrets") or []}
        wanted |= {one["ConfigName"] for one in container.get("Configs") or []}
    for kind in ("secrets", "configs"):
        for one in node.engine.get(f"/{kind}", label=[f"lightfleet.cluster={cluster}"]):
            if one["Spec"]["Name"] not in wanted:
                discard(node, f"/{kind}/{one['ID']}")
    current = applied(node)
    networks = (current["bundle"]["stack"].get("networks") or {}) if current else {}
    for one in node.engine.get("/networks", label=[f"{NAMESPACE}={cluster}"]):
        if current and one["Name"].removeprefix(cluster + "_") not in networks:
            discard(node, f"/networks/{one['Id']}")


def discard(node, path):
    try:
        node.engine.call("DELETE", path)
    except EngineError as error:
        node.log(f"not removed yet: {error}")
