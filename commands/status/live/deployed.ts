import * as z from "zod/mini";
import { RELEASE_VERSION } from "../../../node/release.js";
import type { CommandContext } from "../../context.js";
import { readState, type Place } from "./state-at-hand.js";

/** What a fleet was deployed with; what is not known is left out. */
export interface DeployedFleet {
  readonly min?: number | undefined;
  readonly desired?: number | undefined;
  readonly max?: number | undefined;
  readonly machine?: string | undefined;
  readonly image?: string | undefined;
  /** Version of its launch template. */
  readonly template?: string | undefined;
}

/** What was deployed last, by the engine's state. */
export interface Deployed {
  readonly fleets: ReadonlyMap<string, DeployedFleet>;
  /** Images by service. */
  readonly services: ReadonlyMap<string, string>;
  /** Ids of the gateways. */
  readonly gateways?: ReadonlySet<string>;
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

/** What was deployed last; undefined where the state is not at hand. */
export async function readDeployed(context: CommandContext, place: Place): Promise<Deployed | undefined> {
  const text = await readState(context, place);
  return text === undefined ? undefined : parseState(text);
}

/** What a state tells of fleets, services and gateways; undefined where it is empty, or in a form that is not known. */
export function parseState(text: string): Deployed | undefined {
  if (text === "") return undefined;
  const parsed = stateSchema.safeParse(JSON.parse(text));
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
    services: imagesOf(typeof release === "string" ? release : ""),
    gateways: new Set(of("aws_lb").map(({ name }) => name)),
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
    // What EC2 looks up at each launch is no image that was chosen.
    image: String(image).startsWith("resolve:") ? undefined : image,
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

/** A release of another format is not guessed at: of its services nothing is told. */
const releaseSchema = z.object({
  version: z.literal(RELEASE_VERSION),
  stack: z.object({ services: z.record(z.string(), z.object({ image: z.string() })) }),
});

function imagesOf(release: string): Map<string, string> {
  if (release === "") return new Map();
  const parsed = releaseSchema.safeParse(JSON.parse(release));
  return new Map(
    Object.entries(parsed.success ? parsed.data.stack.services : {}).map(([id, { image }]) => [id, image]),
  );
}
