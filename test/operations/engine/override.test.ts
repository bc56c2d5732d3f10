import { join } from "node:path";
import { expect, test } from "vitest";
import { engineEnvironment } from "../../../operations/engine/override.js";
import { tempDir } from "../../commands/project.js";

test("a workspace and a data directory of other projects lead no state away", async () => {
  const HOME = await tempDir();
  const users = { HOME, TF_WORKSPACE: "staging", TF_DATA_DIR: "/elsewhere", TF_LOG: "debug" };
  const { TF_WORKSPACE, TF_DATA_DIR, ...env } = await engineEnvironment(users);
  expect({ TF_WORKSPACE, TF_DATA_DIR }).toEqual({});
  expect(env).toMatchObject({ HOME, TF_LOG: "debug", TF_PLUGIN_CACHE_DIR: join(HOME, ".cache/lightfleet/providers") });
});
