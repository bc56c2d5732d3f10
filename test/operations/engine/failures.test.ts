import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { policyFor } from "../../../stacks/aws/api/actions.js";
import { asking } from "../../../stacks/aws/api/call.js";
import { hasResources } from "../../../operations/state/backend.js";
import { explainFailure } from "../../../operations/engine/failures.js";
import { saysUnsaved, tellUnsaved } from "../../../operations/engine/unsaved-state.js";
import { pause } from "../../../operations/sleep.js";
import { lockHolder } from "../../../operations/engine/lock-holder.js";
import { FAILING } from "../../live/failing-calls.js";
import { LightfleetError } from "../../../errors/error.js";
import { expectExit } from "../../../terraform/run.js";
import { unknownCluster } from "../../../operations/plan/untracked-cluster.js";
import { errorOf } from "../../program/synthesize.js";

const LOCK = `Error acquiring the state lock: Error message: resource temporarily unavailable
Lock Info:
  ID:        0fa3f1f4-3e1c-9f1a-3a43-8f9c3a1ef0d7
  Path:      ../../../terraform.shop.tfstate
  Operation: OperationTypeApply
  Who:       ann@build-7
  Version:   1.11.4
  Created:   2026-11-24 10:56:29.123456789 +0000 UTC
  Info:


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time. Please resolve the issue above and try
again. For most commands, you can disable locking with the "-lock=false"
flag, but this is not recommended.`;
const WITHOUT_ADVICE = LOCK.slice(0, LOCK.indexOf("\n\n\nTerraform acquires"));

/** What the engine says where it cannot save a state, word for word. */
const UNSAVED = `Failed to persist state to backend: The error shown above has prevented Terraform from writing the updated state to the configured backend. To allow for recovery, the state has been written to the file "errored.tfstate" in the current working directory.

Running "terraform apply" again at this point will create a forked state, making it harder to recover.

To retry writing this state, use the following command:
    terraform state push errored.tfstate
`;

/** What the provider and the engine say, word for word, and what we make of it. */
const SAID: readonly (readonly [code: string, what: RegExp, text: string])[] = [
  ["LF601", /ann@build-7 holds the lock since 2026-11-24 10:56:29 UTC \(apply\)/, LOCK],
  [
    "LF622",
    /cut off/,
    `Error acquiring the state lock: Error message: 2 problems:

- Unsupported state file format: The state file could not be parsed as JSON: syntax error at byte offset 93.
- Unsupported state file format: The state file does not have a "version" attribute, which is required to identify the format version.`,
  ],
  [
    "LF622",
    /cut off|not.*form|no JSON/,
    'Error acquiring the state lock: Error message: Invalid state file format: The state file field "serial" has invalid value string',
  ],
  [
    "LF616",
    /an engine that this one does not know/,
    "Error acquiring the state lock: Error message: Unsupported state file format: The state file uses format version 99, which is not supported by Terraform 1.11.4. This state file was created by Terraform 1.0.",
  ],
  [
    "LF638",
    /s\.tfstate': is a directory/,
    "Error acquiring the state lock: Error message: open s.tfstate: is a directory",
  ],
  [
    "LF638",
    /a\.tfstate': permission denied/,
    "Failed to refresh state: Failed to read state file: The state file could not be read: open a.tfstate: permission denied",
  ],
  ["LF638", /no such luck/, "Error acquiring the state lock: Error message: no such luck"],
  [
    "LF627",
    /s3:PutObject/,
    "Error acquiring the state lock: Error message: operation error S3: PutObject, https response error StatusCode: 403, RequestID: 1, HostID: 1, api error AccessDenied: Access Denied",
  ],
  [
    "LF602",
    /stale/,
    "Saved plan is stale: The given plan file can no longer be applied because the state was changed.",
  ],
  [
    "LF620",
    /'acme-state'/,
    'Failed to get existing workspaces: S3 bucket "acme-state" does not exist.\n\nThe referenced S3 bucket must have been previously created.',
  ],
  ["LF619", /no lock of that id/, "Failed to unlock state: LocalState not locked"],
  [
    "LF616",
    /1\.14\.0/,
    "state snapshot was created by Terraform v1.14.0, which is newer than current v1.11.4; upgrade to Terraform v1.14.0 or greater to work with this state",
  ],
  [
    "LF610",
    /AddressLimitExceeded/,
    "creating EC2 EIP: operation error EC2: AllocateAddress, https response error StatusCode: 400, RequestID: 1, api error AddressLimitExceeded: The maximum number of addresses has been reached.",
  ],
  [
    "LF611",
    /InsufficientInstanceCapacity/,
    "creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 500, RequestID: 1, api error InsufficientInstanceCapacity: We currently do not have sufficient m7g.large capacity.",
  ],
  [
    "LF612",
    /registry\.terraform\.io/,
    "Failed to query available provider packages: Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: failed to request discovery document: dial tcp: lookup registry.terraform.io: no such host",
  ],
  [
    "LF625",
    /no AWS credentials/,
    "No valid credential sources found: Please see https://registry.terraform.io/providers/hashicorp/aws",
  ],
  [
    "LF626",
    /ExpiredToken/,
    "creating SSM Parameter (/lightfleet/shop/settings): operation error SSM: PutParameter, https response error StatusCode: 400, RequestID: 1, api error ExpiredTokenException: The security token included in the request is expired",
  ],
  [
    "LF627",
    /ec2:CreateLaunchTemplate/,
    "creating EC2 Launch Template (shop-core): operation error EC2: CreateLaunchTemplate, https response error StatusCode: 403, RequestID: 1, api error UnauthorizedOperation: You are not authorized to perform this operation.",
  ],
  [
    "LF627",
    /logs:CreateLogGroup/,
    "creating CloudWatch Logs Log Group (/lightfleet/shop): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: logs:CreateLogGroup on resource: *",
  ],
  [
    "LF628",
    /RequestLimitExceeded/,
    "reading EC2 VPC: operation error EC2: DescribeVpcs, exceeded maximum number of attempts, 25, https response error StatusCode: 503, RequestID: 1, api error RequestLimitExceeded: Request limit exceeded.",
  ],
  [
    "LF629",
    /connection refused/,
    'operation error STS: GetCallerIdentity, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused',
  ],
  [
    "LF614",
    /EntityAlreadyExists/,
    "creating IAM Role (shop-core): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: 1, EntityAlreadyExists: Role with name shop-core already exists.",
  ],
  [
    "LF614",
    /already exists/,
    "creating ECR Repository (shop): a repository of that name already exists in the registry",
  ],
];

interface Recorded {
  readonly address: string;
  readonly code: string;
  readonly text: string;
}

/** What hashicorp/aws said of AWS's own errors; `test/live/failures.test.ts` holds it against the provider. */
const RECORDED: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("../../fixtures/failures/aws-5.100.0.json", import.meta.url), "utf8"),
);

function failed(...texts: string[]): LightfleetError {
  const findings = texts.map((message) => ({ code: "LF068", message }));
  return new LightfleetError("'terraform apply' failed with exit code 1", {
    code: "LF068",
    kind: "external",
    findings,
  });
}

describe("a failure of the engine", () => {
  test.each(SAID)("%s: %s", (code, what, text) => {
    const error = explainFailure(failed(text));
    const said = text === LOCK ? WITHOUT_ADVICE : text;
    // What the first line says in full is not said again.
    expect(error).toMatchObject({ code, findings: code === "LF612" ? [] : [{ code, message: said }] });
    expect(error).toHaveProperty("message", expect.stringMatching(what));
    expect(error).toHaveProperty("hint", expect.stringMatching(/\S/));
  });

  test.each(RECORDED)("of the real provider: $code $address", ({ address, code, text }) => {
    const error = explainFailure(failed(text));
    const known = FAILING.find(({ type, name }) => `${type}.${name}` === address);
    expect(error).toMatchObject({ code, findings: [{ code: known?.code }] });
    if (known?.action !== undefined)
      expect(error).toMatchObject({
        message: `the credentials may not call ${known.action}`,
        hint: policyFor([{ action: known.action, resource: /on resource: (\S+)/.exec(text)?.[1] }]),
      });
  });

  test("for several denied actions names one policy, and what else failed keeps its own advice", () => {
    const texts = RECORDED.filter(({ code, address }) => code === "LF627" || address === "aws_vpc.throttled");
    expect(explainFailure(failed(...texts.map(({ text }) => text)))).toMatchObject({
      code: "LF627",
      hint: expect.stringMatching(
        /"Action": \["autoscaling:CreateAutoScalingGroup", "ec2:CreateLaunch.*"Action": \["ec2:AllocateAddress", "s3:CreateBucket"\], "Resource": "\*"}\]$/,
      ),
      findings: expect.arrayContaining([
        expect.objectContaining({ code: "LF628", hint: expect.stringMatching(/wait/) }),
      ]),
    });
  });

  test("that is of no kind we know stays as it is, as do other errors", () => {
    const unknown = failed("the moon is full");
    expect(explainFailure(unknown)).toBe(unknown);
    const other = new LightfleetError("x", { code: "LF071", kind: "aborted" });
    expect(explainFailure(other)).toBe(other);
  });

  test("with several reasons keeps each one's code", () => {
    const texts = SAID.filter(([code]) => ["LF610", "LF627"].includes(code)).map(([, , text]) => text);
    const codes = texts.map((text) => SAID.find((one) => one[2] === text)?.[0]);
    const error = explainFailure(failed(...texts, "the moon is full"));
    expect(error).toHaveProperty(
      "findings",
      [...codes, "LF068"].map((code) => expect.objectContaining({ code })),
    );
  });

  test("tells first that a state could not be saved, and leaves out what the engine would have done about it", () => {
    const cut = "Failed to save state: Error saving state: dial tcp 127.0.0.1:1: connect: connection refused";
    const texts = [cut, UNSAVED, cut.replace("save state", "read it")];
    expect(saysUnsaved(failed("the moon is full"))).toBe(false);
    for (const error of [failed(...texts), explainFailure(failed(...texts))]) {
      expect(saysUnsaved(error)).toBe(true);
      const told = LightfleetError.is(error) && tellUnsaved(error, "/shop/errored.tfstate", "shop");
      expect(told).toHaveProperty(
        "message",
        expect.stringMatching(/; what was made could NOT be saved: it is in \/shop\/errored.tfstate$/),
      );
      expect(told).toHaveProperty(
        "hint",
        expect.stringMatching(/keep that file.*unlock ID shop.*run the same command/),
      );
      expect(JSON.stringify(told)).not.toMatch(/forked|state push/);
    }
  });

  test("names the cluster whose lock is to be taken away", () => {
    expect(explainFailure(failed(LOCK), { cluster: "beta" })).toHaveProperty(
      "hint",
      expect.stringContaining("'lightfleet unlock 0fa3f1f4-3e1c-9f1a-3a43-8f9c3a1ef0d7 beta'"),
    );
  });

  test("advises no unlock in the sandbox, where a lock ends with its run", () => {
    const error = explainFailure(failed(LOCK), { cluster: "beta", sandbox: true });
    expect(error).toMatchObject({ code: "LF601", hint: expect.not.stringContaining("unlock") });
  });

  test("names the cluster that is to be deployed first, where the engine says whose state it misses", () => {
    const message = "Unable to find remote state: No stored state was found for the given workspace";
    const path = "data.terraform_remote_state.cross-stack-reference-input-alpha";
    const findings = [{ code: "LF068", message, path }];
    const error = new LightfleetError("x", { code: "LF068", kind: "external", findings });
    expect(explainFailure(error)).toMatchObject({ code: "LF623", message: /what alpha offers/ });
    expect(explainFailure(failed(message))).toMatchObject({ code: "LF623", message: /reads a state/ });
  });

  test("names the least policy that would allow it", () => {
    const denied = SAID.find(([, what]) => what.source.includes("CreateLaunchTemplate"))?.[2] ?? "";
    expect(explainFailure(failed(denied))).toHaveProperty(
      "hint",
      expect.stringContaining('{"Effect": "Allow", "Action": "ec2:CreateLaunchTemplate", "Resource": "*"}'),
    );
  });
});

test("docs/operations.md quotes what is printed, word for word", async () => {
  const outcome = { stdout: "", stderr: "", reason: "killed", signal: "SIGKILL" } as const;
  const terraform = { name: "terraform", path: "terraform", version: "1.11.4" } as const;
  const ending = (interrupted: boolean) => () => expectExit({ ...outcome, interrupted }, terraform, ["apply"], [0], []);
  const nobody = Object.assign(new Error("Could not load credentials from any providers"), {
    name: "CredentialsProviderError",
  });
  const errors = [
    ...SAID.map(([, , text]) => explainFailure(failed(text))),
    ...[ending(false), ending(true)].map(errorOf),
    await pause(1, AbortSignal.abort(), "the VMs of shop").catch((error: unknown) => error),
    errorOf(() => hasResources("{", "the state in terraform.shop.tfstate")),
    unknownCluster("shop", "eu-west-1", { groups: ["shop-core"], settings: true }),
    await asking("sts:GetCallerIdentity", () => Promise.reject(nobody)).catch((error: unknown) => error),
  ];
  const printed = errors.map((error) => (LightfleetError.is(error) ? `${error.code} ${error.message}` : ""));
  const manual = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const quoted = [...manual.matchAll(/`(LF\d{3} [^`]+?)…?`/g)].map(([, text = ""]) => text);
  expect(quoted.length).toBeGreaterThanOrEqual(13);
  expect(quoted.filter((text) => !printed.some((line) => line.startsWith(text)))).toEqual([]);
});

test("a lock without its block has no holder", () => {
  expect(lockHolder("Error acquiring the state lock: gone")).toBeUndefined();
});
