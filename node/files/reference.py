"""Names of images as Docker reads them (distribution/reference): every spelling of one image is the same reference."""
import collections
import re

HUB = "docker.io"
LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
DOMAIN = re.compile(rf"(?:{LABEL}(?:\.{LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?")
PATH = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*")
TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
DIGEST = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}")

Reference = collections.namedtuple("Reference", "domain path tag digest")


def parse(image):
    """The parts of an image's name; None where it is none that Docker takes."""
    name, at, digest = image.partition("@")
    if at and not DIGEST.fullmatch(digest):
        return None
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        if not TAG.fullmatch(tag):
            return None
        name = head
    else:
        tag = ""
    domain, slash, path = name.partition("/")
    if not slash or not (re.search("[.:]", domain) or domain == "localhost" or domain.lower() != domain):
        domain, path = HUB, name
    if domain == "index.docker.io":
        domain = HUB
    if domain == HUB and "/" not in path:
        path = "library/" + path
    if not DOMAIN.fullmatch(domain) or not PATH.fullmatch(path):
        return None
    return Reference(domain, path, tag, digest)


def familiar(image, digest=""):
    """An image as Docker's own client writes it: short where it is the hub's, with the tag that is meant."""
    found = parse(image)
    if found is None:
        return image
    path = found.path
    if found.domain == HUB:
        path = path[len("library/") :] if re.fullmatch("library/[^/]+", path) else path
    else:
        path = f"{found.domain}/{path}"
    digest = found.digest or digest
    tag = found.tag or ("" if found.digest else "latest")
    return path + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")


def host(image):
    """The registry of an image."""
    found = parse(image)
    return found.domain if found else ""


def matches(wanted, running):
    """Whether what runs is the image that is wanted; a digest counts where one is wanted."""
    one, other = parse(familiar(wanted)), parse(familiar(running))
    if one is None or other is None:
        return wanted == running
    if one.digest:
        return one[:2] == other[:2] and one.digest == other.digest
    return one[:3] == other[:3]
