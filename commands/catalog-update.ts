import {
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
  type InstanceTypeInfo,
} from "@aws-sdk/client-ec2";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { LOCK_FILE } from "../model/lock.js";
import { ec2 } from "../stacks/aws/api/clients.js";
import { asking } from "../stacks/aws/api/call.js";
import { catalogRows, renderCatalog } from "../stacks/aws/catalog/rows.js";
import type { CommandContext } from "../operations/context.js";
import { guardRegions } from "../operations/account/verify-account.js";
import { writeLock } from "../operations/lock-file.js";
import { modelsOf, regionsFor } from "../operations/program/required-images.js";

export interface CatalogOptions {
  /** Region to ask. @default that of the program, or of the environment */
  readonly region?: string | undefined;
  /** Where the facts are from, as the catalog says it; in a checkout of Lightfleet only. */
  readonly source?: string | undefined;
}

export interface CatalogResult {
  /** The file that was looked after. */
  readonly file: string;
  readonly changed: boolean;
  /** How many machine types it has now, or was asked for. */
  readonly types: number;
  /** Zones by region and machine type, in a project. */
  readonly offerings?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const CATALOG = join("model", "machines.json");

/**
 * Brings facts about machine types up to date, from EC2's own words: in a checkout of Lightfleet the catalog of all types, in a
 * project the zones that offer the types of its fleets, in the lock file, where checks read them.
 * @throws LF636 where there is nothing to ask for or nothing is answered, LF050, LF625 to LF630
 */
export async function catalogUpdate(options: CatalogOptions, context: CommandContext): Promise<CatalogResult> {
  return (await isCheckout(context.dir)) ? updateCatalog(options, context) : updateOfferings(options, context);
}

async function isCheckout(dir: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
    const isOurs =
      typeof manifest === "object" && manifest !== null && "name" in manifest && manifest.name === "lightfleet";
    return isOurs && (await readFile(join(dir, CATALOG), "utf8")) !== "";
  } catch {
    return false;
  }
}

async function updateCatalog(options: CatalogOptions, context: CommandContext): Promise<CatalogResult> {
  const [region = ""] = await regionsFor(options.region, { ...context, dir: join(context.dir, "model") });
  const described = await asking("ec2:DescribeInstanceTypes", async () => {
    const found: InstanceTypeInfo[] = [];
    for await (const page of paginateDescribeInstanceTypes({ client: ec2(region), pageSize: 100 }, {}))
      found.push(...(page.InstanceTypes ?? []));
    return found;
  });
  const rows = catalogRows(described);
  if (rows.length === 0) throw nothing(`no machine type was described in ${region}: is the endpoint EC2's?`);
  const foreign = (context.env["AWS_ENDPOINT_URL"] ?? "") !== "";
  const text = renderCatalog(rows, options.source ?? (foreign ? "an EC2-compatible endpoint" : `EC2 in ${region}`));
  const file = join(context.dir, CATALOG);
  const changed = (await readFile(file, "utf8")) !== text;
  if (changed) await writeFile(file, text);
  return { file: CATALOG, changed, types: rows.length };
}

async function updateOfferings({ region: only }: CatalogOptions, context: CommandContext): Promise<CatalogResult> {
  const wanted = new Map<string, Set<string>>();
  const models = await modelsOf(context);
  for (const { platform, fleets } of models)
    if (only === undefined || platform.region === only)
      for (const { machine } of fleets)
        wanted.set(platform.region, (wanted.get(platform.region) ?? new Set()).add(machine));
  if (wanted.size === 0)
    throw nothing(`no synthesized fleet${only === undefined ? "" : ` in ${only}`} says which machine types to ask for`);
  await guardRegions([...wanted.keys()], models);
  const offerings: Record<string, Record<string, string[]>> = {};
  for (const [region, types] of wanted) offerings[region] = await offeringsOf(region, [...types].sort());
  const changed = await writeLock(context.dir, { offerings });
  const types = Object.values(offerings).reduce((sum, one) => sum + Object.keys(one).length, 0);
  return { file: LOCK_FILE, changed, types, offerings };
}

/** Zones by machine type; none for a type that the region does not have, which checks then say. */
async function offeringsOf(region: string, types: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = Object.fromEntries(types.map((type) => [type, []]));
  await asking("ec2:DescribeInstanceTypeOfferings", async () => {
    const paging = { client: ec2(region), pageSize: 1_000 };
    const Filters = [{ Name: "instance-type", Values: [...types] }];
    for await (const page of paginateDescribeInstanceTypeOfferings(paging, {
      LocationType: "availability-zone",
      Filters,
    }))
      for (const { InstanceType = "", Location = "" } of page.InstanceTypeOfferings ?? [])
        found[InstanceType]?.push(Location);
  });
  return Object.fromEntries(Object.entries(found).map(([type, zones]) => [type, [...new Set(zones)].sort()]));
}

const nothing = (message: string): LightfleetError =>
  new LightfleetError(message, {
    code: "LF636",
    kind: "config",
    hint: "run 'lightfleet synth' first, or look at region and endpoint",
  });
