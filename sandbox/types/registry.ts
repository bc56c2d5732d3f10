import type { Behaviour } from "./behaviour.js";
import { generic } from "./generic.js";
import { network } from "./network.js";

const table: { readonly [type: string]: Behaviour } = { ...network };

/** How a resource type behaves; types without rules of their own get what can be said of any. */
export const behaviourOf = (type: string): Behaviour => table[type] ?? generic;

/** All types with rules of their own. */
export const behaviours = (): [string, Behaviour][] => Object.entries(table);
