/** A text that has a meaning to who reads a value, and what stands for the text itself. */
export interface Escape {
  readonly from: string;
  readonly to: string;
}

/** Compose reads `$name` as a variable; doubled, it is the sign itself. */
export const COMPOSE_ESCAPE: Escape = { from: "$", to: "$$" };

/**
 * Swarm expands Go templates in the values of variables, in hostnames and in the paths of mounts (moby/swarmkit,
 * template/expand.go); a template of two braces is these.
 */
export const TEMPLATE_ESCAPE: Escape = { from: "{{", to: '{{"{{"}}' };

const escape = (text: string, { from, to }: Escape): string => (text.includes(from) ? text.split(from).join(to) : text);

/** A text that Compose reads, so that it arrives as it is written. */
export const literal = (text: string): string => escape(text, COMPOSE_ESCAPE);

/** A text that Compose reads and Swarm expands, so that it arrives as it is written. */
export const unexpanded = (text: string): string => escape(literal(text), TEMPLATE_ESCAPE);
