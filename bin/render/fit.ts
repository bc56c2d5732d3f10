/** How a line fares: what is well may be left out where there is no room, what is not stays. */
export type Level = "good" | "busy" | "bad";

/** A part of a screen: a title, and lines under it. */
export interface Section {
  readonly title: string;
  readonly lines: readonly { readonly level: Level; readonly text: string }[];
}

/**
 * The lines of a screen of at most `height` lines. Where there are more, what is well goes first, from the longest section
 * on, and each section says how many it has left out; then what is busy, then what is bad.
 */
export function fit(sections: readonly Section[], height: number | undefined): string[] {
  const shown = sections.map(({ lines }) => [...lines]);
  const room = height ?? Number.POSITIVE_INFINITY;
  const total = (): number =>
    sections.reduce((sum, { lines }, i) => sum + 1 + shown[i]!.length + (shown[i]!.length < lines.length ? 1 : 0), 0);
  for (const level of ["good", "busy", "bad"] as const)
    while (total() > room) {
      const longest = shown
        .filter((lines) => lines.some((line) => line.level === level))
        .sort((a, b) => b.length - a.length)[0];
      if (longest === undefined) break;
      longest.splice(
        longest.findLastIndex((line) => line.level === level),
        1,
      );
    }
  const fitted = sections.flatMap(({ title, lines }, i) => {
    // To say that one is left out takes as much room as the one.
    if (lines.length - shown[i]!.length === 1) return [title, ...lines.map(({ text }) => text)];
    const left = lines.length - shown[i]!.length;
    const ill = lines.filter(({ level }) => level !== "good").length;
    const stays = shown[i]!.filter(({ level }) => level !== "good").length;
    const rest = left === 0 ? [] : [`  … ${left} more${ill === stays ? ", all well" : ""}`];
    return [title, ...shown[i]!.map(({ text }) => text), ...rest];
  });
  // A screen that has no room for the titles shows the first of them.
  return fitted.slice(0, room);
}
