"""Tokens of Amazon ECR, whose registries are known by their names."""
import re
from concurrent.futures import ThreadPoolExecutor

from aws import AwsError

# The whole host, and nothing that only begins or ends like one: a token opens all that the VM's role may read. Names as in
# Amazon ECR's "Service endpoints": IPv4 alone and both, with FIPS and without, and those of China.
ECR = re.compile(
    r"[0-9]{12}\.(?:"
    r"dkr\.ecr(?:-fips)?\.(?P<v4>[a-z]{2}(?:-[a-z]+)+-[0-9]+)\.amazonaws\.(?P<v4domain>com|com\.cn)|"
    r"dkr-ecr(?:-fips)?\.(?P<v6>[a-z]{2}(?:-[a-z]+)+-[0-9]+)\.on\.(?P<v6domain>aws|amazonwebservices\.com\.cn)"
    r")"
)
TOKEN = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"


def region_of(host, partition=None):
    """The region of a registry of ECR; None where a host is none, or one of a partition that a role of this one cannot read."""
    found = ECR.fullmatch(host)
    if not found:
        return None
    region = found["v4"] or found["v6"]
    china = (found["v4domain"] or found["v6domain"]).endswith(".cn")
    return region if region.startswith("cn-") == china and partition in (None, partition_of(region)) else None


def partition_of(region):
    """AWS keeps accounts, roles and endpoints of these apart."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def tokens(node, hosts):
    """
    Logins of the registries of ECR among these hosts, as `user:password` in base64, and why there are none for others: each
    token is asked of its own region, and one region that gives none keeps no other from its own.
    """
    regions = {}
    for host in sorted(set(hosts)):
        region = region_of(host, partition_of(node.config["region"]))
        if region:
            regions.setdefault(region, []).append(host)
    found, failed = {}, []
    if not regions:
        return found, failed

    def ask(region):
        try:
            answer = node.aws.call("ecr", TOKEN, {}, prefix="api.", region=region)
            return answer["authorizationData"][0]["authorizationToken"], None
        except (AwsError, OSError, LookupError, TypeError) as error:
            return None, f"no token of ECR in {region}: {error}"

    # All at once: regions that are silent cost one wait, and not one each.
    with ThreadPoolExecutor(len(regions)) as pool:
        for region, (token, why) in zip(sorted(regions), pool.map(ask, sorted(regions))):
            if why is not None:
                failed.append(why)
            else:
                found.update({host: token for host in regions[region]})
    return found, failed
