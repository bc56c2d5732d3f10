"""
Tokens of Amazon ECR that open the repositories of one fleet's services and nothing else: a worker is given the token of each of its
tasks, and whoever breaks into it has that.
"""
import json

import ecr
from aws import Aws, AwsError
from lead import settings

FLEET = "node.labels.lightfleet.fleet"
# IAM's limit of a policy that a session is given (AWS STS, `AssumeRole`, `Policy`), in characters.
POLICY = 2048
PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]


class Session(Aws):
    """Requests with the credentials of a role that was assumed."""

    def __init__(self, aws, credentials):
        super().__init__(None, aws.region, aws.domain)
        self._given = credentials

    def credentials(self):
        return self._given


def fleets(spec):
    """What a service's constraints say of fleets: services of the same fleets have the same."""
    placement = spec["TaskTemplate"].get("Placement") or {}
    return ",".join(sorted(one.replace(" ", "")[len(FLEET) :] for one in placement.get("Constraints") or [] if one.startswith(FLEET)))


def tokens(node, wanted):
    """
    Tokens by (fleets, repository), for pairs of these, as `user:password` in base64; why there are none for others; and when the
    first of them ends. None where the cluster has no role for that, as one that was deployed before.
    """
    role = (settings(node) or {}).get("pull")
    if not role:
        return None
    partition = ecr.partition_of(node.config["region"])
    found, failed, ends = {}, [], []
    for group in sorted({one for one, _ in wanted}):
        repositories = {}
        for name in sorted({image for one, image in wanted if one == group}):
            host, _, path = name.partition("/")
            region = ecr.region_of(host, partition)
            if region:
                repositories[name] = (region, f"arn:{partition}:ecr:{region}:{host[:12]}:repository/{path}")
        for part in parts(repositories):
            try:
                session = assume(node, role, [repositories[name][1] for name in part])
                for region in sorted({repositories[name][0] for name in part}):
                    token, until = ask(session, region)
                    found.update({(group, name): token for name in part if repositories[name][0] == region})
                    ends += [until] if until else []
            except (AwsError, OSError, LookupError, TypeError) as error:
                failed.append(f"no token of ECR for {', '.join(part)}: {error}")
    return found, failed, min(ends, default=None)


def policy(arns):
    statements = [
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
        {"Effect": "Allow", "Action": PULL, "Resource": arns},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))


def parts(repositories):
    """Repositories in lists that each find room in the policy of one session."""
    found = []
    for name, (_, arn) in sorted(repositories.items()):
        if found and len(policy([*(repositories[one][1] for one in found[-1]), arn])) <= POLICY:
            found[-1].append(name)
        else:
            found.append([name])
    return found


def assume(node, role, arns):
    fields = {"RoleArn": role, "RoleSessionName": node.instance or "manager", "Policy": policy(arns), "DurationSeconds": "3600"}
    text = node.aws.query("sts", "AssumeRole", "2011-06-15", **fields)
    names = {"AccessKeyId": "AccessKeyId", "SecretAccessKey": "SecretAccessKey", "Token": "SessionToken"}
    return Session(node.aws, {key: text.split(f"<{name}>")[1].split("<")[0] for key, name in names.items()})


def ask(session, region):
    answer = session.call("ecr", ecr.TOKEN, {}, prefix="api.", region=region)["authorizationData"][0]
    until = answer.get("expiresAt")
    return answer["authorizationToken"], float(until) if isinstance(until, (int, float)) else None
