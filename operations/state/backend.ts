import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import type { Engine } from "../../terraform/engine.js";
import { readNote } from "../../terraform/init-marker.js";
import { isAtLeast } from "../../terraform/version.js";
import { readStateText } from "../../terraform/parse-state.js";
import { fieldOf } from "../../lib/records.js";

/** Where a synthesized cluster keeps its state. */
export type Backend =
  | { readonly kind: "local"; readonly path: string }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly kmsKey?: string;
    }
  | { readonly kind: "other"; readonly type: string };

/** Reads the backend out of a synthesized root; the engine's own default where it names none. */
export function readBackend(root: unknown): Backend {
  const [type, config] = entriesOf(fieldOf(fieldOf(root, "terraform"), "backend"))[0] ?? ["local", {}];
  return toBackend(type, config);
}

function toBackend(type: string, config: unknown): Backend {
  const text = (name: string): string => String(fieldOf(config, name) ?? "");
  if (type === "local") return { kind: "local", path: text("path") };
  if (type !== "s3") return { kind: "other", type };
  const kmsKey = text("kms_key_id");
  return {
    kind: "s3",
    bucket: text("bucket"),
    key: text("key"),
    region: text("region"),
    ...(kmsKey !== "" && { kmsKey }),
  };
}

/** As in `s3://acme-state/shop/terraform.tfstate`. */
export function describeBackend(backend: Backend): string {
  if (backend.kind === "s3") return `s3://${backend.bucket}/${backend.key}`;
  return backend.kind === "local"
    ? `the file ${backend.path.replace(/^(\.\.\/)+/, "")}`
    : `the backend '${backend.type}'`;
}

/** The state file that a cluster has where the program says nothing of a state. @param project its folder */
export const defaultStateFile = (project: string, cluster: string): string =>
  resolve(project, `terraform.${cluster}.tfstate`);

/** Whether a file holds a state with anything in it. @throws LF622 where it cannot be read as one */
export async function holdsResources(file: string): Promise<boolean> {
  return hasResources(await readFile(file, "utf8").catch(() => ""), `the state in ${basename(file)}`);
}

/** Whether the text of a state has anything in it. @throws LF622 where it is none */
export function hasResources(state: string, where: string): boolean {
  if (state === "") return false;
  const resources = fieldOf(readStateText(state, where), "resources");
  return Array.isArray(resources) && resources.length > 0;
}

/**
 * What keeps an engine from using a backend as it is: an engine that knows no lock in S3, a state that lies elsewhere, a
 * file that was cut off.
 * @param project the program's folder
 * @throws LF609, LF608, LF622 in turn
 */
export async function refuseUnfitBackend(
  backend: Backend,
  engine: Engine,
  cluster: { readonly id: string; readonly stackDir: string },
  project: string,
): Promise<void> {
  if (backend.kind === "s3" && !isAtLeast(engine.version, "1.10.0"))
    throw new LightfleetError(
      `${engine.name} ${engine.version} cannot lock a state in S3 by itself: ${engine.name} >= 1.10.0 is needed`,
      { code: "LF609", kind: "external", hint: "install a newer engine, or name one with LIGHTFLEET_ENGINE" },
    );
  if (backend.kind === "local") await holdsResources(resolve(cluster.stackDir, backend.path || "terraform.tfstate"));
  await refuseBesideOutput(backend, cluster, project);
  const file = defaultStateFile(project, cluster.id);
  if (backend.kind === "s3" && (await holdsResources(file)))
    throw elsewhere(cluster.id, { kind: "local", path: basename(file) }, backend);
  const last = await lastBackend(cluster.stackDir);
  if (last !== undefined && describeBackend(last) !== describeBackend(backend) && !(await isMoved(last, cluster)))
    throw elsewhere(cluster.id, last, backend);
}

/**
 * Earlier versions kept a state in a file beside the output folder, wherever a program wrote to.
 * @throws LF608 where one lies there still
 */
async function refuseBesideOutput(
  backend: Backend,
  { id, stackDir }: { readonly id: string; readonly stackDir: string },
  project: string,
): Promise<void> {
  const before = resolve(stackDir, "..", "..", "..", `terraform.${id}.tfstate`);
  const [old, now] = [before, defaultStateFile(project, id)].map((file) => realPath(file));
  const kept = backend.kind === "local" ? realPath(resolve(stackDir, backend.path)) : undefined;
  if (old === now || old === kept || !(await holdsResources(before))) return;
  const [from, to] = [before, defaultStateFile(project, id)].map((file) => relative(project, file));
  throw new LightfleetError(
    `the state of ${id} is in ${from}, where an earlier Lightfleet kept it, and belongs beside the program: nothing was done`,
    { code: "LF608", kind: "config", hint: `move it: mv ${from} ${to}` },
  );
}

/** A path without symbolic links in its folder, so that two paths of one file are alike. */
function realPath(file: string): string {
  try {
    return join(realpathSync(dirname(file)), basename(file));
  } catch {
    return file;
  }
}

/** A local state that is gone was moved, or never was. */
async function isMoved(last: Backend, { stackDir }: { readonly stackDir: string }): Promise<boolean> {
  return last.kind === "local" && !(await holdsResources(resolve(stackDir, last.path)));
}

function elsewhere(cluster: string, last: Backend, backend: Backend): LightfleetError {
  return new LightfleetError(
    `the state of ${cluster} is in ${describeBackend(last)}, and the program keeps it in ${describeBackend(backend)}: nothing was done`,
    { code: "LF608", kind: "config", hint: wayFrom(cluster, last, backend) },
  );
}

/** What brings a state from where it is to where the program keeps it. */
function wayFrom(cluster: string, last: Backend, backend: Backend): string {
  const isDefault = last.kind === "local" && basename(last.path) === `terraform.${cluster}.tfstate`;
  if (backend.kind === "s3" && isDefault) return "'lightfleet bootstrap' makes the bucket, and moves the file there";
  if (backend.kind === "s3" && last.kind === "s3")
    return "'lightfleet bootstrap' makes the bucket, and copies the state there; where it was it stays";
  return `take 'state' of the cluster back, or move the state by hand ('init -migrate-state' in cdktf.out/stacks/${cluster})`;
}

/** The backend that the engine was last prepared for here; undefined also where its note of that was cut off. */
export async function lastBackend(stackDir: string): Promise<Backend | undefined> {
  const backend = fieldOf(await readNote(join(stackDir, ".terraform")), "backend");
  const type = fieldOf(backend, "type");
  return typeof type === "string" ? toBackend(type, fieldOf(backend, "config")) : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
