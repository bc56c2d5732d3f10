import { z } from "zod";

/** What a provider makes of one resource: `["create"]`, `["update"]`, `["delete", "create"]`, ... */
export interface ResourcePlan {
  readonly address: string;
  readonly actions: readonly string[];
  /** Why it is replaced, as paths: `vpc_id`, `launch_template[0].id`; sorted. */
  readonly replacePaths: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
}

export interface Plan {
  /** What changes, by address; what does not change is left out. */
  readonly changes: readonly ResourcePlan[];
  /** Every resource that the plan knows, `no-op` included: pairs of (address, action), sorted. */
  readonly actions: readonly (readonly [address: string, action: string])[];
}

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        mode: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.unknown(),
          after: z.unknown(),
          after_unknown: z.unknown(),
          replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
        }),
      }),
    )
    .default([]),
});

/** Reads what `terraform show -json` says of a saved plan; data sources are left out. */
export function readPlan(shown: string): Plan {
  const { resource_changes } = planSchema.parse(JSON.parse(shown));
  const resources = resource_changes
    .filter(({ mode }) => mode === "managed")
    .sort((left, right) => (left.address < right.address ? -1 : 1));
  const changes = resources
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      replacePaths: change.replace_paths.map(pathText).sort(),
      before: change.before,
      after: change.after,
      afterUnknown: change.after_unknown,
    }));
  return { changes, actions: resources.map(({ address, change }) => [address, actionOf(change.actions)] as const) };
}

/** `replace`, whichever of the two comes first. */
function actionOf(actions: readonly string[]): string {
  return actions.length === 2 ? "replace" : (actions[0] ?? "no-op");
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
