import { recordOf, textOf } from "../../../lib/records.js";
import { parameterPath } from "../parameters.js";
import { arnOf, namesOf, type Program } from "./program.js";
import { grant, type Grant } from "./statement.js";

const GROUPS = [
  ...["CancelInstanceRefresh", "CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup"],
  ...["DeleteLifecycleHook", "DeleteTags", "PutLifecycleHook", "ResumeProcesses", "StartInstanceRefresh"],
  ...["SuspendProcesses", "UpdateAutoScalingGroup", "AttachLoadBalancerTargetGroups", "DetachLoadBalancerTargetGroups"],
];

const BALANCERS = [
  ...["AddTags", "CreateListener", "CreateLoadBalancer", "CreateTargetGroup", "DeleteListener", "DeleteLoadBalancer"],
  ...["DeleteTargetGroup", "ModifyListener", "ModifyLoadBalancerAttributes", "ModifyTargetGroup"],
  ...["ModifyTargetGroupAttributes", "RemoveTags", "SetSecurityGroups", "SetSubnets"],
];
const RULES = ["CreateRule", "DeleteRule", "ModifyRule", "SetRulePriorities"];

/** Groups, load balancers, parameters and logs: the program names them. */
export function machineGrants(program: Program): readonly Grant[] {
  const arns = (service: string, type: string, ...forms: readonly ((name: string) => string)[]): string[] =>
    namesOf(program, type).flatMap((name) => forms.map((form) => arnOf(program, service, form(name))));
  const hasRules = program.of("aws_lb_listener_rule").length > 0;
  const elb = "elasticloadbalancing";
  return [
    ...grant(
      "Groups",
      GROUPS.map((action) => `autoscaling:${action}`),
      arns("autoscaling", "aws_autoscaling_group", (name) => `autoScalingGroup:*:autoScalingGroupName/${name}`),
    ),
    ...grant(
      "LoadBalancers",
      [...BALANCERS, ...(hasRules ? RULES : [])].map((action) => `${elb}:${action}`),
      [
        ...arns(
          elb,
          "aws_lb",
          (name) => `loadbalancer/app/${name}/*`,
          (name) => `listener/app/${name}/*`,
          ...(hasRules ? [(name: string) => `listener-rule/app/${name}/*`] : []),
        ),
        ...arns(elb, "aws_lb_target_group", (name) => `targetgroup/${name}/*`),
      ],
    ),
    ...parameterGrants(program),
    ...grant(
      "Logs",
      [
        "CreateLogGroup",
        "DeleteLogGroup",
        "ListTagsForResource",
        "PutRetentionPolicy",
        "TagResource",
        "UntagResource",
      ].map((action) => `logs:${action}`),
      arns(
        "logs",
        "aws_cloudwatch_log_group",
        (name) => `log-group:${name}`,
        (name) => `log-group:${name}:*`,
      ),
    ),
  ];
}

function parameterGrants(program: Program): readonly Grant[] {
  const parameter = (name: string): string => arnOf(program, "ssm", `parameter/${name.replace(/^\//, "")}`);
  const swarm = `${parameterPath(program.cluster)}/swarm`;
  return [
    ...grant(
      "Parameters",
      [
        "AddTagsToResource",
        "DeleteParameter",
        "GetParameter",
        "GetParameters",
        "ListTagsForResource",
        "PutParameter",
        "RemoveTagsFromResource",
      ].map((action) => `ssm:${action}`),
      namesOf(program, "aws_ssm_parameter").map(parameter),
    ),
    ...grant(
      "EndOfSwarm",
      ["ssm:DeleteParameters", "ssm:GetParametersByPath"],
      [parameter(swarm), parameter(`${swarm}/*`)],
    ),
    ...grant("ReadImages", ["ssm:GetParameters"], imageParameters(program).map(parameter)),
  ];
}

/** The parameters that templates have EC2 look their image up in. */
const imageParameters = (program: Program): string[] =>
  program.of("aws_launch_template").flatMap(([, block]) => {
    const name = /^resolve:ssm:([^:]+)/.exec(textOf(recordOf(block)["image_id"]) ?? "")?.[1];
    return name === undefined ? [] : [name];
  });
