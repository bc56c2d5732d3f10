import { CreateTagsCommand, EC2Client, RegisterImageCommand } from "@aws-sdk/client-ec2";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";

const region = "eu-west-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

describe.skipIf(motoIsMissing() !== undefined)("images of an account", () => {
  let moto: Moto;
  let ec2: EC2Client;
  let env: Record<string, string>;
  beforeAll(async () => {
    moto = await startMoto();
    ec2 = new EC2Client({ region, endpoint: moto.url, credentials });
    env = { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  });
  beforeEach(() => moto.reset());
  afterAll(() => moto.stop());

  /** An image as an import leaves it. */
  async function image(name: string, tags: Record<string, string>): Promise<string> {
    const { ImageId = "" } = await ec2.send(new RegisterImageCommand({ Name: name }));
    const Tags = Object.entries(tags).map(([key, Value]) => ({ Key: `lightfleet:${key}`, Value }));
    await ec2.send(new CreateTagsCommand({ Resources: [ImageId], Tags }));
    return ImageId;
  }
  const digest = `sha256:${"a".repeat(64)}`;
  const imported = { digest, release: "5.0", arch: "arm64", "boot-mode": "uefi" };

  test("are listed, found, pinned, and read when the program is synthesized", async () => {
    await image("photon-5.0-arm64-old", { ...imported });
    const newest = await image("photon-5.0-arm64-new", imported);
    const foreign = await image("other", {});
    const dir = await project({ "main.ts": program("shop") });
    expect((await cli(dir, ["synth"])).exitCode).toBe(0);

    const listed = await cliJson(dir, ["image", "list"], env);
    expect(JSON.stringify(listed.document)).toContain(newest);
    expect(JSON.stringify(listed.document)).not.toContain(foreign);
    const found = await cliJson(dir, ["image", "find", "--name", "photon-*-new", "--arch", "arm64"], env);
    expect(found.document).toMatchObject({ images: [{ id: newest, arch: "arm64", bootMode: "uefi", pinned: false }] });

    const pinned = await cliJson(dir, ["image", "pin", newest], env);
    expect(pinned.document).toMatchObject({ ok: true, changed: true, pinned: [{ key: "photon-5.0-arm64" }] });
    const lock = join(dir, "lightfleet.lock.json");
    expect(JSON.parse(await readFile(lock, "utf8"))).toMatchObject({
      version: 1,
      images: {
        [region]: {
          "photon-5.0-arm64": { id: newest, name: "photon-5.0-arm64-new", arch: "arm64", bootMode: "uefi", digest },
        },
      },
    });
    const again = await cliJson(dir, ["image", "pin", newest], env);
    expect(again.document).toMatchObject({ changed: false });

    expect((await cli(dir, ["synth"])).exitCode).toBe(0);
    const written = await readFile(join(dir, "cdktf.out/stacks/shop/cdk.tf.json"), "utf8");
    expect(written).toContain(newest);
    expect(written).not.toContain("resolve:ssm");
  });

  test("are listed where they are pinned, also those from elsewhere, and those that are gone", async () => {
    const own = await image("photon-5.0-arm64", imported);
    const elsewhere = await image("of another team", {});
    const gone = "ami-0123456789abcdef0";
    const dir = await project({});
    const images = {
      [region]: {
        "photon-5.0-arm64": { id: elsewhere },
        "photon-5.0-x86_64": { id: gone, name: "photon-lost", arch: "x86_64" },
        "photon-4.0-x86_64": { id: gone },
      },
      "us-east-1": { "photon-5.0-arm64": { id: "ami-0f00000000000000f" } },
    };
    await writeFile(join(dir, "lightfleet.lock.json"), JSON.stringify({ version: 1, images }));
    const list = ["image", "list", "--region", region];
    expect((await cliJson(dir, list, env)).document["images"]).toEqual([
      expect.objectContaining({ id: own, pinned: false }),
      expect.objectContaining({ id: elsewhere, pinned: true, state: "available" }),
      expect.objectContaining({ id: gone, pinned: true, state: "missing" }),
    ]);
    expect((await cli(dir, list, env)).stdout).toMatch(/ami-0123456789abcdef0 .* missing .* pinned/);
  });

  test("are pinned by what the program needs, and are missed where there is none", async () => {
    const dir = await project({ "main.ts": program("shop") });
    expect((await cli(dir, ["synth"])).exitCode).toBe(0);
    const none = await cliJson(dir, ["image", "pin"], env);
    expect(none).toMatchObject({ exitCode: 1, document: { error: { code: "LF631", message: /arm64 in eu-west-1/ } } });
    const id = await image("photon", imported);
    const pinned = await cliJson(dir, ["image", "pin"], env);
    expect(pinned.document).toMatchObject({ pinned: [{ id, region, key: "photon-5.0-arm64" }] });
  });

  test("do not fit a machine of another architecture, nor one of which nothing is known", async () => {
    const arm = await image("photon", imported);
    const unknown = await image("photon", {});
    const dir = await project({});
    const pin = async (id: string, ...more: string[]) =>
      (await cliJson(dir, ["image", "pin", id, "--region", region, ...more], env)).document;
    expect(await pin(arm, "--arch", "x86_64")).toMatchObject({ error: { code: "LF632" } });
    expect(await pin(unknown)).toMatchObject({ error: { code: "LF632" } });
    expect(await pin("ami-0123456789abcdef0")).toMatchObject({ error: { code: "LF631" } });
    expect(await pin(unknown, "--arch", "aarch64", "--docker", "27.3.1")).toMatchObject({ ok: true });
    await writeFile(join(dir, "lightfleet.lock.json"), "{");
    expect(await pin(arm)).toMatchObject({ error: { code: "LF031" } });
  });
});

test("the sandbox has an image for each release and architecture", async () => {
  const dir = await project({ "main.ts": program("shop") });
  const { document } = await cliJson(dir, ["image", "find", "--sandbox", "--region", region, "--arch", "arm64"]);
  expect(document).toMatchObject({
    images: [{ name: "sandbox-photon-5.0-arm64" }, { name: "sandbox-photon-4.0-arm64" }],
  });
});
