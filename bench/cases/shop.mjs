import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { race, ratioTo, runOnce } from "../harness.mjs";
import { ratio, ratioTable, target } from "../report.mjs";
import { countResources, differences, translate } from "../translate.mjs";
import { cli, program, root } from "../workshop.mjs";

const node = process.execPath;
const ours = "lightfleet synth";
const raw = "raw cdktf, one process";
const rawCli = "cdktf synth";

export const name = "shop";

/** Synthesis of the shop: what a user waits for after each change. */
export async function run({ runs, workshop, log }) {
  const home = workshop.project("shop", join(root, "examples", "shop"));
  const synth = { name: ours, argv: [node, cli, "synth", "-C", home] };
  const first = {
    ...synth,
    name: `${ours}, first time in a folder`,
    before: () =>
      ["cdktf.out", ".lightfleet"].forEach((folder) => rmSync(join(home, folder), { recursive: true, force: true })),
  };
  await runOnce(synth);
  const document = readDocument(home, "shop");
  const peer = workshop.peer("shop-raw", {
    "main.cjs": translate(document, "shop"),
    "cdktf.json": JSON.stringify({
      language: "typescript",
      app: "node main.cjs",
      projectId: "shop",
      sendCrashReports: "false",
    }),
  });
  const rawProgram = { name: raw, argv: [node, "main.cjs"], cwd: peer };
  await runOnce(rawProgram);
  const different = differences(document, readDocument(peer, "shop"));
  if (different.length > 0) throw new Error(`the peer does not make the same: ${different.join(", ")}`);

  const cdk = {
    argv: [node, program("aws-cdk.cjs")],
    env: { FLEETS: "3", SERVICES: "12", CDK_OUTDIR: join(peer, "cdk.out") },
  };
  const times = await race(
    [
      { name: "node -e 0", argv: [node, "-e", "0"] },
      first,
      synth,
      rawProgram,
      {
        name: rawCli,
        argv: [join(peer, "node_modules", ".bin", "cdktf"), "synth"],
        cwd: peer,
        env: { CHECKPOINT_DISABLE: "1", CI: "1" },
      },
      { name: "aws-cdk-lib L1, validation off", ...cdk, env: { ...cdk.env, CDK_VALIDATION: "false" } },
      { name: "aws-cdk-lib L1, as it comes", ...cdk },
    ],
    { runs, log },
  );
  const toRaw = ratioTo(times, first.name, raw);
  const toCli = ratioTo(times, rawCli, first.name);
  return {
    title: "Synthesis of the shop",
    text: `${countResources(document)} resources and data sources. Raw cdktf is a plain JavaScript program with deep imports that makes the same resources, translated from the JSON that Lightfleet wrote; aws-cdk-lib a comparable stack of three fleets and twelve services. Lightfleet's program is TypeScript: compiling it counts.`,
    tables: [ratioTable(times, raw)],
    targets: [
      target("cold `synth` of the shop no slower than raw cdktf in one process", `${ratio(toRaw)} ×`, toRaw <= 1),
      target("cold `synth` of the shop >= 6 × faster than `cdktf synth`", `${ratio(toCli)} ×`, toCli >= 6),
    ],
  };
}

function readDocument(home, stack) {
  return JSON.parse(readFileSync(join(home, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8"));
}
