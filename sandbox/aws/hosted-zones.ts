/** The DNS zones of the cloud's own names, by region: what an alias record needs. */
import { digest } from "./ids.js";

const balancers: { readonly [region: string]: string } = {
  "ap-northeast-1": "Z14GRHDCWA56QT",
  "ap-south-1": "ZP97RAFLXTNZK",
  "ap-southeast-1": "Z1LMS91P8CMLE5",
  "ap-southeast-2": "Z1GM3OXH4ZPM65",
  "ca-central-1": "ZQSVJUPU6J1EY",
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-north-1": "Z23TAZ6LKFMNIO",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-west-2": "ZHURV8PSTC4K8",
  "eu-west-3": "Z3Q77PNBQS71R4",
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-1": "Z368ELLRRE2KJ0",
  "us-west-2": "Z1H1FL5HABSF5",
};

const buckets: { readonly [region: string]: string } = {
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-south-1": "Z11RGJOFQNVJUP",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "sa-east-1": "Z7KQH4QJS55SO",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};

const madeUp = (kind: string, region: string): string => `Z${digest([kind, region], 13).toUpperCase()}`;

/** The zone of application load balancers' names; a made-up one for regions that are not listed. */
export const balancerZone = (region: string): string => balancers[region] ?? madeUp("lb", region);

/** The zone of buckets' website names; a made-up one for regions that are not listed. */
export const bucketZone = (region: string): string => buckets[region] ?? madeUp("s3", region);
