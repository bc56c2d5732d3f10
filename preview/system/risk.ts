/** What may become of a service's data, and whether it may be lost. */
export interface Risk {
  readonly effect: readonly string[];
  /** `data-loss` where it is lost, `may-lose-data` where that is up to Swarm, none where it is found again. */
  readonly marks: readonly string[];
}

export const noRisk: Risk = { effect: [], marks: [] };

/** Several of them as one: marks once each. */
export const together = (risks: readonly Risk[]): Risk => ({
  effect: risks.flatMap(({ effect }) => effect),
  marks: [...new Set(risks.flatMap(({ marks }) => marks))],
});
