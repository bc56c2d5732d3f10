"""What nodes say of themselves, beside what EC2 and EC2 Auto Scaling say of the VMs that they are."""
import re
import time

from aws import AwsError
from context import age, hostname, label
from lead import UNASKED, address

# What was found right is looked at again after so many seconds, and what was found wrong.
RIGHT, WRONG = 900, 30
# So many addresses in one request.
MANY = 100
# EC2 is waited for so long, in seconds, before the groups alone are asked: a swarm that grows nowhere while EC2 is away is worse.
PATIENCE = 120
# Codes by which EC2 says that the role may not ask.
DENIED = ("UnauthorizedOperation", "AccessDenied", "AccessDeniedException")


def doubts(node, nodes):
    """
    Of each node that is there, by its id: why it gets no work, or None where what it says of itself is right, or that nobody could
    be asked yet.
    """
    kept = node.recall("verified") or {}
    there = [one for one in nodes if one["Status"]["State"] == "ready" and label(one, "fleet")]
    found, due = {}, []
    for one in there:
        before = kept.get(one["ID"])
        if before and before["said"] == said(one) and age(before["at"]) < (WRONG if before["why"] else RIGHT):
            found[one["ID"]] = before
        else:
            due.append(one)
    if due:
        due.sort(key=lambda one: one["ID"] not in kept)
        try:
            known = instances(node, {address(one) for one in due})
            groups = {} if all(known.get(address(one)) for one in due) else group_names(node, due)
        except (AwsError, OSError) as error:
            node.log(f"cannot ask what nodes are: {error}")
            return {**whys(found), **{one["ID"]: kept[one["ID"]]["why"] if same(kept, one) else UNASKED for one in due}}
        for one in due:
            why = lie(node, one, known.get(address(one)), groups) or taken(one, there, due, found)
            found[one["ID"]] = {"said": said(one), "why": why, "at": time.monotonic()}
            if why:
                node.log(f"node {hostname(one)} gets no work: {why}")
        node.remember("verified", found)
    return whys(found)


def whys(found):
    return {key: entry["why"] for key, entry in found.items()}


def same(kept, one):
    return one["ID"] in kept and kept[one["ID"]]["said"] == said(one)


def said(one):
    """All of a node that is looked at: where the managers see it, and what it says."""
    return [address(one), one["Spec"]["Role"], *(label(one, key) for key in ("cluster", "fleet", "zone", "lifecycle", "instance"))]


def lie(node, one, known, groups):
    """
    What a node says wrongly, or None. `known` is all that EC2 has at its address, in this and in other networks; where it has
    nothing there, the group of the instance that the node says it is has to be the fleet's.
    """
    cluster, instance = node.config["cluster"], label(one, "instance")
    if label(one, "cluster") not in (None, cluster):
        return f"it says that it is of the cluster {label(one, 'cluster')}"
    group = f"{cluster}-{label(one, 'fleet')}"
    if not known:
        there = groups.get(instance, group)
        return None if there == group else f"it says that it is {instance} of {group}, which is of {there}"
    own = next((each for each in known if each["instance"] == instance), None)
    if own is None:
        return f"it says that it is {instance}, and EC2 knows {', '.join(sorted(each['instance'] for each in known))} at {address(one)}"
    right = {"group": group, "zone": label(one, "zone"), "lifecycle": label(one, "lifecycle") or "on-demand"}
    wrong = [key for key, text in right.items() if text is not None and own[key] not in (None, text)]
    if wrong:
        return f"it says {', '.join(f'{key} {right[key]}' for key in wrong)}, and EC2 {', '.join(f'{key} {own[key]}' for key in wrong)}"
    return None


def taken(one, there, due, found):
    """Whether another node is that instance already, at another address."""
    for other in there:
        if other["ID"] == one["ID"] or label(one, "instance") is None or label(other, "instance") != label(one, "instance"):
            continue
        if address(other) != address(one) and other["ID"] in found and not found[other["ID"]]["why"]:
            return f"it says that it is {label(one, 'instance')}, which {hostname(other)} is at {address(other)}"
    return None


def instances(node, addresses):
    """What EC2 has at addresses, by these; nothing where the role may not ask, as that of a version before could not."""
    found, wanted = {}, sorted(addresses - {None})
    for start in range(0, len(wanted), MANY):
        part = wanted[start : start + MANY]
        values = {f"Filter.1.Value.{place + 1}": text for place, text in enumerate(part)}
        try:
            text = node.aws.query("ec2", "DescribeInstances", "2016-11-15", **{"Filter.1.Name": "private-ip-address"}, **values)
        except (AwsError, OSError) as error:
            if getattr(error, "code", None) not in DENIED and node.waited("ec2") < PATIENCE:
                raise
            node.log(f"EC2 does not say which VMs there are, their groups are asked: {error}")
            return {}
        node.forget("ec2")
        for each in text.split("<instanceId>")[1:]:
            entry = {
                "instance": each.split("<", 1)[0],
                "group": tag(each, "aws:autoscaling:groupName"),
                "zone": first(each, "availabilityZone"),
                "lifecycle": first(each, "instanceLifecycle") or "on-demand",
            }
            for place in set(re.findall(r"<privateIpAddress>([^<]*)<", each)) & set(part):
                found.setdefault(place, []).append(entry)
    return found


def first(text, name):
    found = re.search(f"<{name}>([^<]*)<", text)
    return found and found.group(1)


def tag(text, key):
    found = re.search(f"<key>{re.escape(key)}</key>\\s*<value>([^<]*)<", text)
    return found and found.group(1)


def group_names(node, nodes):
    """The groups of the instances that nodes say they are, by the word of EC2 Auto Scaling."""
    names, found = sorted({label(one, "instance") for one in nodes} - {None}), {}
    for start in range(0, len(names), 50):
        fields = {f"InstanceIds.member.{place + 1}": name for place, name in enumerate(names[start : start + 50])}
        text = node.aws.autoscaling("DescribeAutoScalingInstances", **fields)
        for part in re.findall(r"<member>(.*?)</member>", text, re.S):
            if first(part, "InstanceId") and first(part, "AutoScalingGroupName"):
                found[first(part, "InstanceId")] = first(part, "AutoScalingGroupName")
    return found
