import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliConfig } from "../../scripts/generate/mirror.mjs";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openWire, type Answer, type Wire } from "./wire.js";

const me = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const refusal = (status: number, code: string): Answer => ({
  status,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>
<Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});

describe.skipIf(!(await engineIsThere()))("a deploy that cannot begin", { timeout: 300_000 }, () => {
  let wire: Wire;
  beforeAll(async () => {
    wire = await openWire("http://127.0.0.1:9");
  });
  afterAll(() => wire.close());

  /** A project, and what a deploy of it ends in. */
  async function deploy(answer: Answer, more: NodeJS.ProcessEnv = {}): Promise<Record<string, unknown>> {
    const dir = await project({ "main.ts": program("shop") });
    wire.answer = () => answer;
    await mkdir(join(dir, "mirror"));
    await writeFile(join(dir, "terraform.rc"), cliConfig(join(dir, "mirror")));
    const env = {
      ...{ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_ENDPOINT_URL: wire.url },
      ...{ AWS_CONFIG_FILE: join(dir, "none"), AWS_SHARED_CREDENTIALS_FILE: join(dir, "none") },
      ...{ AWS_EC2_METADATA_DISABLED: "true", TF_CLI_CONFIG_FILE: join(dir, "terraform.rc"), XDG_CACHE_HOME: dir },
      ...more,
    };
    return (await cliJson(dir, ["deploy", "--yes"], env)).document;
  }

  test("for want of credentials", async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    expect(await deploy({ status: 200, body: me }, none)).toMatchObject({ ok: false, error: { code: "LF625" } });
  });

  test("with credentials that have expired, or that may not", async () => {
    expect(await deploy(refusal(403, "ExpiredToken"))).toMatchObject({ error: { code: "LF626" } });
    expect(await deploy(refusal(403, "AccessDenied"))).toMatchObject({ error: { code: "LF627" } });
  });

  test("where the provider cannot be had: it says how to make a mirror", async () => {
    expect(await deploy({ status: 200, body: me })).toMatchObject({
      error: { code: "LF612", hint: expect.stringContaining("filesystem_mirror") },
    });
  });
});
