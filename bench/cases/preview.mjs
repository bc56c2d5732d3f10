import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median, race } from "../harness.mjs";
import { ratioTable, seconds, target } from "../report.mjs";
import { cli, program, root } from "../workshop.mjs";

export const name = "preview";

const LARGE = { FLEETS: "100", SERVICES: "1000" };

/** Base against head, with nothing of either in the cache, beside a synthesis of one of them. */
export async function run({ runs, workshop, log }) {
  const shop = repository(workshop.project("preview-shop", join(root, "examples", "shop")), "shop.ts", [
    ["v0.10.6", "v0.10.7"],
    ["min: 3, max: 9", "min: 4, max: 9"],
  ]);
  const large = repository(workshop.project("preview-large", program("large")), "main.ts", [
    [":1.0.0", ":1.1.0"],
    ["min: 3, max: 9", "min: 4, max: 9"],
  ]);
  const contenders = [
    command("synth of the shop", shop, ["synth"]),
    command("preview of the shop", shop, ["preview", "--format", "html", "-o", join(shop, "preview.html")]),
    command("synth of 100 fleets, 1,000 services", large, ["synth"], LARGE),
    command("preview of 100 fleets, 1,000 services", large, ["preview"], LARGE),
  ];
  const times = await race(contenders, { runs, log });
  const took = (which) => median(times.get(which));
  const [small, much] = [took("preview of the shop"), took("preview of 100 fleets, 1,000 services")];
  return {
    title: "Preview",
    text: "The working tree against the commit before it: every service has another version, every fleet another size. Base is written out of git, both are synthesized and checked, base is applied and head planned in memory, and the whole is rendered.",
    tables: [ratioTable(times, "synth of the shop")],
    targets: [
      target("preview of the shop, base against head, cold < 3 s", seconds(small), small < 3_000),
      target("… of 100 fleets and 1,000 services < 10 s", seconds(much), much < 10_000),
    ],
  };
}

/** A project as a repository of one commit, with changes of a file that are not committed. */
function repository(home, file, changes) {
  const git = (...args) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], { cwd: home });
  writeFileSync(join(home, ".gitignore"), "node_modules\ncdktf.out\n.lightfleet\npreview.html\n");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=base");
  const before = readFileSync(join(home, file), "utf8");
  const after = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} has no '${from}'`);
    return text.replaceAll(from, to);
  }, before);
  writeFileSync(join(home, file), after);
  return home;
}

function command(label, home, args, env = {}) {
  return {
    name: label,
    argv: [process.execPath, cli, ...args, "-C", home],
    env,
    before: () =>
      [".lightfleet", "cdktf.out"].forEach((path) => rmSync(join(home, path), { recursive: true, force: true })),
  };
}
