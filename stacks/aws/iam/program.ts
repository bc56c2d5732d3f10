import { fieldOf, isRecord, recordOf, textOf, type Fields } from "../../../lib/records.js";
import type { Model } from "../../../model/schema.js";
import { partitionOf } from "../names.js";

/** What policies are made from: the resources that a cluster's Terraform JSON has, and where they are. */
export interface Program {
  readonly cluster: string;
  readonly region: string;
  readonly partition: string;
  /** `*` where the program names none. */
  readonly account: string;
  /** ARN of the permissions boundary of its roles, where it sets one. */
  readonly boundary: string | undefined;
  /** Resources of a type, by name. */
  of(type: string): readonly (readonly [name: string, block: Fields])[];
  /** Types of all resources, and of data sources with `data.` before them; sorted. */
  readonly types: readonly string[];
}

/** Reads what there is out of a cluster's Terraform JSON. */
export function readProgram(json: unknown, model: Pick<Model, "cluster" | "account" | "platform">): Program {
  const resources = recordOf(fieldOf(json, "resource"));
  const data = Object.keys(recordOf(fieldOf(json, "data"))).map((type) => `data.${type}`);
  const { region, permissionsBoundary } = model.platform;
  return {
    cluster: model.cluster,
    region,
    partition: partitionOf(region),
    account: model.account ?? "*",
    boundary: permissionsBoundary,
    of: (type) =>
      Object.entries(recordOf(resources[type])).flatMap(([name, block]) => (isRecord(block) ? [[name, block]] : [])),
    types: [...Object.keys(resources), ...data].sort(),
  };
}

/** What Terraform puts behind a `name_prefix`: the time to a tenth of a millisecond, and a counter of eight digits. */
const UNIQUE = `20${"?".repeat(24)}`;

/** The name of a resource as policies have it; undefined where only Terraform or the provider know it. */
export function namePattern(block: Fields, exact = "name", prefix = "name_prefix"): string | undefined {
  const name = textOf(block[exact]);
  const begins = textOf(block[prefix]);
  const pattern = name ?? (begins === undefined ? undefined : `${begins}${UNIQUE}`);
  return pattern === undefined || pattern.includes("${") ? undefined : pattern;
}

/** The names of all resources of a type that have one. */
export const namesOf = (program: Program, type: string, exact = "name", prefix = "name_prefix"): string[] =>
  program.of(type).flatMap(([, block]) => namePattern(block, exact, prefix) ?? []);

/** An ARN in the cluster's region and account. */
export const arnOf = ({ partition, region, account }: Program, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** An ARN of IAM, which has no regions. */
export const iamArn = ({ partition, account }: Program, resource: string): string =>
  `arn:${partition}:iam::${account}:${resource}`;

/** Paths of IAM stand between the kind and the name. */
export const pathOf = (block: Fields): string => textOf(block["path"]) ?? "/";
