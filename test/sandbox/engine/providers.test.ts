import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { actionsOf, engine, PATIENCE, network, program, Project, skipReason } from "./terraform.js";

test.skipIf(engine === undefined)(
  `providers with aliases, objects made before others are destroyed, data sources, default tags (${engine ?? skipReason})`,
  async () => {
    const project = new Project();
    const group = (description: string) => ({
      ...network(),
      aws_vpc: {
        ...network()["aws_vpc"],
        far: { cidr_block: "10.0.0.0/16", provider: "aws.far" },
      },
      aws_security_group: {
        web: {
          name_prefix: "web-",
          description,
          vpc_id: "${aws_vpc.main.id}",
          lifecycle: { create_before_destroy: true },
        },
      },
    });
    const more = {
      provider: {
        aws: [
          { region: "eu-west-1", default_tags: [{ tags: { team: "shop" } }] },
          { region: "us-east-1", alias: "far" },
        ],
      },
      data: {
        aws_availability_zones: { all: { state: "available" } },
        aws_caller_identity: { me: {} },
        aws_vpc: { same: { id: "${aws_vpc.main.id}" } },
      },
      output: {
        zones: { value: "${data.aws_availability_zones.all.names}" },
        account: { value: "${data.aws_caller_identity.me.account_id}" },
        range: { value: "${data.aws_vpc.same.cidr_block}" },
      },
    };
    await project.apply(program(group("one"), more));
    const outputs = JSON.parse(project.must("output", "-json"));
    expect(outputs.zones.value).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(outputs.account.value).toBe("000000000000");
    expect(outputs.range.value).toBe("10.0.0.0/16");
    const { "aws_vpc.main": here, "aws_vpc.far": far, "aws_security_group.web": before } = project.state();
    expect(here?.["tags_all"]).toEqual({ Name: "main", team: "shop" });
    expect(far?.["arn"]).toContain(":us-east-1:");
    expect(existsSync(project.file("aws_vpc", here?.["id"]))).toBe(true);
    expect(existsSync(project.file("aws_vpc", far?.["id"], "us-east-1"))).toBe(true);

    await project.write(program(group("two"), more));
    expect(actionsOf(project.plan())).toEqual({ "aws_security_group.web": "create+delete" });
    project.must("apply", "plan.bin");
    const after = project.state()["aws_security_group.web"];
    expect(after?.["id"]).not.toBe(before?.["id"]);
    expect(after?.["name"]).toMatch(/^web-\d{26}$/);
    expect(project.plan()).toEqual([]);
  },
  PATIENCE,
);
