import type { Exposure } from "../../terraform/classifier.js";
import type { Change } from "../schema.js";
import { names } from "../values.js";

/** One of the things that are to be said of a resource. */
export type Part = Pick<Change, "weight" | "effect" | "marks"> & Partial<Pick<Change, "interrupts">>;

/** Parts as they stand in a change: the gravest weight, and all effects in their order. */
export const joined = (parts: readonly Part[]): Required<Part> => ({
  weight: parts.some(({ weight }) => weight === "danger") ? "danger" : "warning",
  effect: [...new Set(parts.flatMap(({ effect }) => effect))],
  interrupts: [...new Set(parts.flatMap(({ interrupts = [] }) => interrupts))],
  marks: [...new Set(parts.flatMap(({ marks }) => marks))],
});

/** The subject of a change of a resource. */
export const subject = (address: string) =>
  ({ id: `resource:${address}`, kind: "resource", what: `resource ${address}` }) as const;

/** As in `used by cart, orders`; nothing where nobody does. */
export const usedBy = (users: readonly string[]): string[] => (users.length > 0 ? [`used by ${names(users)}`] : []);

/** What everybody can reach or do from now on, and could not before. */
export function opening(opens: readonly Exposure[]): Part[] {
  if (opens.length === 0) return [];
  const reached = opens.filter(({ isStatement }) => !isStatement).map(({ text }) => text);
  const statements = opens.filter(({ isStatement }) => isStatement).map(({ text }) => text);
  return [
    {
      weight: opens.some(({ isWide }) => isWide) ? "danger" : "warning",
      effect: [...(reached.length > 0 ? [`open to everybody: ${reached.join(", ")}`] : []), ...statements],
      marks: ["opens-public"],
    },
  ];
}
