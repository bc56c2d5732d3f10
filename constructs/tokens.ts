/** What every text that only Terraform knows has in it (cdktf's tokens). */
export const TOKEN_MARK = "{TfToken[";
/** How a list begins that only Terraform knows: its one entry. */
export const LIST_TOKEN = "#{TfToken[";
/** The key that stands for a map that only Terraform knows. */
export const MAP_TOKEN = "&{TfToken[";
/** Numbers that only Terraform knows are doubles below this (cdktf's `createTokenDouble`). */
export const NUMBER_TOKENS_BELOW = -1e288;

/** Whether a number is one that only Terraform knows. */
export const isNumberToken = (value: unknown): boolean =>
  typeof value === "number" && value < NUMBER_TOKENS_BELOW && Number.isFinite(value);
