"""Digests and platforms of images, asked of their registries by the engine, as Docker's own client does."""
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from engine import EngineError
from reference import familiar, host, parse
from registry import header

WORKERS = 8
# So many registries are asked at once which of them answer, each for so long, in seconds.
REGISTRIES = 64
TIMEOUT = 10


def resolve(node, images, auths):
    """
    For each image the name with its digest and its platforms, as a pair. Where the registry does not say, the name alone: nodes ask
    it themselves when they pull. All registries are asked for one image first, at once, and those that are silent for no other: they
    cost the leader one wait in all, and keep nobody from another registry's answer.
    """
    found, silent = {}, set()

    def one(image):
        name = host(image)
        if parse(image) is None or name in silent:
            return familiar(image), None
        try:
            path = f"/distribution/{quote(familiar(image), safe='/:@')}/json"
            answer = node.engine.call("GET", path, headers=header(auths, image), timeout=TIMEOUT)
        except EngineError as error:
            node.log(f"cannot resolve the image {image}: {error}")
            if error.status >= 500:
                silent.add(name)
            return familiar(image), None
        except OSError as error:
            node.log(f"cannot resolve the image {image}: {error}")
            silent.add(name)
            return familiar(image), None
        platforms = [platform(entry) for entry in answer.get("Platforms") or []]
        return familiar(image, answer["Descriptor"]["digest"]), platforms

    wanted = sorted(set(images))
    first = list({host(image): image for image in reversed(wanted)}.values())
    rest = sorted(set(wanted) - set(first))
    for part, workers in ((first, REGISTRIES), (rest, WORKERS)):
        with ThreadPoolExecutor(max(1, min(workers, len(part)))) as pool:
            found.update(zip(part, pool.map(one, part)))
    return found


def platform(entry):
    """Nodes say which ARM they are and images do not, so that "arm" would fit no node (moby/swarmkit#2294)."""
    architecture = entry.get("architecture", "")
    return {"Architecture": "" if architecture.lower() == "arm" else architecture, "OS": entry.get("os", "")}
