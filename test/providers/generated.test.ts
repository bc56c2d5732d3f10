import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../providers/aws/${name}`, import.meta.url), "utf8"));

const types = z
  .object({ version: z.string(), resources: z.array(z.string()), data: z.array(z.string()) })
  .parse(read("types.json"));

const block = z.object({ attributes: z.record(z.string(), z.unknown()) });
const typeSchema = z.object({ version: z.number(), block });
const schema = z
  .object({
    provider: z.object({ source: z.string(), version: z.string(), block }),
    resources: z.record(z.string(), typeSchema),
    data: z.record(z.string(), typeSchema),
  })
  .parse(read("schema.json"));

describe("the generated files", () => {
  it("have all types that are listed, of the version that is listed, and no others", () => {
    expect(Object.keys(schema.resources)).toEqual([...types.resources].sort());
    expect(Object.keys(schema.data)).toEqual([...types.data].sort());
    expect(schema.provider.version).toBe(types.version);
    const facts = z
      .object({ provider: z.object({ version: z.string() }), types: z.record(z.string(), z.unknown()) })
      .parse(read("facts.json"));
    expect(Object.keys(facts.types)).toEqual(Object.keys(schema.resources));
    expect(facts.provider.version).toBe(types.version);
  });

  it("keep an attribute that is called description, also within a type", () => {
    const text = JSON.stringify(schema.resources["aws_security_group"]);
    expect(text).toContain('"description":"string"');
    expect(schema.resources["aws_security_group"]?.block.attributes).toHaveProperty("description");
  });

  it("are what the generator makes of the schema", () => {
    const done = spawnSync(process.execPath, ["scripts/generate.mjs", "--check", "bindings"], { encoding: "utf8" });
    expect(done).toMatchObject({ status: 0, stdout: "bindings.gen.ts is up to date\n" });
  });
});
