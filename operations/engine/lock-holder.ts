/** Who holds the lock of a state. */
export interface LockHolder {
  readonly id: string;
  /** As in `ann@build-7`. */
  readonly who: string;
  /** As in `2026-11-24 10:56:29 UTC`. */
  readonly since: string;
  /** As in `ann@build-7 holds it since 10:56:29 (apply)`. */
  readonly text: string;
}

/**
 * Reads the block that the engine prints about a lock that is held (`ID: …`, `Who: …`, `Created: …`); undefined where it
 * is not there.
 */
export function lockHolder(text: string): LockHolder | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`^\\s*${name}:[ \\t]+(\\S.*)$`, "m").exec(text)?.[1]?.trim();
  const [id, who, created, operation] = ["ID", "Who", "Created", "Operation"].map(field);
  if (id === undefined || who === undefined) return undefined;
  const since = (created ?? "").replace(/\.\d+/, "").replace(/ \+0000 UTC$/, " UTC");
  const doing = (operation ?? "").replace(/^OperationType/, "").toLowerCase();
  return {
    id,
    who,
    since,
    text: `${who} holds the lock${since === "" ? "" : ` since ${since}`}${doing === "" ? "" : ` (${doing})`}`,
  };
}
