import { cluster, flag } from "../options.js";
import { safeLine } from "../terminal/escape.js";
import { defineVerb } from "../verb.js";

export const iam = defineVerb({
  name: "iam",
  summary: "Print the least policy for deploying a cluster",
  document: true,
  positionals: { cluster },
  options: { boundary: { ...flag, describe: "Print the permissions boundary of its roles instead" } },
  examples: [
    ["iam shop > policy.json", "made from the program, without an account"],
    ["iam shop --boundary", "the most that VMs of the cluster may ever do"],
  ],
  run: async (args, context) => (await import("../../commands/iam.js")).iam(args, context),
  show: ({ policies, notes, uncovered }, terminal) => {
    for (const policy of policies) terminal.result(JSON.stringify(policy, null, 2));
    if (policies.length > 1)
      terminal.progress(`${policies.length} policies, since a managed one holds 6,144 characters: attach all of them`);
    for (const { sid, reason } of notes) terminal.progress(`${safeLine(sid)}: ${safeLine(reason)}`);
    for (const one of uncovered) terminal.progress(`not covered: ${safeLine(one)}; it needs rights of its own`);
  },
});
