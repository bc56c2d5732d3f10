import type { PlanSummary } from "../../terraform/summary.js";
import { usedBy, type Part } from "./exposure.js";

/** What changes in how the engine looks after a resource, whatever becomes of its arguments. */
type Cared = Pick<PlanSummary, "unguarded" | "elsewhere">;

/** Addresses of all that is looked after otherwise than before. */
export const caredFor = ({ unguarded = [], elsewhere = [] }: Cared): string[] =>
  [...new Set([...unguarded, ...elsewhere.map(({ address }) => address)])].sort();

/** What is to be said of one of them. */
export function caring(
  address: string,
  { unguarded = [], elsewhere = [] }: Cared,
  kept: string | undefined,
  users: () => string[],
): Part[] {
  const moved = elsewhere.find((one) => one.address === address);
  return [
    ...(moved === undefined ? [] : [relocated(moved, kept, users)]),
    ...(unguarded.includes(address)
      ? [
          {
            weight: "warning" as const,
            effect: ["'prevent_destroy' is gone: the next change may destroy it"],
            marks: kept === undefined ? [] : ["stateful"],
          },
        ]
      : []),
  ];
}

/** The engine looks for it in the other place, and does not find it. */
function relocated(
  { from, to }: { readonly from: string; readonly to: string },
  kept: string | undefined,
  users: () => string[],
): Part {
  const stays = `the one in ${from} stays, and nobody looks after it`;
  if (kept === undefined)
    return {
      weight: "warning",
      effect: [`it is made anew in ${to}: ${stays}`, ...usedBy(users())],
      marks: ["replaces"],
    };
  return {
    weight: "danger",
    effect: [`DATA LOSS: ${kept} is made anew in ${to}, and empty: ${stays}`, ...usedBy(users())],
    interrupts: users(),
    marks: ["replaces", "stateful", "data-loss"],
  };
}
