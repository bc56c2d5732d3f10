import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { permissionsBoundary } from "../../../../stacks/aws/iam/boundary.js";
import { deployerPolicy } from "../../../../stacks/aws/iam/deployer-policy.js";
import { readProgram } from "../../../../stacks/aws/iam/program.js";
import { examples } from "../../../program/examples.js";

const file = (name: string): string => fileURLToPath(new URL(`../../../../docs/iam/${name}.json`, import.meta.url));
const text = (policy: object): string => `${JSON.stringify(policy, null, 2)}\n`;

test("docs/iam has the policies of examples/shop, with a boundary and a state in S3", async () => {
  const { document, model } = await examples.find(({ name }) => name === "shop")!.run();
  const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/shop-boundary";
  const platform = { ...model.platform, permissionsBoundary: permissionsBoundaryArn };
  const program = readProgram(document, { ...model, platform });
  const state = { bucket: "acme-state", key: "shop/terraform.tfstate", region: "eu-west-1" };
  const { policies } = deployerPolicy(program, state);
  expect(policies).toHaveLength(2);
  for (const [i, policy] of policies.entries())
    await expect(text(policy)).toMatchFileSnapshot(file(`deployer-${i + 1}`));
  await expect(text(permissionsBoundary(program).policy)).toMatchFileSnapshot(file("boundary"));
});
