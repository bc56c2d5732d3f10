import type { Rule } from "./rule.js";
import { anyOrder } from "./rules/any-order.js";
import { fits } from "./rules/fits.js";
import { fitsAtMin } from "./rules/fits-at-min.js";
import { roomToRoll } from "./rules/room-to-roll.js";
import { undecided } from "./rules/undecided.js";

/** Lightfleet's own rules, by code. LF1xx capacity, LF2xx failure, LF3xx limits and ports, LF4xx topology, LF5xx supply. */
export const RULES: readonly Rule[] = [fits, fitsAtMin, roomToRoll, anyOrder, undecided];
