#!/usr/bin/env node
/**
 * Makes docs/iam/deployer.json out of the actions that a real apply and destroy asked for:
 *   LIGHTFLEET_RECORD=actions.json npx vitest run test/live/lifecycle.test.ts
 *   node scripts/deployer-policy.mjs actions.json
 */
import { readFileSync, writeFileSync } from "node:fs";

/** What AWS asks for behind calls: nobody sees these on the wire. */
const IMPLIED = [
  "ec2:CreateTags", // tags at creation
  "ec2:RunInstances", // a group with a launch template
  "elasticloadbalancing:AddTags",
  "iam:CreateServiceLinkedRole", // the first group, load balancer or file system of an account
  "iam:PassRole", // an instance profile in a launch template
  "logs:TagResource",
  "ssm:AddTagsToResource",
];

/** What the examples need only where they have shared volumes, or release while managers tell. */
const VOLUMES = [
  "elasticfilesystem:CreateFileSystem",
  "elasticfilesystem:CreateMountTarget",
  "elasticfilesystem:DeleteFileSystem",
  "elasticfilesystem:DeleteMountTarget",
  "elasticfilesystem:DescribeFileSystems",
  "elasticfilesystem:DescribeLifecycleConfiguration",
  "elasticfilesystem:DescribeMountTargets",
  "elasticfilesystem:DescribeMountTargetSecurityGroups",
  "elasticfilesystem:TagResource",
];

/** What Lightfleet asks by itself while it waits, and what it shows. */
const OWN = [
  "autoscaling:DescribeInstanceRefreshes",
  "autoscaling:DescribeScalingActivities",
  "ec2:DescribeInstances",
  "elasticloadbalancing:DescribeTargetHealth",
  "s3:GetObject",
  "sts:GetCallerIdentity",
];

const [, , file] = process.argv;
if (file === undefined) throw new Error("name the file with the recorded actions");
const recorded = JSON.parse(readFileSync(file, "utf8"));
const actions = [...new Set([...recorded, ...IMPLIED, ...VOLUMES, ...OWN])].sort();
const services = [...new Set(actions.map((action) => action.split(":")[0]))];
const Statement = services.map((service) => ({
  Sid: service.replace(/^./, (first) => first.toUpperCase()),
  Effect: "Allow",
  Action: actions.filter((action) => action.startsWith(`${service}:`)),
  Resource: "*",
}));
const target = new URL("../docs/iam/deployer.json", import.meta.url);
writeFileSync(target, `${JSON.stringify({ Version: "2012-10-17", Statement }, null, 2)}\n`);
