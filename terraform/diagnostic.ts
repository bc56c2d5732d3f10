import * as z from "zod/mini";

const position = z.object({ line: z.number(), column: z.number() });

export const diagnosticSchema = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z._default(z.string(), ""),
  address: z.optional(z.string()),
  range: z.optional(z.nullable(z.object({ filename: z.string(), start: position }))),
  snippet: z.optional(
    z.nullable(z.object({ context: z.optional(z.nullable(z.string())), code: z._default(z.string(), "") })),
  ),
});

/** Something that the engine has to say about the configuration or about a resource. */
export interface Diagnostic {
  /** `error`, `warning`, or what a later engine may add. */
  readonly severity: string;
  readonly summary: string;
  /** Empty where there is nothing more to say. */
  readonly detail: string;
  readonly address?: string;
  readonly file?: string;
  readonly line?: number;
  /** The line of configuration that it is about, at most 200 characters of it. */
  readonly snippet?: string;
}

/** A diagnostic in the engine's JSON, made plain. */
export function toDiagnostic(raw: z.infer<typeof diagnosticSchema>): Diagnostic {
  const code = raw.snippet?.code ?? "";
  return {
    severity: raw.severity,
    summary: raw.summary,
    detail: raw.detail,
    ...(raw.address === undefined ? {} : { address: raw.address }),
    ...(raw.range ? { file: raw.range.filename, line: raw.range.start.line } : {}),
    ...(code === "" ? {} : { snippet: code.slice(0, 200) }),
  };
}
