import { describe, expect, test } from "vitest";
import { resourceAt, statementsOf, textAt } from "../../program/document.js";
import { examples } from "../../program/examples.js";
import { small } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

const WRITES = /:(Put|Create|Delete|Update|Attach|Modify|Terminate|Run)/;

describe.each(examples)("the roles of examples/$name", ({ run }) => {
  test("let workers read their settings, the worker's token and where the managers are, and nothing of S3 or of the managers", async () => {
    const { document, model } = await run();
    for (const { id } of model.fleets.filter(({ role }) => role === "worker")) {
      const statements = statementsOf(resourceAt(document, `aws_iam_role_policy.${id}`));
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions.filter((action) => action.startsWith("s3:"))).toEqual([]);
      expect(actions.filter((action) => WRITES.test(action))).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
      const parameters = statements.filter(({ Action }) => Action.some((action) => action.startsWith("ssm:")));
      const prefix = `arn:aws:ssm:eu-west-1:*:parameter/lightfleet/${model.cluster}`;
      expect(parameters.flatMap(({ Resource }) => Resource)).toEqual([
        `${prefix}/settings`,
        `${prefix}/swarm/worker`,
        `${prefix}/swarm/managers`,
      ]);
    }
  });

  test("let managers keep the tokens, pull the release and write the status", async () => {
    const { document } = await run();
    const statements = statementsOf(resourceAt(document, "aws_iam_role_policy.control"));
    const of = (prefix: string) =>
      statements.filter(({ Action }) => Action.some((action) => action.startsWith(prefix)));
    expect(of("s3:").map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ["s3:GetObject", "s3:GetObjectVersion"],
        ["${aws_s3_bucket.cluster.arn}/release.json", "${aws_s3_bucket.cluster.arn}/programs/*"],
      ],
      [["s3:PutObject"], ["${aws_s3_bucket.cluster.arn}/status.json"]],
    ]);
    expect(of("ssm:").flatMap(({ Resource }) => Resource)).toContainEqual(expect.stringMatching(/\/swarm\/\*$/));
  });

  test("allow no action on everything but those that AWS takes in no other way", async () => {
    const { document, model } = await run();
    for (const { id } of model.fleets)
      for (const { Action, Resource } of statementsOf(resourceAt(document, `aws_iam_role_policy.${id}`))) {
        expect(Action.join()).not.toContain("*");
        if (Resource.includes("*"))
          expect([
            "ecr:GetAuthorizationToken",
            "autoscaling:DescribeAutoScalingInstances",
            "ec2:DescribeInstances",
          ]).toContain(Action.join());
      }
  });

  test("go to EC2 alone", async () => {
    const role = resourceAt((await run()).document, "aws_iam_role.core");
    expect(JSON.parse(textAt(role, "assume_role_policy"))).toMatchObject({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    });
  });
});

test.each([
  ["cn-north-1", "arn:aws-cn:", "ec2.amazonaws.com.cn"],
  ["us-gov-west-1", "arn:aws-us-gov:", "ec2.amazonaws.com"],
])("in %s ARNs and principals are those of the partition", (region, arn, principal) => {
  const { document } = synthesize((app) => {
    small(app, { platform: { region } });
  });
  const policy = textAt(resourceAt(document, "aws_iam_role_policy.core"), "policy");
  expect(policy).toContain(arn);
  expect(policy).not.toContain("arn:aws:");
  expect(textAt(resourceAt(document, "aws_iam_role.core"), "assume_role_policy")).toContain(`"${principal}"`);
});
