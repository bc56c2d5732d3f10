import type { RunningProvider } from "../contract/running-provider.js";
import { startSandboxProvider } from "../contract/sandbox-provider.js";
import { emptyAccount } from "../live/caller.js";
import { openWire, type Wire } from "../live/wire.js";

/** An account that is none: the sandbox's provider answers the engine, and a wire the SDK, with what a test says. */
export interface StandIn {
  readonly wire: Wire;
  /** What makes the command line take it for AWS. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openStandIn(): Promise<StandIn> {
  const [provider, wire]: [RunningProvider, Wire] = await Promise.all([
    startSandboxProvider(),
    openWire("http://127.0.0.1:9"),
  ]);
  wire.answer = emptyAccount;
  const env = {
    ...{ AWS_ENDPOINT_URL: wire.url, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
    ...{ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", TF_CLI_CONFIG_FILE: "/dev/null" },
    ...provider.reattach,
  };
  const close = async (): Promise<void> => {
    await wire.close();
    await provider.close();
  };
  return { wire, env, close };
}
