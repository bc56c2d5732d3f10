"""Digests and platforms of images, asked of their registries by the engine, as Docker's own client does."""
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from engine import EngineError
from reference import familiar, host, parse
from registry import header

WORKERS = 8
TIMEOUT = 15


def resolve(node, images, auths):
    """
    For each image the name with its digest and its platforms, as a pair. Where the registry does not say, the name alone: nodes ask
    it themselves when they pull.
    """
    silent = set()

    def one(image):
        if parse(image) is None or host(image) in silent:
            return familiar(image), None
        try:
            path = f"/distribution/{quote(familiar(image), safe='/:@')}/json"
            found = node.engine.call("GET", path, headers=header(auths, image), timeout=TIMEOUT)
        except EngineError as error:
            node.log(f"cannot resolve the image {image}: {error}")
            if error.status >= 500:
                silent.add(host(image))
            return familiar(image), None
        except OSError as error:
            node.log(f"cannot resolve the image {image}: {error}")
            silent.add(host(image))
            return familiar(image), None
        platforms = [platform(entry) for entry in found.get("Platforms") or []]
        return familiar(image, found["Descriptor"]["digest"]), platforms

    wanted = sorted(set(images))
    with ThreadPoolExecutor(WORKERS) as pool:
        return dict(zip(wanted, pool.map(one, wanted)))


def platform(entry):
    """Nodes say which ARM they are and images do not, so that "arm" would fit no node (moby/swarmkit#2294)."""
    architecture = entry.get("architecture", "")
    return {"Architecture": "" if architecture.lower() == "arm" else architecture, "OS": entry.get("os", "")}
