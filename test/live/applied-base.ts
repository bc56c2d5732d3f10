import { z } from "zod";
import { providerOverride, readEndpoints } from "../../stacks/aws/engine/endpoints.js";
import type { Plan } from "../contract/plan.js";
import { startRealProvider } from "../contract/real-provider.js";
import { OVERRIDE } from "../contract/running-provider.js";
import { openAccount } from "./account.js";
import { amendMistakes, startRefresh } from "./mistakes.js";
import { openWire } from "./wire.js";

/** A program that the real provider applied to an emulated account of its own. */
export interface AppliedBase {
  /** What the real provider plans there for another program. */
  plan(document: string): Promise<Plan>;
  close(): Promise<void>;
}

/** Applies a program's JSON to an empty account, which takes a minute of waiting. */
export async function applyBase(document: string): Promise<AppliedBase> {
  const account = await openAccount();
  const wire = await openWire(account.url);
  wire.amend = amendMistakes();
  wire.answer = startRefresh;
  const endpoints = providerOverride(readEndpoints({ AWS_ENDPOINT_URL: wire.url }));
  const provider = { aws: OVERRIDE.provider.aws.map((one) => ({ ...one, ...endpoints })) };
  const real = await startRealProvider({ ...OVERRIDE, provider });
  const close = async (): Promise<void> => {
    await real.close();
    await wire.close();
    await account.stop();
  };
  try {
    const certificate = await requestCertificate(account.url);
    const known = (text: string): string => text.replaceAll(/arn:aws:acm:[^"]+/g, certificate);
    const state = await real.apply(known(document));
    return { plan: (next) => real.plan(known(next), state), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A certificate that the account knows, in place of those that programs name. */
async function requestCertificate(url: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CertificateManager.RequestCertificate",
      authorization: "AWS4-HMAC-SHA256 Credential=none/20260101/eu-west-1/acm/aws4_request, Signature=none",
    },
    body: JSON.stringify({ DomainName: "shop.example.com" }),
  });
  return z.object({ CertificateArn: z.string() }).parse(await response.json()).CertificateArn;
}
