/** Permanent codes of what can be wrong with a program. A code keeps its meaning for ever; `docs/errors.md` explains each. */
export const PROBLEM_CODES = {
  LF001: "illegal id",
  LF002: "id used twice",
  LF003: "value in no known unit",
  LF004: "number out of range",
  LF005: "unknown machine type",
  LF006: "sizes out of order",
  LF007: "service on no fleet",
  LF008: "edge to itself",
  LF009: "edge or route to a service without a port",
  LF010: "port left open",
  LF011: "illegal route",
  LF012: "unknown region",
  LF013: "zones that do not exist here",
  LF014: "environment variable set twice",
  LF015: "contradicting options",
  LF016: "limit below reservation",
  LF017: "construct of another cluster",
  LF018: "illegal text",
  LF019: "nothing declared",
  LF020: "address range without room",
  LF021: "construct in the wrong place",
  LF022: "value that only Terraform knows, where a plain one is needed",
  LF023: "declared too late",
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;
