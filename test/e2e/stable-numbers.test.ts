import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { project } from "../commands/project.js";

/** One service a name, each behind the gateway. `/mail` and `/support` fall on one priority, `basket:8080` and `sales:8080` on one port. */
const shop = (...names: readonly string[]): string => `
import { App, aws, Cluster, Fleet, Gateway, Service } from "lightfleet";
const app = new App();
const shop = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }), control: { size: 1 } });
const on = new Fleet(shop, "core", { machine: "m7i.large", size: 3 });
const routes: Record<string, Service> = {};
for (const name of ${JSON.stringify(names)})
  routes["/" + name] = new Service(shop, name, { on, image: "acme/shop:1", replicas: 2, port: 8080, memory: "64MiB" });
new Gateway(shop, "public", { routes });
app.synth();
`;

const model = z.object({
  numbers: z.object({
    ports: z.record(z.string(), z.number()),
    priorities: z.record(z.string(), z.record(z.string(), z.number())),
  }),
});
const document = z.object({
  resource: z.object({ aws_lb_listener_rule: z.record(z.string(), z.object({ priority: z.number() })) }),
});

async function read(dir: string) {
  const text = (...path: string[]): Promise<string> => readFile(join(dir, ...path), "utf8");
  const rules = document.parse(JSON.parse(await text("cdktf.out", "stacks", "shop", "cdk.tf.json"))).resource;
  return {
    numbers: model.parse(JSON.parse(await text("cdktf.out", "shop", "model.json"))).numbers,
    priority: (name: string) => rules.aws_lb_listener_rule[`public_${name}`]?.priority,
  };
}

test("a route that comes or goes moves no other's priority and no other's published port", async () => {
  const dir = await project({ "main.ts": shop("sales", "support") });
  expect((await cli(dir, ["synth"])).stdout).toContain("lightfleet.lock.json");
  const before = await read(dir);
  expect(before.numbers.ports["sales:8080"]).toBe(30_039);
  expect(before.priority("support")).toBe(before.numbers.priorities["public"]?.["/support"]);

  await writeFile(join(dir, "main.ts"), shop("basket", "mail", "sales", "support"));
  expect((await cliJson(dir, ["check"])).document).toMatchObject({ ok: true });
  expect((await cliJson(dir, ["synth"])).exitCode).toBe(0);
  const after = await read(dir);
  expect(after.numbers.ports).toMatchObject(before.numbers.ports);
  expect(after.priority("support")).toBe(before.priority("support"));
  expect(after.priority("mail")).not.toBe(after.priority("support"));

  await writeFile(join(dir, "main.ts"), shop("basket", "mail"));
  expect((await cliJson(dir, ["synth"])).exitCode).toBe(0);
  const last = await read(dir);
  expect(after.numbers.ports).toMatchObject(last.numbers.ports);
  expect(last.priority("mail")).toBe(after.priority("mail"));
});

test("check and preview write nothing; what nothing wrote down is told where it matters", async () => {
  const dir = await project({ "main.ts": shop("basket", "sales") });
  const { document: found } = await cliJson(dir, ["check"]);
  expect(JSON.stringify(found)).toContain("LF409");
  await expect(readFile(join(dir, "lightfleet.lock.json"))).rejects.toThrow("ENOENT");
  await cliJson(dir, ["synth"]);
  expect(JSON.stringify((await cliJson(dir, ["check"])).document)).not.toContain("LF409");
});

test("a number that two changes took is refused, with what to do", async () => {
  const dir = await project({ "main.ts": shop("basket", "sales") });
  const numbers = { shop: { ports: { "basket:8080": 30_039, "sales:8080": 30_039 } } };
  await writeFile(join(dir, "lightfleet.lock.json"), JSON.stringify({ version: 1, images: {}, numbers }));
  expect(await cliJson(dir, ["synth"])).toMatchObject({ document: { error: { code: "LF032" } } });
});
