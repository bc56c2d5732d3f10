import type { IConstruct } from "constructs";

/** Ids as the program wrote them, of constructs that could not take them in the tree. */
const written = new WeakMap<IConstruct, string>();

/** Has a construct shown by the id that the program gave it. */
export function showAs(construct: IConstruct, id: string): void {
  if (construct.node.id !== id) written.set(construct, id);
}

/** The path of a construct, as errors and findings show it. */
export function pathOf(construct: IConstruct): string {
  return construct.node.scopes
    .map((part) => written.get(part) ?? part.node.id)
    .filter((id) => id !== "")
    .join("/");
}
