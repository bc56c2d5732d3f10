import { withTlsOnly } from "./bucket-policy.js";

export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  readonly kmsKey?: string;
}

/** What a bucket is set to. */
export interface BucketSettings {
  /** Whether `bootstrap` made it, by the tag that it gives. */
  readonly own: boolean;
  readonly versioned: boolean;
  /** How objects are encrypted where they do not say so themselves, as in `aws:kms`; undefined where they are not. */
  readonly encryption?: string | undefined;
  /** Whether it is closed to the public in all four ways. */
  readonly closed: boolean;
  /** Whether all objects belong to the bucket's owner. */
  readonly owned: boolean;
  /** The JSON of its policy, where it has one. */
  readonly policy?: string | undefined;
}

/** Something that a bucket still lacks to keep a state. */
export type BucketChange =
  | { readonly kind: "versioning" | "encryption" | "access" | "ownership" }
  | { readonly kind: "policy"; readonly policy: string };

/** What a bucket is asked about and told by, as in `versions are kept`. */
export const CHANGES: Readonly<Record<BucketChange["kind"], string>> = {
  versioning: "versions are kept",
  encryption: "objects are encrypted",
  access: "the public is shut out",
  ownership: "all objects are its owner's",
  policy: "what comes without TLS is refused",
};

/**
 * What is to be changed at a bucket so that it can keep a state: that which is not so yet. How it encrypts is its owner's
 * to say, where it does; a bucket of our own goes from AWS's own key to the one that the program names.
 * @param plainHttp whether it is reached without TLS, which its policy would refuse
 */
export function bucketChanges(
  { bucket, region, kmsKey }: StateBucket,
  { own, versioned, encryption, closed, owned, policy }: BucketSettings,
  plainHttp: boolean,
): BucketChange[] {
  const another = own && kmsKey !== undefined && encryption === "AES256";
  const merged = plainHttp ? undefined : withTlsOnly(policy, bucket, region);
  return [
    ...(versioned ? [] : [{ kind: "versioning" } as const]),
    ...(encryption === undefined || another ? [{ kind: "encryption" } as const] : []),
    ...(closed ? [] : [{ kind: "access" } as const]),
    ...(owned ? [] : [{ kind: "ownership" } as const]),
    ...(merged === undefined ? [] : [{ kind: "policy", policy: merged } as const]),
  ];
}
