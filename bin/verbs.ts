import type { Argv } from "yargs";
import type { GlobalArgs } from "./run.js";
import { declareCatalogVerbs, declareImageVerbs } from "./image-verbs.js";
import { declareStateVerbs } from "./state-verbs.js";
import { withClusters } from "./with-clusters.js";

type Parser = Argv<GlobalArgs>;
type Finish = (exitCode: Promise<number>) => void;

const sandbox = { type: "boolean", default: false, describe: "In the embedded cloud, and not in the account" } as const;
const yes = { alias: "y", type: "boolean", default: false, describe: "Do not ask" } as const;

const wait = { type: "boolean", default: true, describe: "Wait until the services run, or rolled back" } as const;

const names = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;
const target = { ...names, describe: "Only this fleet, service, gateway or volume" } as const;
const allowDestroy = { ...names, describe: "Let this go although it holds data" } as const;
const anew = { type: "boolean", default: false, describe: "Make again what the state knows nothing of" } as const;
const overwrite = { type: "boolean", default: false, describe: "Replace a file of the program, too" } as const;
const planFile = (describe: string) => ({ type: "string", requiresArg: true, describe }) as const;

/** Declares every verb. What a verb does is loaded only when it is called, so that `--help` stays fast. */
export function declareVerbs(parser: Parser, env: NodeJS.ProcessEnv, finish: Finish): void {
  parser.command(
    "init [dir]",
    "Make a project that works at once",
    (p: Parser) =>
      p
        .positional("dir", { type: "string", default: ".", describe: "Folder of the project" })
        .example("$0 init shop", "in a new folder 'shop'; no file that is there is touched"),
    (args) => finish(import("./verbs/init.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "synth [clusters..]",
    "Write Terraform JSON and the model",
    (p: Parser) =>
      withClusters(p)
        .options({
          verbose: { type: "boolean", default: false, describe: "Tell how large the boot data of each fleet is" },
        })
        .example("$0 synth", "write cdktf.out")
        .example("$0 synth --json", "say what was written, as JSON"),
    (args) => finish(import("./verbs/synth.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "check [clusters..]",
    "Check that it fits, holds and agrees, before anything is created",
    (p: Parser) =>
      withClusters(p)
        .options({
          explain: { type: "string", requiresArg: true, describe: "Say what is behind a rule, as in LF101" },
          date: { type: "string", requiresArg: true, describe: "The day to check for; today where it is not said" },
        })
        .example("$0 check", "exits with 1 where there are errors")
        .example("$0 check staging", "one cluster of several")
        .example("$0 check --explain LF101", "what the rule wants, why, and what to do"),
    (args) => finish(import("./verbs/check.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "drill [cluster]",
    "Play through a loss, a rolling replacement or another scale",
    (p: Parser) => {
      const texts = { type: "string", array: true, requiresArg: true, default: [] as string[] } as const;
      return p
        .positional("cluster", { type: "string", describe: "The cluster; the only one where it is not named" })
        .options({
          lose: { ...texts, describe: "Lose a zone, a VM or all spot VMs: zone:a, vm:core/3, spot" },
          roll: { ...texts, describe: "Replace the VMs of a fleet one after the other" },
          scale: { ...texts, describe: "Run another number of tasks: cart=40" },
          all: {
            type: "boolean",
            default: false,
            describe: "Every single loss and rolling replacement, the worst first",
          },
          svg: { type: "string", requiresArg: true, describe: "Draw the first drill into this file" },
          overwrite,
        })
        .example("$0 drill --lose zone:a", "what moves where, and what finds no VM")
        .example("$0 drill --all", "the worst that one loss can do");
    },
    (args) => finish(import("./verbs/drill.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "preview [clusters..]",
    "Say what a change does, base against head, with no account",
    (p: Parser) =>
      withClusters(p)
        .options({
          base: { type: "string", requiresArg: true, describe: "Git ref; where the change left the main branch" },
          head: { type: "string", requiresArg: true, describe: "Git ref; the working tree where it is not said" },
          format: { type: "string", requiresArg: true, describe: "text, markdown, json or html; by the file's ending" },
          overwrite,
          output: { alias: "o", type: "string", requiresArg: true, describe: "Write it to this file" },
          accept: {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            describe: "Let something pass a policy, with the reason, as in '1a2b3c4d5e6f=agreed'",
          },
          date: { type: "string", requiresArg: true, describe: "The day to check for; today where it is not said" },
          "exit-code": {
            type: "boolean",
            default: false,
            describe: "Exit with 2 where something changes, 1 where blocked",
          },
        })
        .example("$0 preview", "this working tree against where it left the main branch")
        .example("$0 preview --base origin/main --format markdown -o preview.md", "for a comment"),
    (args) => finish(import("./verbs/preview.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "graph [cluster]",
    "Draw fleets, services and edges of a cluster",
    (p: Parser) =>
      p
        .positional("cluster", { type: "string", describe: "The cluster; the only one where it is not named" })
        .options({
          format: { type: "string", requiresArg: true, describe: "mermaid, dot or svg; by the file's ending" },
          overwrite,
          output: { alias: "o", type: "string", requiresArg: true, describe: "Write it to this file" },
        })
        .example("$0 graph", "for a README")
        .example("$0 graph -o shop.svg", "a picture with zones, VMs and a list of the edges"),
    (args) => finish(import("./verbs/graph.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "comment",
    "Post a preview to a pull request, in CI",
    (p: Parser) =>
      p
        .options({
          from: { type: "string", requiresArg: true, describe: "What 'preview --format json' wrote" },
          artifact: {
            type: "string",
            requiresArg: true,
            describe: "Or the artifact that has it, of the run that the workflow follows",
          },
          pr: { type: "number", requiresArg: true, describe: "Number of the pull or merge request" },
          sha: { type: "string", requiresArg: true, describe: "The commit that the pull request must be at" },
          "summary-only": { type: "boolean", default: false, describe: "Write the step summary, and post nothing" },
        })
        .example("$0 comment --from preview.json --sha $HEAD_SHA", "one comment a cluster, edited in place"),
    (args) => finish(import("./verbs/comment.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "preview-side",
    false,
    (p: Parser) => p.options({ date: { type: "string", default: "", requiresArg: true } }),
    (args) => finish(import("./verbs/preview-side.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "deploy [clusters..]",
    "Plan, show the plan, ask, and apply it",
    (p: Parser) =>
      withClusters(p)
        .options({
          ...{ sandbox, yes, wait, target, anew },
          "allow-destroy": allowDestroy,
          plan: planFile("Apply the plan that 'diff --plan' wrote to this file, and no other"),
        })
        .example("$0 deploy --sandbox", "try it here, with no account and no network")
        .example("$0 deploy shop --yes", "apply the cluster 'shop' without a question"),
    (args) => finish(import("./verbs/deploy.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "diff [clusters..]",
    "Say what a deploy would change",
    (p: Parser) =>
      withClusters(p)
        .options({
          ...{ sandbox, target, anew },
          plan: planFile("Write the plan to this file, to be reviewed and applied later"),
        })
        .example("$0 diff --sandbox", "exits with 0 where nothing would change, with 2 where something would")
        .example("$0 diff --plan shop.plan", "then 'deploy --plan shop.plan' applies just that"),
    (args) => finish(import("./verbs/diff.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "drift [clusters..]",
    "Say what was changed outside of the program",
    (p: Parser) =>
      withClusters(p)
        .options({ sandbox })
        .example("$0 drift", "exits with 0 where all is as declared, with 2 where it is not"),
    (args) => finish(import("./verbs/drift.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "status [clusters..]",
    "Show what is there",
    (p: Parser) =>
      withClusters(p)
        .options({
          sandbox,
          vms: { type: "boolean", default: false, describe: "Address and market of every VM, also of hundreds" },
          watch: { alias: "w", type: "boolean", default: false, describe: "Look again and again, until Ctrl-C" },
          every: {
            type: "string",
            requiresArg: true,
            defaultDescription: '"5s"',
            describe: "With --watch: the pause between looks",
          },
        })
        .example("$0 status --sandbox", "fleets, gateways and services")
        .example("$0 status --watch", "the account's, on one screen"),
    (args) => finish(import("./verbs/status.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "destroy [clusters..]",
    "Plan the end of everything, ask, and apply it",
    (p: Parser) =>
      withClusters(p)
        .options({ sandbox, yes, "allow-destroy": allowDestroy })
        .example("$0 destroy --sandbox --yes", "clear up without a question"),
    (args) => finish(import("./verbs/destroy.js").then(({ run }) => run(args, env))),
  );
  parser.command(
    "doctor",
    "Look at what Lightfleet needs, and say how to get it",
    (p: Parser) => p.example("$0 doctor", "exits with 1 where something is missing that the sandbox needs"),
    (args) => finish(import("./verbs/doctor.js").then(({ run }) => run(args, env))),
  );
  declareImageVerbs(parser, env, finish);
  declareCatalogVerbs(parser, env, finish);
  declareStateVerbs(parser, env, finish);
  parser.command("sandbox", "The embedded cloud", (p: Parser) =>
    p
      .command(
        "reset [cluster]",
        "Empty it, state included",
        (q: Parser) =>
          q
            .positional("cluster", { type: "string", describe: "One cluster alone" })
            .example("$0 sandbox reset", "forget all that was deployed with --sandbox"),
        (args) => finish(import("./verbs/sandbox-reset.js").then(({ run }) => run(args, env))),
      )
      .demandCommand(1, "say what to do with the sandbox: 'lightfleet sandbox reset'"),
  );
  parser.command(
    "completion [shell]",
    "Print a script that completes commands in a shell",
    (p: Parser) =>
      p
        .positional("shell", {
          choices: ["bash", "zsh", "fish"] as const,
          describe: "Shell; by $SHELL where not named",
        })
        .example("$0 completion bash >> ~/.bashrc", "for every new shell"),
    (args) => finish(import("./verbs/completion.js").then(({ run }) => run(args, env))),
  );
}
