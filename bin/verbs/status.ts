import type { StatusResult } from "../../commands/status.js";
import { LightfleetError } from "../../errors/error.js";
import { all, clusters, flag, sandbox, text, validateClusters } from "../options.js";
import { defineVerb } from "../verb.js";

/** The pause between looks where none is said. */
const PAUSE = "5s";

export const status = defineVerb({
  name: "status",
  summary: "Show fleets, VMs, gateways and services",
  synonyms: ["ls", "ps", "list", "show"],
  positionals: { clusters },
  options: {
    ...{ all, sandbox },
    vms: { ...flag, describe: "Show address and market of every VM" },
    watch: { ...flag, alias: "w", describe: "Refresh until Ctrl-C" },
    every: { ...text, defaultDescription: `"${PAUSE}"`, describe: "Time between refreshes of --watch" },
  },
  examples: [
    ["status --sandbox", "fleets, gateways and services in the sandbox"],
    ["status --watch", "those of the account, on one screen"],
  ],
  validate: validateClusters,
  streams: ({ watch }) => watch,
  endless: ({ watch }) => watch,
  run: async ({ clusters: ids, sandbox: inSandbox, vms, watch, every }, context, terminal): Promise<StatusResult> => {
    if (!watch && every !== undefined) throw unwatched(every);
    const { status: look } = await import("../../commands/status.js");
    const options = { clusters: ids, sandbox: inSandbox, vms };
    if (!watch) return look(options, context);
    const { StatusScreen } = await import("../render/status-screen.js");
    const screen = new StatusScreen(terminal, vms);
    const onStatus = (found: StatusResult["clusters"], trouble?: LightfleetError): void =>
      screen.show({ clusters: found }, trouble);
    try {
      return await look({ ...options, watch: { every: every ?? PAUSE, onStatus } }, context);
    } finally {
      screen.close();
    }
  },
  show: async ({ clusters: found }, terminal, { vms }) => {
    const { showStatus } = await import("../render/status.js");
    // One line of the screen is the next prompt's. Who asks for every VM gets every VM.
    const lines = vms || terminal.height === undefined ? undefined : terminal.height - 1;
    showStatus(found, terminal, lines, vms);
  },
});

const unwatched = (every: string): LightfleetError =>
  new LightfleetError("'--every' requires '--watch'", {
    code: "LF050",
    kind: "usage",
    hint: `run 'lightfleet status --watch --every ${every}'`,
  });
