import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const sandboxReset = defineVerb({
  name: "sandbox reset",
  summary: "Delete all sandbox resources and their state",
  positionals: { cluster: { type: "string", describe: "Only this cluster" } },
  examples: [["sandbox reset", "forget everything that was deployed with --sandbox"]],
  run: async ({ cluster }, context) => (await import("../../commands/sandbox-reset.js")).resetSandbox(cluster, context),
  show: ({ cluster, existed }, terminal) => terminal.result(outcome(cluster, existed)),
});

function outcome(cluster: string | null, existed: boolean): string {
  if (!existed) return "the sandbox was already empty";
  return cluster === null ? "the sandbox is empty" : `${safeLine(cluster)} is deleted from the sandbox`;
}
