import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actionsOf, engine, PATIENCE, network, program, Project, skipReason } from "./terraform.js";

test.skipIf(engine === undefined)(
  `a network through its whole life: made, changed, replaced, edited behind the engine's back, imported, destroyed (${engine ?? skipReason})`,
  async () => {
    const project = new Project();
    await project.write(program(network()));
    project.must("validate");
    const planned = project.plan();
    expect(planned[1]).toMatchObject({
      address: "aws_vpc.main",
      change: { actions: ["create"], after: { enable_dns_support: true }, after_unknown: { id: true, arn: true } },
    });
    expect(planned[0]?.change.after_unknown["vpc_id"]).toBe(true);
    project.must("apply", "plan.bin");
    const first = project.state();
    const vpc = String(first["aws_vpc.main"]?.["id"]);
    expect(first["aws_vpc.main"]).toMatchObject({
      arn: `arn:aws:ec2:eu-west-1:000000000000:vpc/${vpc}`,
      tags_all: { Name: "main" },
    });
    expect(first["aws_subnet.a"]).toMatchObject({ vpc_id: vpc, availability_zone_id: "euw1-az1" });
    expect(project.plan()).toEqual([]);

    await project.write(program(network({ tags: { Name: "renamed" } })));
    expect(actionsOf(project.plan())).toEqual({ "aws_vpc.main": "update" });
    project.must("apply", "plan.bin");
    expect(project.state()["aws_vpc.main"]).toMatchObject({ id: vpc, tags: { Name: "renamed" } });

    project.edit(project.file("aws_vpc", vpc), () => ({ enable_dns_support: false }));
    project.delete(project.file("aws_subnet", first["aws_subnet.a"]?.["id"]));
    expect(actionsOf(project.plan())).toEqual({ "aws_subnet.a": "create", "aws_vpc.main": "update" });
    project.must("apply", "-refresh-only", "-auto-approve");
    expect(project.state()["aws_vpc.main"]?.["enable_dns_support"]).toBe(false);
    expect(project.state()["aws_subnet.a"]).toBeUndefined();
    project.must("apply", "-auto-approve");

    project.must("state", "rm", "aws_vpc.main");
    expect(project.run("import", "aws_vpc.main", "vpc-00000000000000000").output).toContain("vpc-00000000000000000");
    project.must("import", "aws_vpc.main", vpc);
    expect(project.plan()).toEqual([]);

    await project.write(program(network({ cidr_block: "10.1.0.0/16" }, { cidr_block: "10.1.1.0/24" })));
    const replaced = project.plan();
    expect(actionsOf(replaced)).toEqual({ "aws_subnet.a": "delete+create", "aws_vpc.main": "delete+create" });
    expect(replaced.find(({ address }) => address === "aws_vpc.main")?.change.replace_paths).toEqual([["cidr_block"]]);
    project.must("apply", "plan.bin");
    expect(project.state()["aws_vpc.main"]?.["id"]).not.toBe(vpc);

    project.must("destroy", "-auto-approve");
    const store = join(project.sandbox.directory, "store", "000000000000", "eu-west-1");
    expect(readdirSync(store).flatMap((type) => readdirSync(join(store, type)))).toEqual([]);
    // This process's own mark is there until it ends; locks of runs are given back.
    const locks = readdirSync(join(project.sandbox.directory, "locks"));
    expect(locks.filter((name) => !name.includes("@"))).toEqual([]);
  },
  PATIENCE,
);
