import { describe, expect, test } from "vitest";
import { LightfleetError } from "lightfleet";
import { brokenPrograms, type Broken } from "../program/broken.js";
import { withOutputVariable } from "../program/examples.js";

/** What the program throws. */
async function outcome({ file }: Broken): Promise<LightfleetError> {
  const error: unknown = await withOutputVariable(() => import(/* @vite-ignore */ file)).catch(
    (thrown: unknown) => thrown,
  );
  if (LightfleetError.is(error)) return error;
  throw error instanceof Error ? error : new Error("the program is not broken");
}

describe("a broken program", () => {
  test("is there for each of many mistakes", () => {
    expect(brokenPrograms.length).toBeGreaterThan(14);
    expect(brokenPrograms.some(({ expected }) => expected.length >= 5)).toBe(true);
  });

  test.each(brokenPrograms)("$name is told just what is wrong, and in which line", async (program) => {
    const error = await outcome(program);
    expect(error).toMatchObject({ code: "LF040", kind: "config" });
    const found = error.findings.map(({ code, source }) => ({ code, line: source?.line }));
    expect(found).toEqual(program.expected);
    for (const { source, path, message } of error.findings) {
      expect(source?.file).toMatch(new RegExp(`test/fixtures/broken/${program.name}\\.ts$`));
      expect(source?.column).toBeGreaterThan(0);
      expect(path).toBeDefined();
      expect(message).toMatch(/^[^A-Z].*[^.]$/s);
      expect(error.message).toContain(message);
    }
  });
});
