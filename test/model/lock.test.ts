import { describe, expect, test } from "vitest";
import { imageKey, readLock } from "../../model/lock.js";
import { errorOf } from "../program/synthesize.js";

const IMAGE = { id: "ami-0123456789abcdef0" };

describe("the lock file", () => {
  test("gives images by region and name", () => {
    const lock = readLock(JSON.stringify({ version: 1, images: { "eu-west-1": { "photon-5.0-arm64": IMAGE } } }));
    expect(lock.images["eu-west-1"]?.[imageKey("5.0", "arm64")]).toEqual(IMAGE);
  });

  test("may pin nothing, and may hold what a later version adds", () => {
    expect(readLock('{"version":1}')).toEqual({ version: 1, images: {} });
    expect(
      readLock(JSON.stringify({ version: 1, images: { a: { b: { ...IMAGE, later: "photon" } } } })).images,
    ).toEqual({
      a: { b: IMAGE },
    });
  });

  test.each([
    ["no JSON", "{"],
    ["another version", '{"version":2}'],
    ["no object", "[]"],
    ["images of no shape", '{"version":1,"images":[]}'],
    ["a region of no shape", '{"version":1,"images":{"eu-west-1":null}}'],
    ["an image of no shape", '{"version":1,"images":{"eu-west-1":{"photon-5.0-arm64":"ami-1"}}}'],
    ["no AMI id", '{"version":1,"images":{"eu-west-1":{"photon-5.0-arm64":{"id":"photon"}}}}'],
  ])("is refused as LF031 where it holds %s", (_, text) => {
    expect(errorOf(() => readLock(text))).toMatchObject({ code: "LF031", kind: "config" });
  });
});

describe("what else the lock file may hold", () => {
  const locked = (more: object): string => JSON.stringify({ version: 1, ...more });

  test("is the version of Docker in an image, and the zones that offer a machine type", () => {
    const images = { "eu-west-1": { "photon-5.0-arm64": { ...IMAGE, docker: "27.3.1" } } };
    const offerings = { "eu-west-1": { "m7g.large": ["eu-west-1a", "eu-west-1b"] } };
    expect(readLock(locked({ images, offerings }))).toEqual({ version: 1, images, offerings });
  });

  test.each([
    [
      "a version of Docker that is none",
      { images: { "eu-west-1": { "photon-5.0-arm64": { ...IMAGE, docker: "new" } } } },
    ],
    ["offerings of no shape", { offerings: [] }],
    ["a region's offerings of no shape", { offerings: { "eu-west-1": [] } }],
    ["zones of no shape", { offerings: { "eu-west-1": { "m7g.large": [1] } } }],
  ])("is refused as LF031 for %s", (_, more) => {
    expect(errorOf(() => readLock(locked(more)))).toMatchObject({ code: "LF031" });
  });
});

describe("numbers in the lock file", () => {
  const locked = (numbers: object): string => JSON.stringify({ version: 1, numbers });

  test("are read by cluster; a kind that has none may be left out", () => {
    expect(readLock(locked({ shop: { ports: { "web:80": 30_001 } } })).numbers).toEqual({
      shop: { ports: { "web:80": 30_001 }, priorities: {}, networks: {} },
    });
  });

  test.each([
    ["a port", { ports: { "a:80": 30_001, "b:80": 30_001 } }],
    ["a priority", { priorities: { public: { "/a": 46_001, "/b": 46_001 } } }],
    ["a range", { networks: { a_20: "100.96.0.0/20", b_20: "100.96.0.0/20" } }],
  ])("are refused as LF032 where two changes took %s", (_, shop) => {
    expect(errorOf(() => readLock(locked({ shop })))).toMatchObject({ code: "LF032", kind: "config" });
  });

  test("may be the same in two clusters, and in two gateways", () => {
    const shop = { priorities: { public: { "/a": 46_001 }, intern: { "/a": 46_001 } } };
    expect(() => readLock(locked({ shop, blog: shop }))).not.toThrow();
  });

  test.each([
    ["no object", []],
    ["a cluster of no shape", { shop: 1 }],
    ["a port that is none", { shop: { ports: { "a:80": "30001" } } }],
    ["gateways of no shape", { shop: { priorities: { public: 1 } } }],
  ])("are refused as LF031 where they are %s", (_, numbers) => {
    expect(errorOf(() => readLock(locked(numbers)))).toMatchObject({ code: "LF031" });
  });

  test("that a merge left in conflict are told as such", () => {
    const text = `{ "version": 1,\n<<<<<<< ours\n"images": {}\n=======\n>>>>>>> theirs\n}`;
    const error = errorOf(() => readLock(text));
    expect(error).toMatchObject({ code: "LF031" });
    expect(error.message).toContain("merge");
  });
});
