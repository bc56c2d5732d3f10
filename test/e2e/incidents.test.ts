import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { project } from "../commands/project.js";

const folder = fileURLToPath(new URL("../fixtures/incidents/", import.meta.url));

interface Found {
  readonly code: string;
  readonly message: string;
  readonly places: readonly { readonly source?: { readonly line: number } }[];
}

/** Programs modelled on public incidents; the first line of each says what is to be found, and where. */
describe("an incident would have been caught", () => {
  for (const name of readdirSync(folder).sort()) {
    const text = readFileSync(folder + name, "utf8");
    const expected = [...(text.split("\n")[0] ?? "").matchAll(/(LF\d{3}) at line (\d+)/g)];
    test(name.replace(".ts", "").replaceAll("-", " "), async () => {
      expect(expected.length).toBeGreaterThan(0);
      const dir = await project({ "main.ts": text });
      const { document } = await cliJson(dir, ["check", "--date", "2026-11-24"]);
      const [cluster] = document["clusters"] as { findings: Found[] }[];
      for (const [, code, line] of expected) {
        const found = cluster!.findings.filter((finding) => finding.code === code);
        expect(found.flatMap(({ places }) => places.map(({ source }) => source?.line))).toContain(Number(line));
        expect(found.map(({ message }) => message)).toMatchSnapshot(`${code} ${line}`);
      }
    });
  }
});
