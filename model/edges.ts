import type { EdgeModel } from "./schema.js";

/** What an edge is called among those of its service: its variable, or else whom it leads to, as in `db:5432`. */
export const edgeName = ({ as, to, port }: EdgeModel): string => as ?? `${targetOf(to)}:${port}`;

const targetOf = (to: EdgeModel["to"]): string => {
  if ("service" in to) return to.service;
  return typeof to.host === "string" ? to.host : to.host.terraform;
};
