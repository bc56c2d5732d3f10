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
