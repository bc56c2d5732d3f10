import { createHash } from "node:crypto";
import { basename, isAbsolute, relative, resolve } from "node:path";
import type { Model } from "../../model/schema.js";
import type { ClusterSide } from "../../preview/snapshot.js";
import { renameInTemplate, renameReferences, type Move } from "../../sandbox/simulator/moves.js";
import { planOpenings } from "../../stacks/aws/security-rules.js";
import { readRelease, readUserData } from "../../stacks/aws/plan/read-back.js";
import { describeBackend, readBackend } from "../state/backend.js";
import { recordOf } from "../../lib/records.js";

/** What is known of a cluster beside what was written. */
export type Judged = Pick<ClusterSide, "model" | "findings" | "headroom"> & { readonly place?: Place };

/** Where a cluster was written to. Both are absolute. */
export interface Place {
  readonly project: string;
  /** The folder that the engine would work in. */
  readonly stackDir: string;
}

/**
 * One side of a comparison, out of its Terraform JSON.
 * @param moves what has another address in head: references of the base are read as head writes them
 */
export function readSide({ place, ...judged }: Judged, json: unknown, moves: readonly Move[] = []): ClusterSide {
  const model = renamed(judged.model, moves);
  return {
    ...judged,
    model,
    bundle: readBundle(json, moves),
    bootData: readBootData(json),
    openings: [
      ...planOpenings(model)
        .filter(({ direction }) => direction === "in")
        .map(({ name }) => `aws_vpc_security_group_ingress_rule.${name}`),
      ...model.gateways.map(({ id }) => `aws_lb.${id}`),
    ],
    own: ownOf(json),
    ...stateOf(json, place),
  };
}

/** Where a program keeps its state; a file is named by its path in the project, wherever this checkout and its output are. */
function stateOf(json: unknown, place: Place | undefined): Pick<ClusterSide, "state"> {
  if (Object.keys(recordOf(recordOf(recordOf(json)["terraform"])["backend"])).length === 0) return {};
  const backend = readBackend(json);
  if (backend.kind !== "local") return { state: describeBackend(backend) };
  return { state: describeBackend({ kind: "local", path: inProject(backend.path, place) }) };
}

function inProject(path: string, place: Place | undefined): string {
  if (place === undefined) return isAbsolute(path) ? basename(path) : path;
  const file = resolve(place.stackDir, path);
  // Beside the output folder: where older programs kept it that were told to write elsewhere.
  const roots = [resolve(place.stackDir, "..", "..", ".."), place.project];
  const inside = roots.map((root) => relative(root, file)).find((name) => !name.startsWith("..") && !isAbsolute(name));
  return inside ?? basename(file);
}

/** What the program adds to what is made of the model. A synth of an older Lightfleet does not tell. */
function ownOf(json: unknown): string[] {
  const own = recordOf(recordOf(json)["//"])["own"];
  return Array.isArray(own) ? own.filter((one) => typeof one === "string") : [];
}

/** A model whose expressions name what was moved as head does. */
function renamed(model: Model, moves: readonly Move[]): Model {
  if (moves.length === 0) return model;
  return JSON.parse(JSON.stringify(model), (key, value: unknown) =>
    key === "terraform" && typeof value === "string" ? renameInTemplate(value, moves) : value,
  );
}

/** The services of the release bundle, out of Terraform JSON; what only Terraform knows stands as its expression. */
function readBundle(json: unknown, moves: readonly Move[]): ClusterSide["bundle"] {
  const locals = recordOf(recordOf(json)["locals"]);
  const whole = (text: string): string =>
    text.replace(/local\.(\w+)/g, (name: string, local: string) => String(locals[local] ?? name));
  const expression = (text: string): string => renameReferences(whole(text), moves);
  try {
    return recordOf(recordOf(recordOf(readRelease(json, expression))["stack"])["services"]);
  } catch {
    return {};
  }
}

/** The files that VMs of each fleet boot with, out of their launch templates. */
function readBootData(json: unknown): ClusterSide["bootData"] {
  const templates = Object.entries(recordOf(recordOf(recordOf(json)["resource"])["aws_launch_template"]));
  return Object.fromEntries(
    templates.flatMap(([fleet, template]) => {
      const files = decode(recordOf(template)["user_data"]);
      return files === undefined ? [] : [[fleet, files] as const];
    }),
  );
}

function decode(userData: unknown): Record<string, string> | undefined {
  if (typeof userData !== "string") return undefined;
  try {
    const { files, rest } = readUserData(userData);
    const texts = files.map(({ path, content, encoding }) => {
      if (encoding === undefined) return [path, content];
      const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
      return [path, `(binary, ${content.length} characters of base64, sha256 ${hash})`];
    });
    return { ...Object.fromEntries(texts), "cloud-config": JSON.stringify(rest) };
  } catch {
    return undefined;
  }
}
