import * as z from "zod/mini";
import { readStateText } from "../../../terraform/parse-state.js";
import { releasedServices, type ReleasedServices } from "../../../node/released.js";
import { deployedRoutes, type DeployedRoute } from "./deployed-routes.js";

/** What a fleet was deployed with; what is not known is left out. */
export interface DeployedFleet {
  readonly min?: number | undefined;
  readonly desired?: number | undefined;
  readonly max?: number | undefined;
  readonly machine?: string | undefined;
  /** As its launch template names it: an AMI, or where EC2 looks one up at each launch. */
  readonly image?: string | undefined;
  /** Version of its launch template. */
  readonly template?: string | undefined;
}

/** What was deployed last, by the engine's state. */
export interface Deployed {
  readonly fleets: ReadonlyMap<string, DeployedFleet>;
  /** Undefined where its release is not known: one of another format is not guessed at. */
  readonly services: ReleasedServices | undefined;
  /** Ids of the gateways. */
  readonly gateways: ReadonlySet<string>;
  /** The routes of gateways, by gateway. */
  readonly routes: ReadonlyMap<string, readonly DeployedRoute[]>;
}

const stateSchema = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.optional(z.record(z.string(), z.unknown())) })),
    }),
  ),
});

/**
 * What a state tells of fleets, services and gateways; undefined where it is empty, or in a form that is not known.
 * @throws LF622 where it was cut off
 */
export function parseState(text: string, where = "the state"): Deployed | undefined {
  if (text === "") return undefined;
  const parsed = stateSchema.safeParse(readStateText(text, where));
  if (!parsed.success) return undefined;
  const of = (type: string) =>
    parsed.data.resources
      .filter((resource) => resource.mode === "managed" && resource.type === type)
      .map(({ name, instances }) => ({ name, attributes: instances[0]?.attributes ?? {} }));
  const templates = new Map(of("aws_launch_template").map(({ name, attributes }) => [name, attributes]));
  const release = of("aws_s3_object").find(({ name }) => name === "release")?.attributes["content"];
  return {
    fleets: new Map(
      of("aws_autoscaling_group").map(({ name, attributes }) => [name, fleetOf(attributes, templates.get(name) ?? {})]),
    ),
    services: typeof release === "string" ? releasedServices(parseRelease(release)) : new Map(),
    gateways: new Set(of("aws_lb").map(({ name }) => name)),
    routes: deployedRoutes(of),
  };
}

type Attributes = Readonly<Record<string, unknown>>;

function fleetOf(group: Attributes, template: Attributes): DeployedFleet {
  const [machine, image] = [template["instance_type"], template["image_id"]];
  const known = {
    min: group["min_size"],
    desired: group["desired_capacity"],
    max: group["max_size"],
    machine,
    image,
    template: template["latest_version"] === undefined ? undefined : String(template["latest_version"]),
  };
  return deployedFleet.parse(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}

const deployedFleet = z.object({
  min: z.optional(z.number()),
  desired: z.optional(z.number()),
  max: z.optional(z.number()),
  machine: z.optional(z.string()),
  image: z.optional(z.string()),
  template: z.optional(z.string()),
});

function parseRelease(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
