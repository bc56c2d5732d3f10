import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { RunLock } from "../../sandbox/lock.js";
import { removeLeftovers } from "../../sandbox/recover.js";
import { Store, type StoredObject } from "../../sandbox/store.js";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lf-store-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const here = { account: "000000000000", region: "eu-west-1" };
const object = (key: string, more: Partial<StoredObject> = {}): StoredObject => ({
  type: "t",
  key,
  owner: "shop",
  attributes: { id: key },
  ...more,
});

test("objects are kept under any key, and no two keys share a file", () => {
  const store = new Store(folder());
  const key = fc.oneof(
    fc.string({ minLength: 1, maxLength: 300 }),
    fc.constantFrom("A", "a", "a/b", "a_b", "..", ".", "arn:aws:x"),
  );
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 8 }), (keys) => {
      for (const { key: old } of store.list(here, "t")) store.remove(here, "t", old);
      for (const name of keys) expect(store.create(here, object(name))).toBe(true);
      expect(
        store
          .list(here, "t")
          .map(({ key: found }) => found)
          .sort(),
      ).toEqual([...keys].sort());
      for (const name of keys) expect(store.read(here, "t", name)?.key).toBe(name);
      const files = keys.map((name) => store.file(here, "t", name).toLowerCase());
      expect(new Set(files).size).toBe(keys.length);
    }),
    { numRuns: 30 },
  );
});

test("an object is made once, replaced as a whole, and leaves no other file behind", () => {
  const store = new Store(folder());
  expect(store.create(here, object("a"))).toBe(true);
  expect(store.create(here, object("a", { owner: "other" }))).toBe(false);
  expect(store.read(here, "t", "a")?.owner).toBe("shop");
  store.write(here, object("a", { attributes: { id: "a", size: 2 } }));
  expect(store.read(here, "t", "a")?.attributes).toEqual({ id: "a", size: 2 });
  expect(readdirSync(dirname(store.file(here, "t", "a")))).toEqual(["a.json"]);
  expect(store.places()).toEqual([here]);
  expect(store.types(here)).toEqual(["t"]);
  store.remove(here, "t", "a");
  store.remove(here, "t", "a");
  expect(store.read(here, "t", "a")).toBeUndefined();
});

test("half a file, of a process that was killed while writing, is no object", () => {
  const store = new Store(folder());
  store.write(here, object("a"));
  writeFileSync(`${store.file(here, "t", "b")}.123.0.tmp`, '{"type":');
  expect(store.list(here, "t").map(({ key }) => key)).toEqual(["a"]);
});

/** The id of a process that is certainly gone. */
const dead = (): number => spawnSync(process.execPath, ["-e", "0"]).pid;

test("a lock is shared within a run, and kept from others while the run lives", () => {
  const file = join(folder(), "locks", "shop.lock");
  const first = new RunLock(file, process.pid);
  const sibling = new RunLock(file, process.pid);
  const stranger = new RunLock(file, process.ppid);
  first.hold();
  first.hold();
  sibling.hold();
  expect(() => stranger.hold()).toThrow(expect.objectContaining({ holder: process.pid }));
  sibling.release();
  expect(readFileSync(file, "utf8")).toBe(String(process.pid));
  first.release();
  first.release();
  expect(existsSync(file)).toBe(false);
  stranger.hold();
  stranger.release();
});

test("the lock of a run that died is taken over, which is told; so is one that is empty", () => {
  const file = join(folder(), "shop.lock");
  const died = dead();
  writeFileSync(file, String(died));
  const told: number[] = [];
  const lock = new RunLock(file, process.pid, (run) => told.push(run));
  lock.hold();
  expect(told).toEqual([died]);
  lock.release();
  writeFileSync(file, "");
  lock.hold();
  expect(readFileSync(file, "utf8")).toBe(String(process.pid));
  // Somebody deleted it by hand.
  rmSync(file);
  lock.hold();
  expect(existsSync(file)).toBe(true);
  expect(told).toEqual([died]);
});

test("what killed runs made and did not write down is cleared away, and nothing else", () => {
  const root = folder();
  const store = new Store(root);
  const run = dead();
  store.write(here, object("known", { run }));
  store.write(here, object("lost", { run }));
  store.write(here, object("part", { run, automatic: true }));
  store.write(here, object("older", { run: 1 }));
  store.write(here, object("fresh", { run: 2 }));
  store.write(here, object("foreign", { run, owner: "other" }));
  const state = join(root, "state.json");
  const keys = (): string[] => store.list(here, "t").map(({ key }) => key);
  mkdirSync(root, { recursive: true });
  writeFileSync(state, "{ half");
  removeLeftovers(store, "shop", state, 2);
  expect(keys()).toHaveLength(6);
  writeFileSync(state, '{"resources":[{"instances":[{"attributes":{"id":"known"}}]}]}');
  removeLeftovers(store, "shop", state, 2);
  expect(keys()).toEqual(["foreign", "fresh", "known", "part"]);
  rmSync(state);
  removeLeftovers(store, "shop", state, 2);
  expect(keys()).toEqual(["foreign", "fresh", "part"]);
});
