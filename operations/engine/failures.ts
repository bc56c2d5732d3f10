import { LightfleetError, type ErrorCode, type Finding } from "../../errors/error.js";
import { actionFor, deniedResource, policyFor, type Denied } from "../../stacks/aws/api/actions.js";
import { firstReason, oneLine, withoutAdvice } from "./engine-messages.js";
import { lockHolder } from "./lock-holder.js";
import { WAY_BACK } from "../../terraform/parse-state.js";

/** A kind of failure that the engine tells in its words, and what a person does about it. */
interface Failure {
  readonly code: ErrorCode;
  readonly pattern: RegExp;
  /** The first line. `found` is what the pattern took out of the engine's text. */
  what(found: RegExpExecArray, text: string): string;
  hint(found: RegExpExecArray, text: string, where: Where): string;
}

/** Where the engine worked. */
export interface Where {
  readonly cluster?: string | undefined;
  /** In the embedded cloud, whose states are files. @default false */
  readonly sandbox?: boolean;
}

/** The data source through which a cluster reads what another one offers. */
const CROSS_READING = /\[data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\]/;

const DENIED = "LF627";

/** In the order in which they are looked for: what is behind the others comes first. */
const FAILURES: readonly Failure[] = [
  {
    // A state that a full disk cut off cannot be read either: why comes first.
    code: "LF638",
    pattern: /\bstate\b[^]*?\b(?:open|write|mkdir) (\S+): (?:no space left on device|disk quota exceeded)/,
    what: ([, file]) => `the state cannot be kept in '${file}': no space is left on the disk`,
    hint: () => "make room on the disk, and run it again",
  },
  {
    code: "LF622",
    pattern:
      /state file could not be parsed as JSON|state file does not have a "version" attribute|version in the state file is \w+\. A positive|has a version number of zero|Invalid state file format/,
    what: () => "the state cannot be read: it is cut off, or no JSON",
    hint: () => WAY_BACK,
  },
  {
    code: "LF601",
    pattern:
      /Error acquiring the state lock[^]*(?:\n\s*ID:|resource temporarily unavailable|ConditionalCheckFailed|PreconditionFailed)/,
    what: (_, text) => `the state is locked: ${lockHolder(text)?.text ?? "another run is at work"}`,
    hint: (_, text, { cluster, sandbox }) => {
      if (sandbox === true) return "wait until that run is through: a lock in the sandbox ends with its run";
      const unlock = [
        "lightfleet unlock",
        lockHolder(text)?.id ?? "LOCK_ID",
        ...(cluster === undefined ? [] : [cluster]),
      ];
      return `wait until it is through; where that run is dead for certain, '${unlock.join(" ")}' takes the lock away`;
    },
  },
  {
    code: "LF638",
    pattern:
      /(?:state lock|state file|state)\b[^]*?\b(?:open|read|write|mkdir) (\S+): (is a directory|not a directory|permission denied|read-only file system|no such file or directory|no space left on device)/,
    what: ([, file, why]) => `the state cannot be kept in '${file}': ${why}`,
    hint: () => "a state is a file that may be read and written: make room for it there, and run it again",
  },
  {
    code: "LF619",
    pattern: /Failed to unlock state|Local state cannot be unlocked/,
    what: () => "there is no lock of that id",
    hint: () =>
      "a refused command tells the id of the lock that is held (LF601); a state in a file has none that outlives its run",
  },
  {
    code: "LF620",
    pattern: /S3 bucket "([^"]+)" does not exist/,
    what: ([, bucket]) => `the bucket '${bucket}' of the state is not there`,
    hint: () => "'lightfleet bootstrap' makes it: versioned, encrypted, private",
  },
  {
    code: "LF602",
    pattern: /Saved plan is stale/,
    what: () => "the plan is stale: the state was changed after it was made",
    hint: () => "run the command again, and look at the new plan",
  },
  {
    code: "LF623",
    pattern: /Unable to find remote state/,
    what: (_, text) => {
      const other = CROSS_READING.exec(text)?.[1];
      return other === undefined
        ? "the program reads a state that is not there"
        : `the program reads what ${other} offers, and ${other} is not deployed`;
    },
    hint: (_, text, { cluster, sandbox }) => {
      const other = CROSS_READING.exec(text)?.[1];
      return other === undefined
        ? "make that state first"
        : `deploy ${other} first: 'lightfleet deploy ${[other, ...(cluster === undefined ? [] : [cluster]), ...(sandbox === true ? ["--sandbox"] : [])].join(" ")}' deploys both, in that order`;
    },
  },
  {
    code: "LF616",
    pattern: /state snapshot was created by Terraform v(\S+),|Unsupported state (?:file )?(?:format|version)/,
    what: ([, version]) =>
      `the state was written by ${version === undefined ? "an engine that this one does not know" : `a newer engine (${version.replace(/,$/, "")})`}`,
    hint: () => "use that engine's version, or a newer one: a state is never taken back to an older form",
  },
  {
    code: "LF612",
    pattern:
      /Failed to (?:query available provider packages|install provider|resolve provider packages)|Invalid provider registry host|could not (?:query provider|connect to registry)|Could not load plugin/i,
    what: (_, text) => `the AWS provider cannot be had: ${firstReason(text)}`,
    hint: () =>
      "where there is no way to the registry, make a mirror elsewhere ('terraform providers mirror DIR' in cdktf.out/stacks/<cluster>) and name it in the CLI configuration: " +
      'provider_installation { filesystem_mirror { path = "DIR" } }; see docs/operations.md',
  },
  {
    code: "LF625",
    pattern:
      /No valid credential sources found|failed to refresh cached credentials, (?:no EC2 IMDS role|no providers)|NoCredentialProviders/,
    what: () => "there are no AWS credentials",
    hint: () => "sign in ('aws sso login'), or name a profile with AWS_PROFILE",
  },
  {
    code: "LF626",
    pattern:
      /\b(ExpiredToken(?:Exception)?|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId)\b|SSO (?:session|token) (?:has )?expired/,
    what: ([, name]) => `AWS does not take the credentials any more (${name ?? "the session has expired"})`,
    hint: () => "sign in again ('aws sso login'), then run the same command: it goes on from what is in the state",
  },
  {
    code: "LF610",
    pattern:
      /\b(VcpuLimitExceeded|InstanceLimitExceeded|AddressLimitExceeded|VpcLimitExceeded|NatGatewayLimitExceeded|InternetGatewayLimitExceeded|SecurityGroupLimitExceeded|RulesPerSecurityGroupLimitExceeded|SubnetLimitExceeded|RouteTableLimitExceeded|TooManyLoadBalancers|TooManyTargetGroups|TooManyBuckets|MaxSpotInstanceCountExceeded|ResourceLimitExceeded|ServiceQuotaExceeded\w*|LimitExceeded(?:Exception|Fault)?|requested more vCPU capacity than your current vCPU limit)\b/,
    what: ([name]) => `a quota of the account is used up (${name})`,
    hint: () => "ask for more in Service Quotas of that region, or clear up what is no longer needed, and run it again",
  },
  {
    code: "LF611",
    pattern:
      /\b(InsufficientInstanceCapacity|InsufficientCapacity\w*|InsufficientHostCapacity|do not have sufficient \S+ capacity|Unsupported: Your requested instance type|SpotMaxPriceTooLow)\b/,
    what: ([name]) => `AWS has no machine of that type to give just now (${name})`,
    hint: () => "try again later, or give the fleet more zones or another machine type",
  },
  {
    code: DENIED,
    pattern:
      /(?:not authorized to perform:? |is not authorized to perform: )([\w-]+:\w+)|operation error ([\w ]+): (\w+), .*?(?:StatusCode: 403|\b(?:UnauthorizedOperation|AccessDenied\w*|Forbidden)\b)/s,
    what: (found) => `the credentials may not call ${actionOf(found)}`,
    hint: (found, text) => policyFor([{ action: actionOf(found), resource: deniedResource(text) }]),
  },
  {
    code: "LF628",
    pattern:
      /\b(Throttling(?:Exception)?|ThrottledException|RequestLimitExceeded|SlowDown|TooManyRequestsException|Rate exceeded)\b/,
    what: ([name]) => `AWS is still throttling after all attempts (${name})`,
    hint: () => "wait a moment, and run it again: it goes on from what is in the state",
  },
  {
    code: "LF629",
    pattern:
      /\b(connection refused|connection reset by peer|no such host|network is unreachable|i\/o timeout|TLS handshake timeout|no route to host|server misbehaving)\b/,
    what: ([why]) => `AWS is not reached (${why})`,
    hint: () =>
      "look at the network, at the proxy settings, and at AWS_ENDPOINT_URL where it is set; then run it again",
  },
  {
    code: "LF614",
    pattern: /\b(\w*already ?exists\w*|\w+\.Duplicate|BucketAlreadyOwnedByYou|DuplicateLoadBalancerName)\b/i,
    what: ([name]) => `something of that name is there already, and not in the state (${name})`,
    hint: () =>
      "another state may have it: look where else the cluster's is kept ('state' in the program, another checkout), and delete nothing before that; " +
      "where an earlier run was cut off before it could note it, take it over with the engine's 'import' in cdktf.out/stacks/<cluster>, or delete it, and run it again",
  },
  {
    code: "LF638",
    pattern: /Error acquiring the state lock: (?:Error message: )?([^]+)/,
    what: (_, text) => `the state cannot be locked: ${firstReason(withoutLockWords(text))}`,
    hint: () => "nobody holds the lock: look at where the state is kept, and run it again",
  },
];

const withoutLockWords = (text: string): string =>
  withoutAdvice({ code: "", message: text }).message.replace(
    /^Error acquiring the state lock: (?:Error message: )?/,
    "",
  );

/** The kind of failure that a text tells of, where it is one that we know, and what to do about it at a cluster. */
export function recognize(
  text: string,
  where: Where = {},
): { readonly code: ErrorCode; readonly hint: string } | undefined {
  for (const { code, pattern, hint } of FAILURES) {
    const found = pattern.exec(text);
    if (found !== null) return { code, hint: hint(found, text, where) };
  }
  return undefined;
}

/**
 * Says in our words why the engine failed, where we know it; what the engine said stays beside it, without its own advice.
 * @param where the cluster that it worked on, where that is known, and whether in the sandbox
 */
export function explainFailure(error: unknown, where: Where = {}): unknown {
  if (!LightfleetError.is(error) || error.code !== "LF068") return error;
  const texts = error.findings.length > 0 ? error.findings.map(textOf) : [error.message];
  for (const failure of FAILURES) {
    const found = firstMatch(failure.pattern, texts);
    if (found === undefined) continue;
    const what = failure.what(found.match, found.text);
    return new LightfleetError(what, {
      code: failure.code,
      kind: "external",
      hint: failure.code === DENIED ? policyFor(deniedActions(texts)) : failure.hint(found.match, found.text, where),
      // What the first line says in full is not said again.
      findings: error.findings
        .filter(({ message }) => !what.endsWith(`: ${oneLine(message)}`))
        .map((finding) => recode(finding, failure.code, where)),
      cause: error,
    });
  }
  return error;
}

/** What a finding says; where it is about another cluster's state, with the address that tells whose. */
const textOf = ({ message, path = "" }: Finding): string =>
  path.startsWith("data.terraform_remote_state.") ? `[${path}] ${message}` : message;

/** Each finding under the code of its own reason, with what to do where that is not said for all of them. */
function recode(spoken: Finding, said: string, where: Where): Finding {
  const finding = withoutAdvice(spoken);
  const known = recognize(textOf(finding), where);
  if (known === undefined) return finding;
  const { code, hint } = known;
  return code === said ? { ...finding, code } : { ...finding, code, hint };
}

/** All actions that were denied, so that the next run does not end at the second of them. */
function deniedActions(texts: readonly string[]): Denied[] {
  const denied = FAILURES.find(({ code }) => code === DENIED);
  return texts
    .filter((text) => recognize(text)?.code === DENIED)
    .flatMap((text) => {
      const match = denied?.pattern.exec(text);
      return match ? [{ action: actionOf(match), resource: deniedResource(text) }] : [];
    });
}

function firstMatch(pattern: RegExp, texts: readonly string[]) {
  for (const text of texts) {
    const match = pattern.exec(text);
    if (match !== null) return { match, text };
  }
  return undefined;
}

function actionOf([, named, service = "", operation = ""]: RegExpExecArray): string {
  return named ?? actionFor(service, operation);
}
