import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { byteLength } from "../model/limits/limit.js";
import { LINUX_LIMITS } from "../model/limits/linux.js";
import type { ServiceModel, Value } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import { entryOf } from "./show.js";

/**
 * Refuses texts that no process can be given, and services that the managers cannot keep. Of what only Terraform knows, the size of
 * its expression counts.
 */
export function checkSizes(
  { env, args, entrypoint, health, labels }: Omit<ServiceModel, "uses">,
  border: Border,
): void {
  let total = 0;
  const add = (prop: string, text: string, around: number): void => {
    const size = around + byteLength(text);
    if (size > LINUX_LIMITS.argument.max) border.limit(prop, LINUX_LIMITS.argument, size, LARGE);
    total += size;
  };
  for (const name of Object.keys(env)) add(entryOf("env", name), textOf(env[name] ?? ""), name.length + 1);
  entrypoint?.forEach((word, index) => {
    add(`entrypoint[${index}]`, textOf(word), 0);
  });
  args?.forEach((arg, index) => {
    add(`args[${index}]`, textOf(arg), 0);
  });
  if (health?.kind === "command")
    health.command.forEach((word, index) => {
      add(`health.command[${index}]`, word, 0);
    });
  for (const [name, text] of Object.entries(labels)) total += byteLength(name) + byteLength(text);
  if (total > ENGINE_LIMITS.serviceSize.max)
    border.limit("env, args, entrypoint, health, labels", ENGINE_LIMITS.serviceSize, total, LARGE);
}

const LARGE = "put what is large into 'files', a volume or a bucket";

const textOf = (value: Value): string => (typeof value === "string" ? value : value.terraform);
