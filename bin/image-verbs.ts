import type { Argv } from "yargs";
import type { GlobalArgs } from "./run.js";

const text = { type: "string", requiresArg: true } as const;
const region = { ...text, describe: "Region; those of the program, or AWS_REGION, where not named" } as const;
const sandbox = { type: "boolean", default: false, describe: "The embedded cloud's images, with no account" } as const;
const arch = { ...text, describe: "x86_64 or arm64" } as const;
const release = { ...text, describe: "Release of Photon OS, as in 5.0" } as const;

/** Declares `image` and its verbs. */
export function declareImageVerbs(
  parser: Argv<GlobalArgs>,
  env: NodeJS.ProcessEnv,
  finish: (exitCode: Promise<number>) => void,
): void {
  parser.command("image", "Images of Photon OS: import, find, pin", (p: Argv<GlobalArgs>) =>
    p
      .command(
        "import <file>",
        "Make an image of a raw disk, and pin it",
        (q: Argv<GlobalArgs>) =>
          q
            .positional("file", { type: "string", demandOption: true, describe: "A .raw, or a .tar.gz with one in it" })
            .options({
              bucket: { ...text, demandOption: true, describe: "Bucket in the region that the role may read" },
              role: { ...text, describe: "The role that AWS imports with; vmimport where not named" },
              region,
              arch,
              release,
              pin: { type: "boolean", default: true, describe: "Pin it in lightfleet.lock.json" },
              discard: { type: "boolean", default: false, describe: "Take away what an interrupted import left" },
            })
            .example("$0 image import photon-ami-5.0.x86_64.tar.gz --bucket acme-import", "goes on where it stopped"),
        (args) => finish(import("./verbs/image-import.js").then(({ run }) => run(args, env))),
      )
      .command(
        "list",
        "Show what was imported, and what is pinned",
        (q: Argv<GlobalArgs>) => q.options({ region, sandbox }).example("$0 image list", "in the program's regions"),
        (args) => finish(import("./verbs/image.js").then(({ list }) => list(args, env))),
      )
      .command(
        "find",
        "Look for images by owner, name and architecture",
        (q: Argv<GlobalArgs>) =>
          q
            .options({
              region,
              owner: { ...text, describe: "An account, or 'self'" },
              name: { ...text, describe: "With * for any text" },
              arch,
              sandbox,
            })
            .example("$0 image find --name 'photon-5.0-*' --arch arm64", "the account's own, the newest first"),
        (args) => finish(import("./verbs/image.js").then(({ find }) => find(args, env))),
      )
      .command(
        "pin [ids..]",
        "Write into lightfleet.lock.json which image fleets boot",
        (q: Argv<GlobalArgs>) =>
          q
            .positional("ids", {
              type: "string",
              array: true,
              default: [] as string[],
              describe: "AMI ids; the newest that were imported where none is named",
            })
            .options({ region, release, arch, docker: { ...text, describe: "Version of Docker in it" }, sandbox })
            .example("$0 image pin", "the newest for each that the program needs")
            .example("$0 image pin ami-0123456789abcdef0 --region eu-west-1", "this one"),
        (args) => finish(import("./verbs/image.js").then(({ pin }) => pin(args, env))),
      )
      .demandCommand(1, "say what to do with images: 'lightfleet image list'"),
  );
}

/** Declares `catalog` and its verb. */
export function declareCatalogVerbs(
  parser: Argv<GlobalArgs>,
  env: NodeJS.ProcessEnv,
  finish: (exitCode: Promise<number>) => void,
): void {
  parser.command("catalog", "Facts about machine types", (p: Argv<GlobalArgs>) =>
    p
      .command(
        "update",
        "Ask EC2 which zones offer the program's machine types",
        (q: Argv<GlobalArgs>) =>
          q
            .options({ region, source: { ...text, describe: "In a checkout of Lightfleet: where the facts are from" } })
            .example("$0 catalog update", "into lightfleet.lock.json, where checks read it"),
        (args) => finish(import("./verbs/catalog-update.js").then(({ run }) => run(args, env))),
      )
      .demandCommand(1, "say what to do with the catalog: 'lightfleet catalog update'"),
  );
}
