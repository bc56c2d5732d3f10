import { CALLER } from "../live/caller.js";
import type { Answer, Call } from "../live/wire.js";

/** How the replacement of a fleet's VMs stands at one look. */
export interface Look {
  readonly id?: string;
  readonly state: string;
  readonly percent: number;
  readonly reason?: string;
}

const answer = (action: string, result: string): Answer => ({
  status: 200,
  body: `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${result}</${action}Result></${action}Response>`,
});
const template = (version: number): string =>
  `<LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>${version}</Version></LaunchTemplate>`;
const tag = (key: string, value: string): string => `<member><Key>${key}</Key><Value>${value}</Value></member>`;

/** A group of one healthy VM, from the version of the launch template that the group has, or from the one before. */
const group = (
  fleet: string,
  old: boolean,
): string => `<member><AutoScalingGroupName>shop-${fleet}</AutoScalingGroupName>
<MinSize>1</MinSize><MaxSize>1</MaxSize><DesiredCapacity>1</DesiredCapacity>${template(2)}<Instances><member>
<InstanceId>i-${fleet}</InstanceId><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus>
<AvailabilityZone>eu-west-1a</AvailabilityZone>${template(old ? 1 : 2)}</member></Instances>
<Tags>${tag("lightfleet:cluster", "shop")}${tag("lightfleet:fleet", fleet)}</Tags></member>`;

/** What became of the replacement before, which AWS tells of until there is another. */
const BEFORE: Look = { id: "0", state: "Failed", percent: 10, reason: "an old story" };

/** Answers as AWS does while the VMs of `core` are replaced, one look after the other; the last one stays. */
export function replacing(...looks: readonly Look[]): (call: Call) => Answer {
  return standing(BEFORE, ...looks);
}

/** The same without anything before. */
export function standing(...looks: readonly Look[]): (call: Call) => Answer {
  const open = [...looks];
  return ({ action }) => {
    const [now] = open;
    const old = now !== undefined && now.state !== "Successful";
    if (action === "DescribeAutoScalingGroups")
      return answer(action, `<AutoScalingGroups>${group("control", false)}${group("core", old)}</AutoScalingGroups>`);
    if (action === "DescribeInstances")
      return {
        status: 200,
        body: '<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet/></DescribeInstancesResponse>',
      };
    if (action !== "DescribeInstanceRefreshes") return CALLER;
    if (open.length > 1) open.shift();
    const { id = "1", state = "", percent = 0, reason } = now ?? {};
    return answer(
      action,
      `<InstanceRefreshes><member><InstanceRefreshId>${id}</InstanceRefreshId><AutoScalingGroupName>shop-core</AutoScalingGroupName>
<Status>${state}</Status><PercentageComplete>${percent}</PercentageComplete>${reason === undefined ? "" : `<StatusReason>${reason}</StatusReason>`}</member></InstanceRefreshes>`,
    );
  };
}
