import { describe, expect, test } from "vitest";
import { engine, network, PATIENCE, program, Project, skipReason } from "./terraform.js";

/** Output is wrapped, and drawn into a box: white space counts for nothing. */
const flat = (output: string): string => output.replace(/\s*│?\s+/g, " ");

describe.skipIf(engine === undefined)(
  `what goes wrong, as users see it (${engine ?? skipReason})`,
  { timeout: PATIENCE },
  () => {
    test("types and arguments that the provider does not have are named, at their place", async () => {
      const project = new Project();
      await project.write(
        program({
          aws_mystery_box: { one: {} },
          aws_vpc: { main: { cidr_block: ["10.0.0.0/16"], colour: "red" } },
          aws_ssm_parameter: { p: { name: "/p", type: "String" } },
        }),
      );
      const { status, output } = project.run("validate");
      expect(status).toBe(1);
      expect(flat(output)).toContain('resource type "aws_mystery_box"');
      expect(flat(output)).toContain('argument or block type is named "colour"');
      expect(flat(output)).toContain("cdk.tf.json line");
    });

    test("what the cloud refuses fails alone, and the rest is made", async () => {
      const project = new Project();
      await project.write(
        program({
          ...network(),
          aws_iam_role: {
            a: { name: "same", assume_role_policy: "{}" },
            b: { name: "same", assume_role_policy: "{}" },
          },
          aws_autoscaling_group: {
            g: { name: "g", min_size: 1, max_size: 1, vpc_zone_identifier: ["subnet-0123"] },
          },
        }),
      );
      const { status, output } = project.run("apply", "-auto-approve");
      expect(status).toBe(1);
      expect(flat(output)).toContain("EntityAlreadyExists: Role with name same already exists.");
      expect(flat(output)).toContain("InvalidSubnetID.NotFound: The subnet ID 'subnet-0123' does not exist");
      expect(Object.keys(project.state())).toEqual(expect.arrayContaining(["aws_subnet.a", "aws_vpc.main"]));

      const file = project.file("aws_vpc", project.state()["aws_vpc.main"]?.["id"]);
      project.overwrite(file, "{ not json");
      const broken = project.run("plan");
      expect(broken.status).toBe(1);
      expect(broken.output.replace(/\s*│?\s+/g, "")).toContain(file);
      expect(() => project.sandbox.inventory("shop")).toThrow(expect.objectContaining({ code: "LF082" }));
    });
  },
);
