import type { Exposure, PlanClassifier } from "../../terraform/classifier.js";
import type { Change, NotPlayed } from "../schema.js";
import { names } from "../values.js";
import { joined, opening, subject, usedBy, type Part } from "./exposure.js";

/** A block that the simulation left out, with what of it is open to everybody now. */
export type Unsimulated = Omit<NotPlayed, "opens"> & { readonly opens: readonly Exposure[] };

/**
 * What is to be said of a resource or a module that is not played through: what is gone is destroyed for certain, and what changes and
 * keeps data may be replaced, whatever it is.
 */
export function unplayedChange(one: Unsimulated, users: () => string[], { stores }: PlanClassifier): Change[] {
  const { address, written, differs, opens } = one;
  const change = (more: Pick<Change, "action" | "weight" | "effect" | "marks"> & Partial<Change>): Change => ({
    ...subject(address),
    stateful: false,
    attributes: [],
    interrupts: [],
    why: [written === "removed" ? "no longer in the program" : `${names(differs)} changed`],
    ...more,
  });
  if (address.startsWith("module."))
    return written === "removed"
      ? [
          change({
            ...subject(address),
            what: address.replace(".", " "),
            action: "remove",
            weight: "danger",
            effect: ["all that is in it is destroyed: what that is, is not known offline"],
            marks: ["destroys", "may-lose-data"],
          }),
        ]
      : [];
  if (address.startsWith("data.")) return [];
  if (written === "removed" && one.planned)
    return [
      change({
        action: "remove",
        weight: "warning",
        effect: ["it is destroyed: what hangs on it is not known offline", ...usedBy(users())],
        marks: ["destroys"],
      }),
    ];
  const kept = stores(address.split(".")[0] ?? "");
  const matters = kept !== undefined && written === "changed" && differs.some((name) => !/^tags(_all)?$/.test(name));
  if (!matters && opens.length === 0) return [];
  const parts = [...(matters ? [mayBeReplaced(one, kept, users)] : []), ...opening(opens)];
  return [
    change({
      action: "change",
      stateful: kept !== undefined,
      attributes: differs.map((name) => ({ name, before: "set", after: "changed" })),
      ...joined(parts),
    }),
  ];
}

const mayBeReplaced = ({ guarded }: Unsimulated, kept: string, users: () => string[]): Part =>
  guarded
    ? {
        weight: "warning",
        effect: [`${kept} is changed in place, or it is refused: 'prevent_destroy' is set`, ...usedBy(users())],
        marks: ["stateful"],
      }
    : {
        weight: "danger",
        effect: [`${kept} may be replaced, and what it keeps lost: that is not known offline`, ...usedBy(users())],
        marks: ["may-replace", "stateful", "may-lose-data"],
      };
