import { doctor, type Check } from "../../commands/doctor.js";
import { EXIT } from "../exit-codes.js";
import { runVerb, type GlobalArgs } from "../run.js";
import { safeLine } from "../terminal/escape.js";
import type { Terminal } from "../terminal/terminal.js";

export function run(args: GlobalArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    {
      name: "doctor",
      action: doctor,
      show: ({ checks, healthy }, terminal) => {
        checks.forEach((check) => show(check, terminal));
        terminal.result(healthy ? "the sandbox has all that it needs" : "something that the sandbox needs is missing");
      },
      exitCode: ({ healthy }) => (healthy ? EXIT.done : EXIT.failed),
    },
    args,
    env,
  );
}

function show({ name, status, detail, hint, required }: Check, terminal: Terminal): void {
  const [sign, style] =
    status === "ok"
      ? (["ok", "green"] as const)
      : required
        ? (["MISSING", "red"] as const)
        : (["-", "yellow"] as const);
  terminal.result(`${terminal.style(style, sign.padEnd(8))}${name.padEnd(23)}${safeLine(detail)}`);
  if (hint !== undefined) terminal.result(`${" ".repeat(31)}${terminal.style("cyan", safeLine(hint))}`);
}
