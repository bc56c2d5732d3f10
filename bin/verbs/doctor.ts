import type { Check } from "../../commands/doctor.js";
import { EXIT } from "../exit-codes.js";
import { safeLine } from "../terminal/escape.js";
import type { Terminal } from "../terminal/terminal.js";
import { defineVerb } from "../verb.js";

export const doctor = defineVerb({
  name: "doctor",
  summary: "Check prerequisites and explain how to install them",
  examples: [["doctor", "exits with 1 if something that the sandbox needs is missing"]],
  run: async (_, context) => (await import("../../commands/doctor.js")).doctor(context),
  show: ({ checks, healthy }, terminal) => {
    for (const check of checks) showCheck(check, terminal);
    terminal.result(healthy ? "everything that the sandbox needs is installed" : "the sandbox cannot run yet");
  },
  exitCode: ({ healthy }) => (healthy ? EXIT.done : EXIT.failed),
});

function showCheck(check: Check, terminal: Terminal): void {
  const { name, detail, hint } = check;
  const [sign, style] = signOf(check);
  terminal.result(`${terminal.style(style, sign.padEnd(8))}${name.padEnd(23)}${safeLine(detail)}`);
  if (hint !== undefined) terminal.result(`${" ".repeat(31)}${terminal.style("cyan", safeLine(hint))}`);
}

function signOf({ status, required }: Check): readonly [sign: string, style: "green" | "red" | "yellow"] {
  if (status === "ok") return ["ok", "green"];
  return required ? ["MISSING", "red"] : ["-", "yellow"];
}
