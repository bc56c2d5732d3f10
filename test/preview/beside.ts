import type { PolicyModel } from "../../model/policy.js";
import { renderHtml } from "../../preview/render/html.js";
import { renderMarkdown } from "../../preview/render/markdown.js";
import { renderText } from "../../preview/render/text.js";
import type { ChangeList } from "../../preview/schema.js";
import type { ShopSketch } from "../program/shop.js";
import type { Synthesized } from "../program/synthesize.js";
import { listOf, write } from "./lists.js";

/** Blocks that a program has beside what is ours. */
export interface Raw {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly [block: string]: unknown;
}

/** The shop as it is everywhere where nothing else is said. */
export const shop = write();

/** The shop with blocks beside it. */
function beside({ resource = {}, ...more }: Raw, of: Synthesized): Synthesized {
  const document = JSON.parse(of.files.document);
  for (const [type, blocks] of Object.entries(resource))
    document.resource[type] = { ...document.resource[type], ...blocks };
  document["//"].own = Object.entries(resource).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
  return { ...of, files: { ...of.files, document: JSON.stringify({ ...document, ...more }) } };
}

/** As little as a shop can be: what is beside it is looked at alone. */
export const smallShop = (shop: ShopSketch): void => {
  const { core } = shop.fleets;
  const { adservice } = shop.services;
  Object.assign(shop, { fleets: { core }, services: { adservice }, gateways: {} });
};

interface More extends NonNullable<Parameters<typeof listOf>[2]> {
  /** How the shop is on both sides, or on each. */
  readonly make?: (shop: ShopSketch, side: "base" | "head") => void;
}

/** What it does that one program has these blocks, and the next has those. */
export function compared(before: Raw, after: Raw, { make, ...more }: More = {}): ChangeList {
  const made = (side: "base" | "head"): Synthesized =>
    make === undefined ? shop : write((sketch) => make(sketch, side));
  return listOf(beside(before, made("base")), beside(after, made("head")), more);
}

export const blocking = (...block: PolicyModel["block"]): { policies: PolicyModel[] } => ({
  policies: [{ block, accept: [] }],
});

/** All formats that a person reads. */
export const texts = (list: ChangeList): string[] => [
  renderText(list),
  renderMarkdown(list).replaceAll("&#95;", "_"),
  renderHtml(list).replaceAll("<wbr>", ""),
];
