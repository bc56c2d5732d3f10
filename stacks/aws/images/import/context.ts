import type { EC2Client } from "@aws-sdk/client-ec2";
import type { S3Client } from "@aws-sdk/client-s3";

/** What the steps of an import share. Each step looks at what is there first, so that it may have been interrupted anywhere. */
export interface ImportWork {
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly bucket: string;
  /** Of the disk in the bucket: after its digest, so that another disk is another object. */
  readonly key: string;
  readonly digest: string;
  readonly signal: AbortSignal;
  /** Pause before the second look at what AWS is at, in milliseconds; later ones are longer. */
  readonly pollMs: number;
  tell(text: string): void;
}

/** What is handed to each `send`. */
export const sending = ({ signal }: ImportWork): { readonly abortSignal: AbortSignal } => ({ abortSignal: signal });

const LONGEST_MS = 15_000;

/** The pause after so many looks, in milliseconds. */
export const pauseOf = ({ pollMs }: ImportWork, looks: number): number => Math.min(pollMs * 1.5 ** looks, LONGEST_MS);
