import type { HealthModel, RolloutModel, ServiceModel, Value } from "../model/schema.js";
import type { Attribute } from "./schema.js";

/** Longest value that is shown. */
const LONGEST = 120;

/** A value of a model as a text. Only what is named in this folder is ever shown: environment, arguments, labels and files are not. */
export function show(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return shorten(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value))
    return value.length === 0 ? null : shorten(value.map((item) => show(item) ?? "-").join(", "));
  if (typeof value === "object" && "terraform" in value) return "(known after apply)";
  return "(changed)";
}

const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);

/** An attribute where two values differ; nothing where they do not. */
export function attribute(name: string, before: unknown, after: unknown, text = show): Attribute[] {
  if (same(before, after)) return [];
  const [from, to] = [before === undefined ? null : text(before), after === undefined ? null : text(after)];
  // What differs beyond what is shown is said to differ.
  return [{ name, before: from, after: from === to && to !== null ? `${to} (changed)` : to }];
}

/** One attribute for each key of two records that differs, without values. */
export function keysChanged(name: string, before: Fields, after: Fields): Attribute[] {
  return changedKeys(before, after).map((key) => ({
    name: `${name}.${key}`,
    before: key in before ? "set" : null,
    after: key in after ? (key in before ? "set anew" : "set") : null,
  }));
}

/** The same with the values, for records that hold no secrets. */
export function entriesChanged(name: string, before: Fields, after: Fields): Attribute[] {
  return changedKeys(before, after).map((key) => ({
    name: `${name}.${key}`,
    before: show(before[key]),
    after: show(after[key]),
  }));
}

type Fields = Readonly<Record<string, unknown>>;

export const changedKeys = (before: Fields, after: Fields): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !same(before[key], after[key])).sort();

/** Whether two values of a model are the same; their keys are always in the same order. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export const mib = (value: unknown): string | null =>
  typeof value !== "number" ? null : value >= 1024 && value % 1024 === 0 ? `${value / 1024} GiB` : `${value} MiB`;
export const gib = (value: unknown): string | null => (typeof value === "number" ? `${value} GiB` : null);
export const cpus = (value: unknown): string | null => (typeof value === "number" ? `${value / 1000} CPU` : null);
export const span = (ms: unknown): string | null =>
  typeof ms !== "number" ? null : ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;

/** A time as a person reads it. */
export function lasting(seconds: number): string {
  return seconds < 90 ? `~${Math.max(1, Math.round(seconds))} s` : `~${Math.round(seconds / 60)} min`;
}

export function describeHealth(value: HealthModel | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const what =
    value.kind === "http"
      ? `http ${value.path} on ${value.port}`
      : value.kind === "tcp"
        ? `tcp on ${value.port}`
        : "a command";
  return `${what} every ${span(value.intervalMs)}, ${value.retries} times within ${span(value.timeoutMs)}`;
}

export const describeRollout = ({ parallel, order, pauseMs, onFailure }: RolloutModel): string =>
  `${parallel} at a time, ${order}, ${span(pauseMs)} between, then ${onFailure}`;

export const describePorts = (ports: ServiceModel["ports"]): string =>
  ports.map(({ port, hostPort }) => (hostPort === null ? String(port) : `${port} (host ${hostPort})`)).join(", ");

/** `ghcr.io/acme/cart:1.8.2` is `1.8.2` of `ghcr.io/acme/cart`. */
export function imageParts(image: Value): { readonly name: string; readonly version: string } {
  if (typeof image !== "string") return { name: "(known after apply)", version: "" };
  const match = /^(.*?)(?:@(sha256:[0-9a-f]+)|:([^/:@]+))?$/.exec(image);
  return { name: match?.[1] ?? image, version: match?.[2]?.slice(0, 19) ?? match?.[3] ?? "" };
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Names as a list of at most a few. */
export function names(list: readonly string[], most = 6): string {
  const shown = list.slice(0, most).join(", ");
  return list.length > most ? `${shown} and ${list.length - most} more` : shown;
}
