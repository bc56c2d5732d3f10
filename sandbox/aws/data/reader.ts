import type { Account } from "../account.js";
import type { ObjectValue } from "../../value.js";

/** Answers a data source: what it adds to its configuration. @throws Refusal where it finds nothing */
export type Reader = (account: Account, config: ObjectValue) => ObjectValue;
