import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const npm = (...args: readonly string[]): string =>
  execFileSync("npm", [...args, "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

const packed = (): string[] => {
  const schema = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }));
  return schema.parse(JSON.parse(npm("pack", "--dry-run", "--json")))[0]?.files.map(({ path }) => path) ?? [];
};

test("the package has each page that a message of it points to, and nothing of the build's own", () => {
  const files = packed();
  const source = [
    "bin",
    "checks",
    "commands",
    "constructs",
    "errors",
    "model",
    "node",
    "operations",
    "stacks",
    "terraform",
  ];
  const texts = source.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  );
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/\bdocs\/[\w/-]+\.\w+/g)].map(([page]) => page)));
  expect([...named].filter((page) => existsSync(join(ROOT, page)) && !files.includes(page))).toEqual([]);
  expect([...named].filter((page) => !existsSync(join(ROOT, page)) && !page.includes("LF"))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(["SECURITY.md", "LICENSE", "README.md", "docs/errors.md"]));
  expect(files.filter((name) => name.includes(".stamps") || /\.(tfstate|tgz)/.test(name))).toEqual([]);
});

test("the bill of materials has what is installed with the package, and what is bundled in it", () => {
  execFileSync(process.execPath, ["scripts/sbom.mjs"], { cwd: ROOT, stdio: "pipe" });
  const schema = z.object({
    bomFormat: z.literal("CycloneDX"),
    components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
  });
  const { components } = schema.parse(JSON.parse(readFileSync(join(ROOT, "dist/sbom.cdx.json"), "utf8")));
  const names = components.map(({ name }) => name);
  const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });
  const { dependencies } = manifest.parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
  expect(Object.keys(dependencies).filter((name) => !names.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(["@aws-sdk/client-ec2", "@msgpack/msgpack", "pbf"]));
  expect(names.filter((name) => ["vitest", "eslint", "typescript"].includes(name))).toEqual([]);
  expect(packed()).toContain("dist/sbom.cdx.json");
});
