import { expect, test } from "vitest";
import { editLock } from "../../model/edit-lock.js";
import { readLock } from "../../model/lock.js";
import { errorOf } from "../program/synthesize.js";

const arm = {
  id: "ami-0123456789abcdef0",
  arch: "arm64",
  bootMode: "uefi",
  digest: `sha256:${"0".repeat(64)}`,
} as const;

test("an edit puts in what it names, sorted, and leaves all else", () => {
  const before = JSON.stringify({
    ...{ version: 1, later: [2, 1] },
    images: { "us-east-1": { "photon-5.0-arm64": { id: "ami-01234567", made: "by hand" } } },
  });
  const after = editLock(before, {
    images: { "eu-west-1": { "photon-5.0-arm64": arm } },
    offerings: { "eu-west-1": { "t4g.small": ["eu-west-1a"], "m7g.large": ["eu-west-1b"] } },
  });
  expect(JSON.parse(after)).toEqual({
    ...{ version: 1, later: [2, 1] },
    images: {
      "eu-west-1": { "photon-5.0-arm64": arm },
      "us-east-1": { "photon-5.0-arm64": { id: "ami-01234567", made: "by hand" } },
    },
    offerings: { "eu-west-1": { "m7g.large": ["eu-west-1b"], "t4g.small": ["eu-west-1a"] } },
  });
  expect(Object.keys(JSON.parse(after))).toEqual(["version", "images", "later", "offerings"]);
  expect(after.indexOf("m7g.large")).toBeLessThan(after.indexOf("t4g.small"));
  expect(editLock(after, { images: { "eu-west-1": { "photon-5.0-arm64": arm } } })).toBe(after);
  expect(readLock(after).images["eu-west-1"]?.["photon-5.0-arm64"]).toEqual(arm);
});

test("a file is made where there is none, and one that is none is refused", () => {
  expect(editLock(null, {})).toBe('{\n  "version": 1,\n  "images": {}\n}\n');
  expect(errorOf(() => editLock("{", {}))).toMatchObject({ code: "LF031" });
});

test("an image of another architecture than its key is refused", () => {
  const edit = { images: { "eu-west-1": { "photon-5.0-x86_64": arm } } };
  expect(errorOf(() => editLock(null, edit))).toMatchObject({ code: "LF031" });
});
