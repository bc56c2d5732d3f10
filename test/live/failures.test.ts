import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { accountIsMissing, openAccount, type Account } from "./account.js";
import type { Finding } from "../../errors/error.js";
import { FAILING, failing } from "./failing-calls.js";
import { rawProject, type RawDocument } from "./raw-project.js";
import { openWire, type Wire } from "./wire.js";

/** What the provider of this version says; the tests without a provider read it. */
const RECORDED = "../fixtures/failures/aws-5.100.0.json";

/** What fails, and what is made before it. */
function resources(all: boolean): RawDocument["resource"] {
  const found: Record<string, Record<string, object>> = {
    aws_ssm_parameter: { first: { name: "/first", type: "String", value: "1" } },
  };
  for (const { type, name, block } of FAILING)
    if (all || !/^aws_(instance|lb|autoscaling_group|lb_target_group)$/.test(type))
      (found[type] ??= {})[name] = { ...block, depends_on: ["aws_ssm_parameter.first"] };
  return found;
}

describe.skipIf(accountIsMissing() !== undefined)("an apply of the real provider", { timeout: 600_000 }, () => {
  let account: Account;
  let wire: Wire;
  beforeAll(async () => {
    account = await openAccount();
    wire = await openWire(account.url);
  });
  afterAll(async () => {
    await wire.close();
    await account.stop();
  });

  test("that AWS refuses says why, keeps what it made, and the next one goes on", async () => {
    const env = { ...account.env, AWS_ENDPOINT_URL: wire.url };
    const { dir, write } = await rawProject({ resource: resources(true) });
    wire.answer = failing;
    const first = await cliJson(dir, ["deploy", "--yes", "--no-wait"], env);
    expect(first).toMatchObject({ exitCode: 1, document: { ok: false, error: { code: "LF626" } } });
    const { findings } = (first.document as { error: { findings: Finding[] } }).error;
    const told = findings
      .map(({ path = "", code, message }) => ({ address: path, code, text: message }))
      .sort((a, b) => (a.address < b.address ? -1 : 1));
    expect(told.map(({ address, code }) => [address, code])).toEqual(
      FAILING.map(({ type, name, code }) => [`${type}.${name}`, code]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    );
    await expect(`${JSON.stringify(told, null, 2)}\n`).toMatchFileSnapshot(RECORDED);
    expect(await inState(dir)).toEqual(["aws_ssm_parameter.first"]);

    wire.answer = undefined;
    wire.calls.length = 0;
    await write({ resource: resources(false) });
    const second = await cliJson(dir, ["deploy", "--yes", "--no-wait"], env);
    expect(second.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect(await inState(dir)).toHaveLength(Object.values(resources(false)).flatMap(Object.keys).length);
    // What was made the first time is not made again.
    expect(wire.calls.filter(({ action, body }) => action === "PutParameter" && body.includes("/first"))).toEqual([]);
  });
});

/** The addresses that a local state holds. */
async function inState(dir: string): Promise<string[]> {
  const { resources: all }: { resources: { type: string; name: string; instances: unknown[] }[] } = JSON.parse(
    await readFile(join(dir, "terraform.shop.tfstate"), "utf8"),
  );
  return all.filter(({ instances }) => instances.length > 0).map(({ type, name }) => `${type}.${name}`);
}
