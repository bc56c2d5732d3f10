import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addressesOf } from "../program/document.js";
import { examples } from "../program/examples.js";

const MEANING = `
An address of Terraform changed. A resource whose address changes is destroyed and made anew: for a launch template or an
autoscaling group that replaces every VM of the fleet, for a bucket it takes the releases along, in every cluster of every
user, at their next deploy. Keep the old address. Where a new one is really wanted, ship a 'moved' block with it, say so in
the CHANGELOG, and write the list anew with GOLDEN=write npx vitest run test/stacks/addresses.test.ts`;

/** One address a line, so that a diff of the list reads as what happens to clusters. */
describe.each(examples)("the addresses of examples/$name", ({ name, run }) => {
  const file = new URL(`golden/${name}.addresses.txt`, import.meta.url);

  test("are those of the committed list", async () => {
    const addresses = addressesOf((await run()).document);
    if (process.env["GOLDEN"] === "write") writeFileSync(file, `${addresses.join("\n")}\n`);
    const golden = readFileSync(file, "utf8").trimEnd().split("\n");
    const gone = golden.filter((address) => !addresses.includes(address));
    const fresh = addresses.filter((address) => !golden.includes(address));
    expect({ gone, new: fresh }, MEANING).toEqual({ gone: [], new: [] });
  });

  test("read like names", async () => {
    for (const address of addressesOf((await run()).document))
      expect(address).toMatch(/^[a-z0-9_]+\.[a-z][a-z0-9_-]*$/);
  });
});
