/** A number as people read it: `8,037`. */
export const amount = (value: number): string => Math.round(value).toLocaleString("en-US");

/** CPUs from thousandths: `0.25`. */
export const cpus = (milli: number): string => String(milli / 1000);

/** `one task`, `3 tasks`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? `one ${one}` : `${amount(count)} ${many}`;

/** Names in quotes, cut where there are many: `"a", "b" and 7 more`. */
export function names(all: readonly string[], most = 3): string {
  const shown = all.slice(0, all.length === most + 1 ? most + 1 : most).map((name) => JSON.stringify(name));
  const rest = all.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
