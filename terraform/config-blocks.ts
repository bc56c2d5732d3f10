import { fieldOf } from "../lib/records.js";

/** The names of all resources of a type in the synthesized JSON. */
export const blocksOf = (root: unknown, type: string): string[] =>
  Object.keys(Object(fieldOf(fieldOf(root, "resource"), type)));

/** Whether the synthesized JSON has a resource. @param address as in `aws_lb.public` */
export function hasBlock(root: unknown, address: string): boolean {
  const [type = "", name = ""] = address.split(".");
  return fieldOf(fieldOf(fieldOf(root, "resource"), type), name) !== undefined;
}
