import * as z from "zod/mini";

const path = z.array(z.union([z.string(), z.number()]));

const changeSchema = z.object({
  actions: z.array(z.string()),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  after_unknown: z.optional(z.unknown()),
  before_sensitive: z.optional(z.unknown()),
  after_sensitive: z.optional(z.unknown()),
  replace_paths: z.optional(z.array(path)),
});

const resourceChangeSchema = z.object({
  address: z.string(),
  mode: z._default(z.string(), "managed"),
  type: z.string(),
  name: z.string(),
  previous_address: z.optional(z.string()),
  action_reason: z.optional(z.string()),
  change: changeSchema,
});

const priorSchema = z.object({
  values: z.optional(
    z.object({
      root_module: z._default(
        z.object({
          resources: z._default(
            z.array(
              z.object({
                address: z.string(),
                mode: z.optional(z.string()),
                type: z.optional(z.string()),
                name: z.optional(z.string()),
                values: z.optional(z.unknown()),
              }),
            ),
            [],
          ),
          /** As the root module, to any depth. */
          child_modules: z.optional(z.array(z.unknown())),
        }),
        { resources: [] },
      ),
    }),
  ),
});

/** What we use of the JSON of a saved plan (format 1.x). What is not named here is dropped when it is read. */
export const planSchema = z.object({
  format_version: z.string().check(z.regex(/^1\./, "a plan in format 1.x is expected")),
  resource_changes: z._default(z.array(resourceChangeSchema), []),
  resource_drift: z._default(z.array(resourceChangeSchema), []),
  /** The state that the plan starts from: the whole of it, also where a plan is restricted, or only refreshes. */
  prior_state: z.optional(priorSchema),
  output_changes: z._default(z.record(z.string(), changeSchema), {}),
  errored: z._default(z.boolean(), false),
});

export type PlanJson = z.infer<typeof planSchema>;
export type ResourceChange = z.infer<typeof resourceChangeSchema> & {
  /** The arguments as the program writes them, expressions and all; known where a plan is rehearsed. */
  readonly written?: Readonly<Record<string, unknown>>;
};
export type ValueChange = z.infer<typeof changeSchema>;
