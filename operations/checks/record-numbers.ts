import type { NumbersModel, Model } from "../../model/schema.js";
import { LOCK_FILE, type Lock } from "../../model/lock.js";
import type { CommandContext } from "../context.js";
import { writeLock } from "../lock-file.js";

/**
 * Writes the numbers of a program's clusters to the project's lock file, so that whatever is declared later moves none of them.
 * Where the file cannot be written, the command goes on, and says so.
 * @param lock what the file held when the program ran
 */
export async function noteNumbers(models: readonly Model[], lock: Lock | null, context: CommandContext): Promise<void> {
  const fresh = models.flatMap(({ cluster, numbers }) => unnoted(numbers, lock?.numbers?.[cluster]));
  if (fresh.length === 0) return;
  const tell = (text: string): void => context.host.progress({ type: "note", text });
  const numbers = Object.fromEntries(models.map(({ cluster, numbers: given }) => [cluster, given]));
  try {
    await writeLock(context.dir, { numbers });
    tell(`${LOCK_FILE} has ${listed(fresh)}: commit it, so that they stay`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && typeof error.code === "string") || error.code.startsWith("LF"))
      throw error;
    tell(`${LOCK_FILE} cannot be written (${error.code}), and lacks ${listed(fresh)}: a later change may move them`);
  }
}

/** What stands in no lock file, in words. */
function unnoted({ ports, priorities, networks }: NumbersModel, noted: NumbersModel | undefined): string[] {
  const missing = (what: string, given: object, there: object | undefined): string[] =>
    Object.entries(given)
      .filter(([key, value]) => Object.entries(there ?? {}).every(([other, old]) => other !== key || old !== value))
      .map(([key, value]) => `${what} ${key} (${String(value)})`);
  return [
    ...missing("the port of", ports, noted?.ports),
    ...Object.entries(priorities).flatMap(([gateway, given]) =>
      missing(`the priority of ${gateway}`, given, noted?.priorities[gateway]),
    ),
    ...missing("the range of", networks, noted?.networks),
  ];
}

const listed = (all: readonly string[]): string =>
  all.length <= 3 ? all.join(", ") : `${all.slice(0, 2).join(", ")} and ${all.length - 2} numbers more`;
