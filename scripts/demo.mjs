#!/usr/bin/env node
/**
 * The tour: the shop is synthesized, planned and applied by the real Terraform in the sandbox, then one service gets a new
 * version, then all is taken down. It works on a copy of examples/shop, asks nothing, and starts from nothing each time.
 */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const project = join(root, ".lightfleet", "demo");
const cli = join(root, "dist", "bin", "lightfleet.js");
const bold = (text) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);

let interrupted = false;
process.on("SIGINT", () => (interrupted = true));

/** Runs lightfleet in the project as a user would, and ends the demo where it fails. */
async function lightfleet(args, { expected = 0, quiet = false } = {}) {
  if (!quiet) console.log(bold(`\n$ lightfleet ${args.join(" ")}`));
  const child = spawn(process.execPath, [cli, "-C", project, ...args], {
    stdio: ["ignore", quiet ? "pipe" : "inherit", "inherit"],
  });
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => (output += chunk));
  const code = await new Promise((done) => child.on("close", (exit, signal) => done(exit ?? signal)));
  if (interrupted) process.exit(130);
  if (code === expected) return output;
  console.error(`\nthe demo stops: 'lightfleet ${args.join(" ")}' ended with ${code}, not ${expected}`);
  process.exit(1);
}

const say = (text) => console.log(`\n${bold("#")} ${text}`);

if (!existsSync(cli)) {
  console.error("dist/ is not built: run 'npm ci' or 'npm run build' first");
  process.exit(1);
}

mkdirSync(project, { recursive: true });
cpSync(join(root, "examples", "shop"), project, {
  recursive: true,
  filter: (path) => !/cdktf\.out|\.lightfleet$/.test(path.slice(root.length + "/examples/shop".length)),
});
await lightfleet(["sandbox", "reset"], { quiet: true });

say(
  "The program, examples/shop/shop.ts, describes two fleets and twelve services. It becomes a model and Terraform's JSON.",
);
await lightfleet(["synth"]);

say(
  "The real Terraform plans and applies that JSON. A provider inside of Lightfleet stands in for AWS: no account, no network.",
);
await lightfleet(["deploy", "--sandbox", "--yes"]);

say("What is there now.");
await lightfleet(["status", "--sandbox"]);

say("A developer releases a new version of one service, cartservice, and changes one line:");
const program = join(project, "shop.ts");
const before = readFileSync(program, "utf8");
const line = `component("cartservice", 7070, { cpu: 0.2,`;
const changed = `component("cartservice", 7070, { image: image("cartservice", "v0.10.7"), cpu: 0.2,`;
writeFileSync(program, before.replace(line, changed));
console.log(`  - ${line} …\n  + ${changed} …`);

say("Services are one object that the managers pull. So this changes that object, and touches no VM.");
await lightfleet(["diff", "--sandbox"], { expected: 2 });
const { clusters } = JSON.parse(await lightfleet(["diff", "--sandbox", "--json"], { expected: 2, quiet: true }));
const touched = clusters.flatMap(({ summary }) => summary.changes.map(({ address }) => address));
if (touched.length !== 1 || touched[0] !== "aws_s3_object.release") {
  console.error(`the demo stops: the new version should change aws_s3_object.release alone, not ${touched.join(", ")}`);
  process.exit(1);
}

say("And all goes away again.");
await lightfleet(["destroy", "--sandbox", "--yes"]);
rmSync(project, { recursive: true, force: true });
say("That was Lightfleet. Your own project: npx lightfleet init my-cluster");
