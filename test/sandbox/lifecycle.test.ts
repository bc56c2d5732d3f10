import { expect, test } from "vitest";
import { engine, program, Project, skipReason } from "./terraform.js";

const small = {
  aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" } } },
  aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", availability_zone: "eu-west-1a" } },
};

test.skipIf(engine === undefined)(`a network is applied, and then there is nothing to do (${skipReason})`, async () => {
  const project = new Project();
  await project.apply(program(small));
  expect(project.plan()).toEqual([]);
  const { "aws_vpc.main": vpc, "aws_subnet.a": subnet } = project.state();
  expect(vpc).toMatchObject({ cidr_block: "10.0.0.0/16", tags_all: { Name: "main" } });
  expect(vpc?.["id"]).toMatch(/^vpc-0[0-9a-f]{16}$/);
  expect(subnet?.["vpc_id"]).toBe(vpc?.["id"]);
});
