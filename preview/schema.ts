import * as z from "zod/mini";

/** Version of the change list's format; it grows when a reader of the old one could not read the new one. */
export const CHANGE_LIST_VERSION = 1;

/** Most severe first: what is removed or replaced stands on top. */
export const ACTIONS = ["remove", "replace", "rename", "roll", "restart", "change", "add"] as const;
export const INFRASTRUCTURE_ACTIONS = ["destroy", "replace", "forget", "update", "create", "move"] as const;
export const VERDICTS = ["blocked", "attention", "changes", "unchanged"] as const;

const text = z.string();
const texts = z.array(text);
const count = z.number();

/** What differs; null where there was, or is, nothing. Values come from an allow-list: see `values.ts`. */
const attribute = z.object({ name: text, before: z.nullable(text), after: z.nullable(text) });

const change = z.object({
  /** As in `service:cart`, `edge:cart/REDIS_ADDR`. */
  id: text,
  kind: z.enum(["cluster", "fleet", "service", "edge", "gateway", "route", "secret", "volume", "resource"]),
  /** As a person calls it: `service cart`. */
  what: text,
  action: z.enum(ACTIONS),
  /** `danger`: data, availability or the quorum may be lost; `warning`: something stops for a while, or opens to the outside. */
  weight: z.enum(["danger", "warning", "plain"]),
  /** Whether it holds data. */
  stateful: z.boolean(),
  attributes: z.array(attribute),
  why: texts,
  /** What follows, the gravest first. */
  effect: texts,
  /** Ids of services that are down for a while because of it. */
  interrupts: texts,
  /** What a policy may ask for: `destroys`, `replaces`, `opens-public`, … */
  marks: texts,
});

const finding = z.object({
  code: text,
  severity: z.enum(["error", "warning", "note"]),
  message: text,
  /** Where, with the line of the program where that is known. */
  places: texts,
  acknowledged: z.nullable(text),
});

const checkRow = z.object({
  what: text,
  base: text,
  head: text,
  mark: z.enum(["error", "warning", "better", "same", "changed"]),
});

const resource = z.object({
  address: text,
  type: text,
  action: z.enum(INFRASTRUCTURE_ACTIONS),
  forcedBy: texts,
  reason: z.nullable(text),
  createFirst: z.boolean(),
  movedFrom: z.nullable(text),
  attributes: z.array(attribute),
  /** Attributes that the cloud decides: counted, not named. */
  computed: count,
  /** Why it is folded away: only tags, only hashes, only an order, or only what the cloud decides differs. */
  noise: z.nullable(z.enum(["tags", "hash", "order", "computed"])),
});

/** Compared by what is written alone: what it does is not known, but for what is planned all the same. */
const notPlayed = z.object({
  address: text,
  written: z.enum(["added", "removed", "changed", "same"]),
  /** Whether the resources say what becomes of it: what is gone is destroyed, what is new is made. */
  planned: z._default(z.boolean(), false),
  /** Arguments that differ. */
  differs: z._default(texts, []),
  /** What of it is open to everybody, and was not before. */
  opens: z._default(texts, []),
  /** Whether the engine refuses to replace it. */
  guarded: z._default(z.boolean(), false),
});

/** A line of a diff: kept, removed, or added. */
const line = z.object({ sign: z.enum([" ", "-", "+"]), text });
const bootFile = z.object({ path: text, lines: z.array(line), removed: count, added: count, cut: z.boolean() });

const topology = z.object({
  zones: texts,
  fleets: z.array(
    z.object({
      id: text,
      role: z.enum(["control", "worker"]),
      machine: text,
      size: text,
      vms: z.array(z.object({ id: text, zone: text, tasks: texts })),
    }),
  ),
  services: z.array(z.object({ id: text, on: texts, image: text, replicas: text, stateful: z.boolean() })),
  edges: z.array(z.object({ from: text, to: text, outside: z.boolean(), port: count })),
  gateways: z.array(
    z.object({ id: text, internal: z.boolean(), routes: z.array(z.object({ path: text, service: text })) }),
  ),
});

/** Tasks that end on some VMs and start on others. */
const moved = z.object({ service: text, from: texts, to: texts, stranded: count });

const ruling = z.object({
  /** As in `replaces("stateful")`. */
  rule: text,
  /** The change that it is about, as in `service:cart`. */
  on: text,
  what: text,
  /** Why it may pass; null where it blocks. */
  accepted: z.nullable(text),
  /** Its short name, by which it alone may pass; empty in lists of before there were any. */
  code: z._default(text, ""),
});

/** Something that may pass, and that nothing is like. */
const idle = z.object({ rule: text, on: z.nullable(text), reason: text });

const cluster = z.object({
  cluster: text,
  status: z.enum(["new", "removed", "kept"]),
  verdict: z.enum(VERDICTS),
  /** Why the verdict is what it is, worst first. */
  reasons: texts,
  /** What becomes of things; edges are told by `changes` alone. */
  counts: z.object({
    remove: count,
    replace: count,
    rename: count,
    roll: count,
    restart: count,
    change: count,
    add: count,
  }),
  changes: z.array(change),
  moved: z.array(moved),
  checks: z.object({
    rows: z.array(checkRow),
    /** Found in head and not in base, and not acknowledged. */
    appeared: z.array(finding),
    /** Acknowledged in head and not in base, with the reason. */
    acknowledged: z._default(z.array(finding), []),
    /** Found in base, and not in head. */
    resolved: z.array(finding),
    kept: count,
  }),
  infrastructure: z.object({
    counts: z.object({ destroy: count, replace: count, forget: count, update: count, create: count, move: count }),
    resources: z.array(resource),
    outputs: texts,
    /** What the engine would refuse. */
    refused: z.array(z.object({ address: text, message: text })),
    notPlayed: z.array(notPlayed),
  }),
  bootData: z.array(z.object({ fleet: text, files: z.array(bootFile) })),
  policy: z.array(ruling),
  topology: z.object({ base: z.nullable(topology), head: z.nullable(topology) }),
  /** Order in which the parts of the change happen. */
  order: texts,
  /** What cannot be known offline. */
  unknown: texts,
});

const side = z.object({
  /** As it was asked for: `origin/main`, `working tree`. */
  ref: text,
  commit: z.nullable(text),
  state: z.enum(["read", "absent", "failed"]),
  /** Whether it was not run because it would be what the other side makes of it: the notes say why. */
  withheld: z.optional(z.literal(true)),
  /** Why there is nothing to compare with, or what a reader should know: one line each. */
  notes: texts,
});

/** What a change does: the one source of all formats. */
export const changeListSchema = z.object({
  format: z.literal("lightfleet-preview"),
  version: z.literal(CHANGE_LIST_VERSION),
  /** The project's folder in its repository; empty where they are one. */
  project: text,
  base: side,
  head: side,
  verdict: z.enum(VERDICTS),
  /** What somebody let pass, and does not happen: in head's program, by a label or by an option. */
  idle: z._default(z.array(idle), []),
  clusters: z.array(cluster),
});

export type ChangeList = z.infer<typeof changeListSchema>;
export type ClusterChanges = z.infer<typeof cluster>;
export type Change = z.infer<typeof change>;
export type Attribute = z.infer<typeof attribute>;
export type Verdict = ChangeList["verdict"];
export type Side = z.infer<typeof side>;
export type ResourceRow = z.infer<typeof resource>;
export type CheckRow = z.infer<typeof checkRow>;
export type FindingRow = z.infer<typeof finding>;
export type BootData = ClusterChanges["bootData"][number];
export type Topology = z.infer<typeof topology>;
export type Moved = z.infer<typeof moved>;
export type NotPlayed = ClusterChanges["infrastructure"]["notPlayed"][number];
export type Ruling = z.infer<typeof ruling>;
