import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn } from "./stand-in.js";

test.skipIf(!(await engineIsThere()))("a mirror that is named in a file that is not there is told of", async () => {
  const account = await openStandIn();
  onTestFinished(() => account.close());
  const dir = await project({ "main.ts": program("shop") });
  const config = join(dir, "none.tfrc");
  // No provider at hand, and no way to the registry.
  const nowhere = { TF_REATTACH_PROVIDERS: "", HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
  const more = { TF_CLI_CONFIG_FILE: config, XDG_CACHE_HOME: join(dir, "cache") };
  const { exitCode, document } = await cliJson(dir, ["diff"], { ...account.env, ...nowhere, ...more });
  expect({ exitCode, document }).toMatchObject({
    exitCode: 1,
    document: { error: { code: "LF612", hint: expect.stringContaining(`TF_CLI_CONFIG_FILE names '${config}'`) } },
  });
});
