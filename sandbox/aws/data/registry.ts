import type { Account } from "../account.js";
import { Refusal } from "../types/resource-handler.js";
import type { ObjectValue } from "../../value.js";
import { accountData } from "./account.js";
import { imageData } from "./images.js";
import { networkData } from "./network.js";
import { parameterData } from "./parameters.js";
import type { Reader } from "./reader.js";
import { policyData } from "./policy-document.js";

const table: { readonly [type: string]: Reader } = {
  ...accountData,
  ...imageData,
  ...networkData,
  ...parameterData,
  ...policyData,
};

/** Reads a data source. @throws Refusal where it finds nothing, or is not known */
export function readData(account: Account, type: string, config: ObjectValue): ObjectValue {
  const reader = table[type];
  if (reader === undefined) throw new Refusal(`the sandbox cannot read the data source ${type}`);
  return { ...config, ...reader(account, config) };
}
