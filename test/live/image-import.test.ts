import { DescribeImagesCommand, DescribeSnapshotsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { imageImport, type ImportOptions } from "../../commands/image-import.js";
import { LightfleetError } from "../../errors/error.js";
import { cliJson } from "../commands/cli.js";
import { tempDir } from "../commands/project.js";
import { rawDisk, tarball } from "./disk.js";
import { answerImports, type ImportTasks } from "./import-tasks.js";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";
import { openWire, type Wire } from "./wire.js";

const region = "eu-west-1";
const bucket = "acme-import";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const MIB = 2 ** 20;
const name = "photon-ami-5.0-dde71ec57.x86_64.raw";

describe.skipIf(motoIsMissing() !== undefined)("importing an image", () => {
  let moto: Moto;
  let wire: Wire;
  let ec2: EC2Client;
  let s3: S3Client;
  let imports: ImportTasks;
  const before = { ...process.env };
  beforeAll(async () => {
    moto = await startMoto();
    wire = await openWire(moto.url);
    ec2 = new EC2Client({ region, endpoint: moto.url, credentials });
    s3 = new S3Client({ region, endpoint: moto.url, credentials, forcePathStyle: true });
    Object.assign(process.env, {
      ...{ AWS_ENDPOINT_URL: wire.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
  });
  beforeEach(async () => {
    await moto.reset();
    wire.calls.length = 0;
    wire.answered = undefined;
    imports = answerImports(wire, ec2);
    await s3.send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
  });
  afterAll(async () => {
    process.env = before;
    await wire.close();
    await moto.stop();
  });

  const start = (dir: string, more: Partial<ImportOptions> = {}, signal = new AbortController().signal) =>
    imageImport(
      { ...{ file: name, bucket, region, pin: true, discard: false, pollMs: 1, partBytes: 5 * MIB }, ...more },
      {
        dir,
        env: process.env,
        signal,
        host: { progress: () => undefined, confirm: async () => false, canAsk: false, ask: async () => "" },
      },
    );
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    return LightfleetError.is(error) ? error.code : String(error);
  };
  /** A folder with a disk that no other has. */
  const withDisk = async (bytes = 6 * MIB): Promise<string> => {
    const dir = await tempDir();
    await writeFile(join(dir, name), rawDisk(bytes));
    return dir;
  };
  /** What there is of the disk of a folder: images, uploads and pins. */
  const left = async (dir: string) => {
    const lock = join(dir, "lightfleet.lock.json");
    const digest = createHash("sha256")
      .update(await readFile(join(dir, name)))
      .digest("hex");
    const Prefix = `lightfleet/images/${digest}.raw`;
    const [{ Images = [] }, { Snapshots = [] }, { KeyCount }, { Uploads = [] }] = await Promise.all([
      ec2.send(
        new DescribeImagesCommand({
          Owners: ["self"],
          Filters: [{ Name: "name", Values: [`photon-5.0-x86_64-${digest.slice(0, 12)}`] }],
        }),
      ),
      ec2.send(
        new DescribeSnapshotsCommand({ Filters: [{ Name: "tag:lightfleet:digest", Values: [`sha256:${digest}`] }] }),
      ),
      s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix })),
      s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix })),
    ]);
    return {
      images: Images.length,
      tagged: Images.filter(({ Tags = [] }) => Tags.length === 4).length,
      snapshots: Snapshots.length,
      tasks: imports.tasks.filter(({ description }) => description.endsWith(digest)).length,
      objects: KeyCount,
      uploads: Uploads.length,
      pinned: existsSync(lock) ? Object.keys(JSON.parse(await readFile(lock, "utf8")).images[region]) : [],
    };
  };
  const whole = {
    ...{ images: 1, tagged: 1, snapshots: 1, tasks: 1, objects: 0, uploads: 0 },
    pinned: ["photon-5.0-x86_64"],
  };

  test("goes from the disk to the pin, and makes no second image of one disk", async () => {
    const dir = await withDisk();
    const made = await start(dir);
    expect(made).toMatchObject({ existed: false, pinned: true, image: { arch: "x86_64", bootMode: "uefi-preferred" } });
    expect(await left(dir)).toEqual(whole);
    const register = wire.calls.find(({ action }) => action === "RegisterImage")?.form;
    expect(Object.fromEntries(register ?? [])).toMatchObject({
      ...{ Architecture: "x86_64", BootMode: "uefi-preferred", EnaSupport: "true", ImdsSupport: "v2.0" },
      ...{ VirtualizationType: "hvm", RootDeviceName: "/dev/xvda", "BlockDeviceMapping.1.DeviceName": "/dev/xvda" },
    });
    const again = await start(dir);
    expect(again).toMatchObject({ existed: true, pinned: false, image: { id: made.image?.id } });
    expect(await left(dir)).toEqual(whole);
  });

  test("goes on wherever it was interrupted", { timeout: 240_000 }, async () => {
    const first = await withDisk();
    wire.calls.length = 0;
    await start(first);
    const steps = wire.calls.map(({ action }) => action.split("/")[0]!.trim());
    expect(steps).toEqual(expect.arrayContaining(["ImportSnapshot", "RegisterImage", "CreateTags", "DELETE"]));
    // After each question, when AWS has done what it was asked for, and nobody here knows.
    for (let step = 1; step <= steps.length; step++) {
      const dir = await withDisk();
      const abort = new AbortController();
      let seen = 0;
      wire.answered = () => void (++seen === step && abort.abort());
      const code = await codeOf(start(dir, {}, abort.signal));
      // The last answer of all may be the end of it.
      if (step < steps.length) expect([step, steps[step - 1], code]).toEqual([step, steps[step - 1], "LF071"]);
      wire.answered = undefined;
      await start(dir);
      expect([step, steps[step - 1], await left(dir)]).toEqual([step, steps[step - 1], whole]);
    }
  });

  test("takes away what it left, when it is asked to", async () => {
    for (const last of ["ImportSnapshot", "RegisterImage"]) {
      const dir = await withDisk();
      const abort = new AbortController();
      wire.answered = ({ action }) => void (action === last && abort.abort());
      expect(await codeOf(start(dir, {}, abort.signal))).toBe("LF071");
      wire.answered = undefined;
      expect(await left(dir)).toMatchObject({ objects: 1 });
      expect(await start(dir, { discard: true })).toMatchObject({ image: null, existed: last === "RegisterImage" });
      expect(await left(dir)).toMatchObject({ objects: 0, uploads: 0, snapshots: last === "RegisterImage" ? 1 : 0 });
    }
  });

  test("says why AWS gave up, and leaves no upload then", async () => {
    const dir = await withDisk(MIB);
    imports.fail = "ClientError: Disk validation failed";
    expect(await codeOf(start(dir))).toBe("LF633");
    expect(await left(dir)).toMatchObject({ objects: 0, uploads: 0, images: 0 });
    imports.fail = undefined;
    expect(await start(dir)).toMatchObject({ existed: false });
    expect(imports.tasks).toHaveLength(2);
    expect(await codeOf(start(await withDisk(MIB), { role: "nobody" }))).toBe("LF634");
    expect(await codeOf(start(await withDisk(MIB), { bucket: "nowhere" }))).toBe("LF637");
  });

  test("unpacks what Photon OS comes in, by the command line", async () => {
    const dir = await tempDir();
    const file = "photon-ami-5.0-dde71ec57.aarch64.tar.gz";
    await writeFile(
      join(dir, file),
      tarball({ README: Buffer.from("x"), [name.replace("x86_64", "aarch64")]: rawDisk(MIB, ["efi"]) }),
    );
    const { document } = await cliJson(dir, ["image", "import", file, "--bucket", bucket, "--region", region], {
      ...{ AWS_ENDPOINT_URL: wire.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
    expect(document).toMatchObject({
      ok: true,
      image: { arch: "arm64", bootMode: "uefi", release: "5.0" },
      pinned: true,
    });
    expect(await readdir(join(dir, ".lightfleet/images"))).toEqual([]);
  });

  test("refuses what is no disk, and what nothing says enough of", async () => {
    const dir = await tempDir();
    await writeFile(join(dir, "disk.raw"), rawDisk(MIB));
    await writeFile(join(dir, "empty.raw"), Buffer.alloc(1024));
    await writeFile(join(dir, "odd.raw"), Buffer.concat([rawDisk(MIB), Buffer.alloc(1)]));
    await writeFile(join(dir, "other.tar.gz"), tarball({ "disk.vmdk": Buffer.from("x") }));
    await writeFile(join(dir, "broken.tar.gz"), Buffer.from("no archive"));
    for (const file of ["no.raw", "disk.vmdk", "empty.raw", "odd.raw", "other.tar.gz", "broken.tar.gz"])
      expect([file, await codeOf(start(dir, { file }))]).toEqual([file, "LF635"]);
    expect(await codeOf(start(dir, { file: "disk.raw" }))).toBe("LF632");
    await writeFile(join(dir, name), rawDisk(MIB, ["bios"]));
    expect(await codeOf(start(dir, { arch: "arm64" }))).toBe("LF632");
    expect(await codeOf(start(dir, { release: "3.0" }))).toBe("LF632");
    expect(await start(dir)).toMatchObject({ image: { bootMode: "legacy-bios" } });
  });
});
