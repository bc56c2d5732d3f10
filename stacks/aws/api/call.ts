import { LightfleetError, type ErrorCode } from "../../../errors/error.js";
import { deniedResource, policyFor } from "./actions.js";

const CREDENTIALS = /^(CredentialsProviderError|NoCredentials|MissingAuthenticationToken\w*)$/;
const REFUSED_CREDENTIALS =
  /^(ExpiredToken\w*|RequestExpired|TokenProviderError|AuthFailure|InvalidClientTokenId|UnrecognizedClient\w*|InvalidSignature\w*|SignatureDoesNotMatch|InvalidAccessKeyId|IncompleteSignature\w*)$/;
const DENIED = /^(AccessDenied\w*|UnauthorizedOperation|Forbidden|OptInRequired)$/;
const THROTTLED =
  /^(Throttl\w*|RequestLimitExceeded|RequestThrottled\w*|SlowDown|TooManyRequests\w*|BandwidthLimitExceeded)$/;
const NETWORK =
  /^(TimeoutError|NetworkingError|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|UnknownEndpoint)$/;

/**
 * Asks the cloud, and says in our words why it failed. The SDK has tried again by then, where that could have helped.
 * @param action as policies name it, as in `ec2:DescribeInstances`
 * @throws LF625 no credentials, LF626 credentials that are refused, LF627 not allowed, LF628 throttled, LF629 not reached,
 * LF630 anything else
 */
export async function asking<T>(action: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw toLightfleetError(action, error);
  }
}

function toLightfleetError(action: string, cause: unknown): unknown {
  if (LightfleetError.is(cause) || !(cause instanceof Error) || cause.name === "AbortError") return cause;
  const text = cause.message.trim().replace(/\.$/, "");
  const names = [cause.name, codeOf(cause), codeOf(cause.cause), namedByStatus(cause)];
  const is = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const make = (code: ErrorCode, message: string, hint?: string): LightfleetError =>
    new LightfleetError(message, { code, kind: "external", cause, ...(hint !== undefined && { hint }) });
  if (is(CREDENTIALS))
    return make(
      "LF625",
      `there are no AWS credentials to ask ${action} with${whyNone(text)}`,
      "sign in ('aws sso login'), or name a profile with AWS_PROFILE",
    );
  if (is(REFUSED_CREDENTIALS))
    return make(
      "LF626",
      `AWS does not take the credentials for ${action} (${cause.name}): ${text}`,
      "they may have expired: sign in again ('aws sso login'), or look at AWS_PROFILE",
    );
  if (is(DENIED))
    return make(
      "LF627",
      `the credentials may not call ${action}: ${text}`,
      policyFor([{ action, resource: deniedResource(text) }]),
    );
  if (is(THROTTLED))
    return make("LF628", `AWS is still throttling ${action} after several attempts`, "wait a moment, and run it again");
  if (is(NETWORK))
    return make(
      "LF629",
      `AWS is not reached for ${action}: ${text || names.find((name) => name !== "")}`,
      "look at the network, at the proxy settings, and at AWS_ENDPOINT_URL where it is set",
    );
  if (!("$metadata" in cause)) return cause;
  return make("LF630", `AWS refuses ${action} (${cause.name}): ${text}`);
}

/** What the SDK knows beyond that no way to credentials led anywhere. */
function whyNone(text: string): string {
  if (!text.includes("from any providers")) return `: ${text}`;
  const profile = process.env["AWS_PROFILE"] ?? "";
  return profile === "" ? "" : `: the profile '${profile}' (AWS_PROFILE) has none`;
}

/** An answer without a body, as S3 gives to HEAD, has no name but its status. */
function namedByStatus(cause: Error): string {
  if (!/^(Unknown\w*|Error|\d+)$/.test(cause.name) || !("$metadata" in cause)) return "";
  const { $metadata } = cause;
  const has = typeof $metadata === "object" && $metadata !== null && "httpStatusCode" in $metadata;
  return (has && NAMES[String($metadata.httpStatusCode)]) || "";
}

const NAMES: Readonly<Record<string, string>> = { "403": "AccessDenied", "429": "TooManyRequests", "503": "SlowDown" };

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
