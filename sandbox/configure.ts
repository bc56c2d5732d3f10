import { DEFAULT_ACCOUNT, type Configuration } from "./aws/account.js";
import { isRegion, regions } from "./aws/regions.js";
import type { Diagnostic } from "./protocol/messages.js";
import { isUnknown, single, text, textMap, texts, type ObjectValue } from "./value.js";

export interface Configured {
  /** Undefined where the provider cannot work with what it was told. */
  readonly configuration: Configuration | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a provider block. The account is the one of the role to assume, or the only allowed one, or a fixed made-up one: no
 * credentials are looked at.
 */
export function configure(config: ObjectValue, env: NodeJS.ProcessEnv): Configured {
  const region = text(config["region"]) ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  if (region === undefined && !isUnknown(config["region"]))
    return fail({ summary: "invalid provider configuration: no region is set", path: ["region"] });
  if (region !== undefined && !isRegion(region))
    return fail({
      summary: `invalid AWS Region: ${region}`,
      detail: `The sandbox knows ${regions().join(", ")}.`,
      path: ["region"],
    });
  const role = text(single(config["assume_role"])?.["role_arn"]);
  const [allowed] = texts(config["allowed_account_ids"]);
  const account = role?.split(":")[4] ?? allowed ?? DEFAULT_ACCOUNT;
  if (!/^\d{12}$/.test(account)) return fail({ summary: `'${account}' is no account id: it must have twelve digits` });
  return {
    configuration: {
      account,
      region: region ?? "us-east-1",
      defaultTags: textMap(single(config["default_tags"])?.["tags"]),
    },
    diagnostics: [],
  };
}

const fail = (diagnostic: Diagnostic): Configured => ({ configuration: undefined, diagnostics: [diagnostic] });
