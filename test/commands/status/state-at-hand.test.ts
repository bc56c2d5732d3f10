import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDeployed } from "../../../operations/state/read-deployed.js";
import { tempDir } from "../project.js";

/** What is known of a cluster whose state is a file that says so. */
async function readBack(state: string | undefined) {
  const dir = await tempDir();
  const stackDir = join(dir, "cdktf.out", "stacks", "shop");
  const stackFile = join(stackDir, "cdk.tf.json");
  await mkdir(stackDir, { recursive: true });
  const backend = { local: { path: "../../../terraform.shop.tfstate" } };
  await writeFile(stackFile, JSON.stringify({ terraform: { backend } }));
  if (state !== undefined) await writeFile(join(dir, "terraform.shop.tfstate"), state);
  const host = { progress: () => undefined, canAsk: false, confirm: () => never(), ask: () => never() };
  return readDeployed({ dir, env: {}, signal: new AbortController().signal, host }, { stackDir, stackFile });
}

const never = (): Promise<never> => Promise.reject(new Error("nobody asks"));

test("a state that was cut off is not at hand, and it is said why", async () => {
  expect(await readBack('{"version":4,"resources":[{"mo')).toEqual({
    unread: "the state in terraform.shop.tfstate cannot be read: it is cut off, or no JSON",
  });
});

test("a state that is not there is not at hand", async () => {
  expect(await readBack(undefined)).toEqual({});
  expect(await readBack("")).toEqual({});
  expect(await readBack('{"version":4,"resources":[]}')).toMatchObject({ deployed: { gateways: new Set() } });
});
