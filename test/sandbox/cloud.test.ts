import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSandbox } from "../../sandbox/cloud.js";
import { writeMirror } from "../../sandbox/mirror.js";
import { Store } from "../../sandbox/store.js";
import { id, Local, network } from "./local.js";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "lf-cloud-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const program = '{ "terraform": {"required_providers": {}},\n "resource": {"aws_vpc": {}} }\n';

test("a cluster is laid out byte for byte, with its state beside it", async () => {
  const project = folder();
  const { cwd, env } = await openSandbox(project).prepare("shop", program);
  expect(readFileSync(join(cwd, "cdk.tf.json"), "utf8")).toBe(program);
  expect(JSON.parse(readFileSync(join(cwd, "sandbox_override.tf.json"), "utf8"))).toEqual({
    terraform: { backend: { local: { path: "terraform.tfstate" } } },
  });
  expect(readFileSync(env["TF_CLI_CONFIG_FILE"] ?? "", "utf8")).toContain("registry.terraform.io/hashicorp/aws");
  expect(env["PATH"]?.startsWith(dirname(process.execPath))).toBe(true);
  expect(env["LIGHTFLEET_CLUSTER"]).toBe("shop");
});

test("nothing of the user's environment leads past the sandbox", async () => {
  const given = {
    AWS_PROFILE: "prod",
    AWS_REGION: "us-east-1",
    TF_REATTACH_PROVIDERS: "{}",
    TF_CLI_ARGS_apply: "-lock=false",
    TF_VAR_x: "1",
  };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { env } = await openSandbox(folder()).prepare("shop", program);
  expect(Object.keys(env).filter((name) => name in given)).toEqual(["TF_VAR_x"]);
});

test("a name that is no folder's name is refused", async () => {
  const sandbox = openSandbox(folder());
  await expect(sandbox.prepare("../shop", program)).rejects.toMatchObject({ code: "LF081" });
});

test("init is asked for first, and again when providers change or the sandbox does", async () => {
  const sandbox = openSandbox(folder());
  const first = await sandbox.prepare("shop", program);
  expect(first.needsInit).toBe(true);
  // What init would have written.
  mkdirSync(join(first.cwd, ".terraform", "providers"), { recursive: true });
  writeFileSync(join(first.cwd, ".terraform.lock.hcl"), "");
  expect((await sandbox.prepare("shop", program)).needsInit).toBe(false);
  const grown = JSON.stringify({ ...JSON.parse(program), resource: { random_pet: {} } });
  expect((await sandbox.prepare("shop", grown)).needsInit).toBe(true);
  expect((await sandbox.prepare("shop", grown)).needsInit).toBe(false);
  writeFileSync(join(first.cwd, "provider.sha256"), "of another version");
  expect((await sandbox.prepare("shop", grown)).needsInit).toBe(true);
  expect(existsSync(join(first.cwd, ".terraform.lock.hcl"))).toBe(false);
});

test("the mirror is written once, and again where it differs", () => {
  const [target, built] = [folder(), folder()];
  writeFileSync(join(built, "terraform-provider-aws.cjs"), "one");
  writeFileSync(join(built, "tables.json"), "{}");
  const first = writeMirror(target, built);
  const place = join(target, "mirror", "registry.terraform.io", "hashicorp", "aws", "5.100.0");
  const [platform = ""] = readdirSync(place);
  const provider = join(place, platform, "terraform-provider-aws.cjs");
  expect(statSync(provider).mode & 0o111).toBe(0o111);
  expect(existsSync(provider.replace("terraform.io", "opentofu.org"))).toBe(true);
  utimesSync(provider, 1, 1);
  expect(writeMirror(target, built)).toEqual(first);
  expect(statSync(provider).mtimeMs).toBe(1000);
  writeFileSync(join(built, "terraform-provider-aws.cjs"), "two");
  rmSync(join(built, "tables.json"));
  expect(writeMirror(target, built).fingerprint).not.toBe(first.fingerprint);
  expect(readFileSync(provider, "utf8")).toBe("two");
  expect(readdirSync(dirname(provider))).toEqual(["terraform-provider-aws.cjs"]);
});

test("a cluster is forgotten alone, or everything at once", async () => {
  const sandbox = openSandbox(folder());
  const { cwd } = await sandbox.prepare("shop", program);
  const at = (owner: string) => {
    const local = new Local();
    return new Local({ ...local.at, owner, store: new Store(join(sandbox.directory, "store")) });
  };
  network(at("shop"));
  const kept = at("other").apply("aws_vpc", { cidr_block: "10.0.0.0/16" });
  await sandbox.reset("shop");
  expect(existsSync(cwd)).toBe(false);
  expect(sandbox.inventory("shop").objects).toEqual([]);
  expect(sandbox.inventory("other").objects.map(({ key }) => key)).toContain(id(kept));
  await sandbox.reset();
  expect(existsSync(sandbox.directory)).toBe(false);
  await sandbox.reset();
});
