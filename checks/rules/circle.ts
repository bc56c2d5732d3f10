import { circles } from "../graph.js";
import type { Rule } from "../rule.js";
import { names } from "../text.js";

export const circle: Rule = {
  code: "LF402",
  severity: "note",
  title: "edges lead in no circle",
  why: `Services that use each other in a circle have no order in which they can be started or released one after the other: each
must live with a partner that is not there yet, and with one of an older version. That can be right; it should be meant.`,
  fix: "turn one of the edges round, or make the services bear a missing partner",
  *check({ model }) {
    for (const members of circles(model))
      for (const id of members) yield { at: { on: id }, message: `${names(members, 6)} use each other in a circle` };
  },
};
