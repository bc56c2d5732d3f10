import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { noteNumbers } from "../../../operations/checks/record-numbers.js";
import type { CommandContext, Progress } from "../../../operations/context.js";
import { readLock } from "../../../model/lock.js";
import { fleetModel, modelOf } from "../../program/random-model.js";
import { tempDir } from "../../commands/project.js";

const shop = {
  ...modelOf([fleetModel("core")], [], []),
  numbers: { ports: { "web:80": 30_001 }, priorities: {}, networks: {} },
};

/** A command's context that keeps what it is told. */
function recording(dir: string): { readonly context: CommandContext; readonly told: Progress[] } {
  const told: Progress[] = [];
  const never = (): never => {
    throw new Error("nobody is asked");
  };
  const host = { progress: (event: Progress) => void told.push(event), confirm: never, ask: never, canAsk: false };
  return { told, context: { dir, env: {}, signal: new AbortController().signal, host } };
}

test("numbers that are new are written down, and told once", async () => {
  const dir = await tempDir();
  const { context, told } = recording(dir);
  await noteNumbers([shop], null, context);
  const lock = readLock(await readFile(join(dir, "lightfleet.lock.json"), "utf8"));
  expect(lock.numbers).toEqual({ shop: shop.numbers });
  await noteNumbers([shop], lock, context);
  expect(told).toHaveLength(1);
});

test("where nothing can be written, that is told, and the command goes on", async () => {
  const { context, told } = recording(join(await tempDir(), "gone"));
  await noteNumbers([shop], null, context);
  expect(told).toMatchObject([{ type: "note", text: expect.stringContaining("ENOENT") }]);
});

test("a program without numbers has no file made for it", async () => {
  const { context, told } = recording(join(await tempDir(), "gone"));
  await noteNumbers([modelOf([fleetModel("core")], [], [])], null, context);
  expect(told).toEqual([]);
});
