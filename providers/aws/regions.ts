/** A region of AWS. */
export interface Region {
  /** Letters of the zones that a new account can count on. */
  readonly letters: string;
  /** What the ids of its zones begin with, as in `euw1` of `euw1-az1`: the same data centres in every account. */
  readonly prefix: string;
}

/**
 * Regions: the one list of the language, of the commands and of the sandbox.
 *
 * From EC2's DescribeAvailabilityZones as carried by moto 5.2.4, and checked against AWS's list of regions. Two limits:
 * AWS deals letters to zones for each account anew, so `eu-west-1a` of two accounts may be two buildings; and older
 * accounts see other letters in a few regions (us-west-1, ap-northeast-1, sa-east-1, ca-central-1). A program that must
 * be exact names its zones. Local and wavelength zones are left out.
 */
export const REGIONS: Readonly<Record<string, Region>> = {
  "af-south-1": { letters: "abc", prefix: "afs1" },
  "ap-east-1": { letters: "abc", prefix: "ape1" },
  "ap-east-2": { letters: "abc", prefix: "ape2" },
  "ap-northeast-1": { letters: "acd", prefix: "apne1" },
  "ap-northeast-2": { letters: "abcd", prefix: "apne2" },
  "ap-northeast-3": { letters: "abc", prefix: "apne3" },
  "ap-south-1": { letters: "abc", prefix: "aps1" },
  "ap-south-2": { letters: "abc", prefix: "aps2" },
  "ap-southeast-1": { letters: "abc", prefix: "apse1" },
  "ap-southeast-2": { letters: "abc", prefix: "apse2" },
  "ap-southeast-3": { letters: "abc", prefix: "apse3" },
  "ap-southeast-4": { letters: "abc", prefix: "apse4" },
  "ap-southeast-5": { letters: "abc", prefix: "apse5" },
  "ap-southeast-6": { letters: "abc", prefix: "apse6" },
  "ap-southeast-7": { letters: "abc", prefix: "apse7" },
  "ca-central-1": { letters: "abd", prefix: "cac1" },
  "ca-west-1": { letters: "abc", prefix: "caw1" },
  "cn-north-1": { letters: "ab", prefix: "cnn1" },
  "cn-northwest-1": { letters: "abc", prefix: "cnnw1" },
  "eu-central-1": { letters: "abc", prefix: "euc1" },
  "eu-central-2": { letters: "abc", prefix: "euc2" },
  "eu-north-1": { letters: "abc", prefix: "eun1" },
  "eu-south-1": { letters: "abc", prefix: "eus1" },
  "eu-south-2": { letters: "abc", prefix: "eus2" },
  "eu-west-1": { letters: "abc", prefix: "euw1" },
  "eu-west-2": { letters: "abc", prefix: "euw2" },
  "eu-west-3": { letters: "abc", prefix: "euw3" },
  "il-central-1": { letters: "abc", prefix: "ilc1" },
  "me-central-1": { letters: "abc", prefix: "mec1" },
  "me-south-1": { letters: "abc", prefix: "mes1" },
  "mx-central-1": { letters: "abc", prefix: "mxc1" },
  "sa-east-1": { letters: "abc", prefix: "sae1" },
  "us-east-1": { letters: "abcdef", prefix: "use1" },
  "us-east-2": { letters: "abc", prefix: "use2" },
  "us-gov-east-1": { letters: "abc", prefix: "usge1" },
  "us-gov-west-1": { letters: "abc", prefix: "usgw1" },
  "us-west-1": { letters: "ab", prefix: "usw1" },
  "us-west-2": { letters: "abcd", prefix: "usw2" },
};
