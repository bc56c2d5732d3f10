import type { AcknowledgementModel } from "./schema.js";

/** The acknowledgement that covers a finding, where there is one. @param on what the finding is on; null is the whole cluster */
export const acknowledgementOf = (
  acknowledged: readonly AcknowledgementModel[],
  rule: string,
  on: string | null,
): AcknowledgementModel | undefined =>
  acknowledged.find((one) => one.code === rule && (one.on === null || one.on === on));
