"""One turn of the leader's with the bucket at hand: the release, and where services run."""
import math
import time
import traceback

import extra
import ingress
import release
import spread
import surge

# Where services run is looked at so often, in seconds: thousands of them are much to read.
LOOK = 20
looked = -math.inf


def turn(node):
    """Each part by itself: what is wrong with one keeps no other from its turn."""
    global looked
    parts = [released]
    if extra.pending or time.monotonic() - looked >= LOOK:
        looked = time.monotonic()
        parts += [surge.settle, spread.spread]
    for part in parts:
        try:
            part(node)
        except Exception:
            node.log(traceback.format_exc())


def released(node):
    if ingress.ready(node):
        release.turn(node)
