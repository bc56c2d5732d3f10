import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { erroredPlaces, findErrored, keepErrored } from "../../../operations/engine/errored-state.js";
import { tempDir } from "../../commands/project.js";

const STATE = '{"version":4,"serial":1}';

test("a state is kept in the first place that takes it, for its owner alone", async () => {
  const dir = await tempDir();
  const there = join(dir, "errored.tfstate");
  const places = [join(dir, "absent", "errored.tfstate"), there, join(dir, "later")];
  expect(keepErrored(places, STATE)).toBe(there);
  expect(await readFile(there, "utf8")).toBe(STATE);
  expect((await stat(there)).mode & 0o777).toBe(0o600);
  expect(findErrored(places)).toBe(there);
  expect(keepErrored([join(dir, "absent", "x")], STATE)).toBeUndefined();
});

test("an empty file, half a file, a link and a folder are no state", async () => {
  const dir = await tempDir();
  const [empty, half, link, folder, whole] = ["empty", "half", "link", "folder", "whole"].map((name) =>
    join(dir, name),
  );
  await writeFile(empty!, "");
  await writeFile(half!, STATE.slice(0, 9));
  await writeFile(whole!, STATE);
  await symlink(whole!, link!);
  await mkdir(folder!);
  expect(findErrored([empty!, half!, link!, folder!])).toBeUndefined();
  expect(findErrored([empty!, half!, link!, folder!, whole!])).toBe(whole);
});

test("two projects, and two clusters of one, have places of their own", () => {
  const all = [
    ["/a/shop", "shop"],
    ["/b/shop", "shop"],
    ["/a/shop", "other"],
  ] as const;
  const places = all.map(([dir, cluster]) => erroredPlaces(dir, cluster));
  expect(places[0]?.[0]).toBe(join("/a/shop", "errored.tfstate"));
  expect(new Set(places.flatMap((each) => each.slice(1))).size).toBe(9);
});
