"""Registries are asked for digests: those that are silent cost one wait in all, and keep no other from its answer."""
import threading
import unittest

from fakes import node

from engine import EngineError
from images import REGISTRIES, TIMEOUT, resolve

HOSTS = [f"silent-{place}.example.com" for place in range(20)]


class Registries:
    """An engine whose registries of these hosts are silent; each of them waits until all of them are asked."""

    def __init__(self, silent, error):
        self.asked, self.silent, self.error = [], silent, error
        self.all = threading.Barrier(max(1, len(silent)))

    def call(self, method, path, body=None, headers=None, timeout=20):
        image = path.removeprefix("/distribution/").removesuffix("/json")
        self.asked.append((image, timeout))
        if image.split("/")[0] in self.silent:
            self.all.wait(60)
            raise self.error
        return {"Descriptor": {"digest": "sha256:" + "1" * 64}, "Platforms": []}


class Images(unittest.TestCase):
    def test_silent_registries_are_asked_at_once_and_once_each(self):
        for error in (OSError("timed out"), EngineError(500, "no such host")):
            one = node(engine=Registries(HOSTS, error))
            images = [f"{host}/app-{place}:1" for host in HOSTS for place in range(9)]
            fine = [f"fine.example.com/app-{place}:1" for place in range(9)]
            found = resolve(one, images + fine, {})
            self.assertEqual(set(found), {*images, *fine})
            asked = [image for image, _ in one.engine.asked]
            self.assertEqual(sum(image.startswith("silent") for image in asked), len(HOSTS))
            self.assertTrue(all("@sha256:" in found[image][0] for image in fine))
            self.assertTrue(all(found[image] == (image, None) for image in images))
            self.assertEqual({timeout for _, timeout in one.engine.asked}, {TIMEOUT})
        self.assertGreater(REGISTRIES, len(HOSTS))

    def test_an_image_that_is_not_there_keeps_none_of_its_registry_from_an_answer(self):
        engine = Registries([], None)
        call = engine.call

        def missing(method, path, *rest, **more):
            if "app-0" in path:
                raise EngineError(404, "manifest unknown")
            return call(method, path, *rest, **more)

        engine.call = missing
        found = resolve(node(engine=engine), [f"fine.example.com/app-{place}:1" for place in range(3)], {})
        self.assertEqual([platforms is None for _, platforms in found.values()], [True, False, False])

    def test_nothing_is_asked_where_there_is_no_image(self):
        self.assertEqual(resolve(node(engine=Registries([], None)), [], {}), {})


if __name__ == "__main__":
    unittest.main()
