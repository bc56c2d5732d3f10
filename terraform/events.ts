import * as z from "zod/mini";
import { diagnosticSchema, toDiagnostic, type Diagnostic } from "./diagnostic.js";

/** A resource as events name it. */
export interface EventResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
}

/** `create`, `update`, `delete`, `replace`, `read`, `no-op` and what a later engine may add. */
type Action = string;

interface OutputEvent {
  readonly sensitive: boolean;
  readonly action?: Action;
  readonly value?: unknown;
}

/** What an engine tells while it works, from its `-json` stream. */
export type EngineEvent =
  | { readonly type: "version"; readonly version: string }
  | {
      readonly type: "planned_change" | "resource_drift";
      readonly resource: EventResource;
      readonly action: Action;
      readonly reason?: string;
    }
  | { readonly type: "refresh_start" | "refresh_complete"; readonly resource: EventResource }
  | {
      readonly type: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored";
      readonly resource: EventResource;
      readonly action: Action;
      readonly elapsedSeconds: number;
      readonly id?: string;
    }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | {
      readonly type: "change_summary";
      readonly operation: string;
      readonly add: number;
      readonly change: number;
      readonly remove: number;
      readonly import: number;
    }
  | { readonly type: "outputs"; readonly outputs: Readonly<Record<string, OutputEvent>> }
  | { readonly type: "other"; readonly name: string; readonly message: string };

const envelope = z.object({ type: z.string(), "@message": z._default(z.string(), "") });
const resource = z.object({ addr: z.string(), resource_type: z.string(), resource_name: z.string() });
const change = z.object({ change: z.object({ resource, action: z.string(), reason: z.optional(z.string()) }) });
const hook = z.object({
  hook: z.object({
    resource,
    action: z._default(z.string(), "read"),
    elapsed_seconds: z._default(z.number(), 0),
    id_value: z.optional(z.string()),
  }),
});
const summary = z.object({
  changes: z.object({
    operation: z.string(),
    add: z.number(),
    change: z.number(),
    remove: z.number(),
    import: z._default(z.number(), 0),
  }),
});
const output = z.object({
  sensitive: z._default(z.boolean(), false),
  action: z.optional(z.string()),
  value: z.optional(z.unknown()),
});
const outputs = z.object({ outputs: z.record(z.string(), output) });
const version = z.object({ terraform: z.optional(z.string()), tofu: z.optional(z.string()) });
const diagnostic = z.object({ diagnostic: diagnosticSchema });

/**
 * Reads one line of a `-json` stream. What is not JSON gives undefined; an event of an unknown type, or of a known
 * type in an unknown form, is passed on as `other`, since each minor version of an engine may add to the stream.
 */
export function parseEvent(line: string): EngineEvent | undefined {
  const raw = parseJson(line);
  const head = envelope.safeParse(raw);
  if (!head.success) return undefined;
  const name = head.data.type;
  return typed(name, raw) ?? { type: "other", name, message: head.data["@message"] };
}

function typed(type: string, raw: unknown): EngineEvent | undefined {
  switch (type) {
    case "version": {
      const event = version.safeParse(raw).data;
      return event && { type, version: event.terraform ?? event.tofu ?? "" };
    }
    case "planned_change":
    case "resource_drift": {
      const event = change.safeParse(raw).data?.change;
      if (event === undefined) return undefined;
      const { action, reason } = event;
      return { type, resource: toResource(event.resource), action, ...(reason === undefined ? {} : { reason }) };
    }
    case "refresh_start":
    case "refresh_complete": {
      const event = hook.safeParse(raw).data?.hook;
      return event && { type, resource: toResource(event.resource) };
    }
    case "apply_start":
    case "apply_progress":
    case "apply_complete":
    case "apply_errored": {
      const event = hook.safeParse(raw).data?.hook;
      if (event === undefined) return undefined;
      const { action, elapsed_seconds: elapsedSeconds, id_value: id } = event;
      return {
        type,
        resource: toResource(event.resource),
        action,
        elapsedSeconds,
        ...(id === undefined ? {} : { id }),
      };
    }
    case "diagnostic": {
      const event = diagnostic.safeParse(raw).data;
      return event && { type, diagnostic: toDiagnostic(event.diagnostic) };
    }
    case "change_summary": {
      const event = summary.safeParse(raw).data;
      return event && { type, ...event.changes };
    }
    case "outputs": {
      const event = outputs.safeParse(raw).data;
      if (event === undefined) return undefined;
      const entries = Object.entries(event.outputs).map(([name, value]) => [name, withoutAbsent(value)] as const);
      return { type, outputs: Object.fromEntries(entries) };
    }
    default:
      return undefined;
  }
}

function toResource(raw: z.infer<typeof resource>): EventResource {
  return { address: raw.addr, type: raw.resource_type, name: raw.resource_name };
}

function withoutAbsent({ sensitive, action, value }: z.infer<typeof output>): OutputEvent {
  return {
    sensitive,
    ...(action === undefined ? {} : { action }),
    ...(value === undefined || sensitive ? {} : { value }),
  };
}

function parseJson(line: string): unknown {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
