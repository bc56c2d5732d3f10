import { expect, test } from "vitest";
import { showDrift } from "../../bin/render/drift.js";
import { recordingTerminal } from "./recording-terminal.js";

const fix = `aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions '${"x".repeat(200)}'`;
const hole = {
  ...{ address: "aws_security_group.core", type: "aws_security_group", name: "core", what: "changed" as const },
  ...{ declared: true, attributes: [], added: [{ what: "ingress: tcp 22 from 0.0.0.0/0", fix }] },
};

test("what no deploy takes away is told with its command, which is never cut short", () => {
  const terminal = recordingTerminal({ width: 60 });
  showDrift({ id: "shop", deployed: true, resources: [hole] }, terminal);
  expect(terminal.results).toEqual([
    "shop: 1 resource changed outside",
    "  ~ changed aws_security_group.core",
    "      + ingress: tcp 22 from 0.0.0.0/0",
    "no deploy takes that away; put it right with:",
    `  ${fix}`,
  ]);
  const gone = { ...hole, address: "aws_lb.public", what: "gone" as const, added: [] };
  showDrift({ id: "shop", deployed: true, resources: [gone, hole], fix: "lightfleet deploy shop" }, terminal);
  expect(terminal.results.slice(-3)).toEqual([
    "put it right with: lightfleet deploy shop",
    "and what no deploy takes away, with:",
    `  ${fix}`,
  ]);
});
