import type { Block, Facts } from "./schema.js";
import type { ObjectValue } from "./value.js";

/** What is asked: `prior` is null for an object that is to be made. */
export interface Change {
  readonly block: Block;
  readonly facts: Facts;
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  /** Whether the type is made with Terraform's plugin framework, which has none of the SDK's habits. @default false */
  readonly framework?: boolean;
}
