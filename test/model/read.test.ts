import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readModel } from "../../model/read.js";
import { modelSchema } from "../../model/schema.js";
import { writeModel } from "../../model/write.js";
import { examples } from "../program/examples.js";
import { anyModel, modelOf } from "../program/random-model.js";
import { errorOf } from "../program/synthesize.js";

/** The shop as the first version wrote it. */
const VERSION_1 = new URL("../fixtures/models/version-1.json", import.meta.url);

test("a model comes back as it was written", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      const text = writeModel(model);
      expect(readModel(text, "model.json")).toEqual(model);
      expect(writeModel(readModel(text, "model.json"))).toBe(text);
    }),
    { numRuns: 30 },
  );
});

describe.each(examples)("the model of examples/$name", ({ run, cluster }) => {
  test("has the shape of the schema, and is what the file says", async () => {
    const { model, files } = await run();
    expect(modelSchema.safeParse(JSON.parse(files.model)).success).toBe(true);
    expect(writeModel(model)).toBe(files.model);
    expect(model.cluster).toBe(cluster);
  });

  test("lists what has an id by id, and keys in order", async () => {
    const { model } = await run();
    for (const list of [model.fleets, model.services, model.gateways]) {
      const ids = list.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort());
    }
    for (const { env, uses } of model.services) {
      expect(Object.keys(env)).toEqual(Object.keys(env).sort());
      expect(uses.map(({ as }) => as)).toEqual(uses.map(({ as }) => as).sort());
    }
  });
});

describe("a model of version 1", () => {
  test("is read as it was written, with no number noted", () => {
    const text = readFileSync(VERSION_1, "utf8");
    const model = readModel(text, "model.json");
    expect(model).toMatchObject({ ...JSON.parse(text), version: 2 });
    expect(model.numbers).toEqual({ ports: {}, priorities: {}, networks: {} });
  });

  test("is not trusted in its shape", () => {
    const text = JSON.stringify({ ...JSON.parse(readFileSync(VERSION_1, "utf8")), services: 1 });
    expect(errorOf(() => readModel(text, "model.json"))).toMatchObject({ code: "LF030" });
  });
});

test("a model of a version to come is refused, with what to do", () => {
  const text = JSON.stringify({ ...modelOf([], [], []), version: 99 });
  expect(errorOf(() => readModel(text, "shop/model.json"))).toMatchObject({ code: "LF034", kind: "config" });
});

describe("what is no model of this version is refused as LF030", () => {
  const model = modelOf([], [], []);

  test.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a version that never was", JSON.stringify({ ...model, version: 0 })],
    ["no version", "{}"],
    ["a field too much", JSON.stringify({ ...model, more: 1 })],
    ["a field too few", JSON.stringify({ ...model, fleets: undefined })],
  ])("%s", (_, text) => {
    const error = errorOf(() => readModel(text, "shop/model.json"));
    expect(error).toMatchObject({ code: "LF030", hint: expect.stringContaining("lightfleet synth") });
    expect(error.message).toContain("shop/model.json");
  });

  test("and the field is named", () => {
    const wrong = { ...model, platform: { ...model.platform, nat: "none" } };
    expect(errorOf(() => readModel(JSON.stringify(wrong), "model.json")).message).toContain("platform.nat");
  });
});
