import { byText } from "../../model/order.js";
import { changedAttributes, type AttributeChange } from "../../terraform/attributes.js";
import type { PlanJson, ResourceChange } from "../../terraform/plan-schema.js";

/** One attribute that is not as it was left. Sensitive values are left out. */
export interface DriftedAttribute extends AttributeChange {
  /** Whether the program says it; what AWS fills in by itself is told, and is no drift. */
  readonly declared: boolean;
  /** Where the program says it, in its own words, where there are some: what to change there to keep it as it is. */
  readonly inProgram?: string;
}

/** A resource that is not as it was left. */
export interface DriftedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly what: "changed" | "gone";
  /** Whether the program declares anything of what changed. */
  readonly declared: boolean;
  /** From what was left to what is there; empty where it is gone. */
  readonly attributes: readonly DriftedAttribute[];
}

/**
 * Reads drift out of a plan that only refreshes.
 * @param program the Terraform JSON of the cluster, which tells what is declared from what is computed
 */
export function findDrift(plan: PlanJson, program: unknown): DriftedResource[] {
  return plan.resource_drift
    .filter(({ mode }) => mode === "managed")
    .map((resource) => toDrifted(resource, program))
    .filter(({ what, attributes }) => what === "gone" || attributes.length > 0)
    .sort((a, b) => byText(a.address, b.address));
}

function toDrifted({ address, type, name, change }: ResourceChange, program: unknown): DriftedResource {
  if (change.actions[0] === "delete") return { address, type, name, what: "gone", declared: true, attributes: [] };
  const block = at(program, ["resource", type, name]);
  const ignored = at(block, ["lifecycle", "ignore_changes"]);
  const attributes = changedAttributes(change).map((attribute) => {
    const top = attribute.path.split(/[.[]/)[0] ?? "";
    const words = IN_PROGRAM[type]?.[attribute.path];
    const leave = Array.isArray(ignored) && ignored.includes(top);
    return {
      ...attribute,
      declared: isRecord(block) && top in block && !leave,
      ...(words !== undefined && { inProgram: `${words} of '${name}'` }),
    };
  });
  return { address, type, name, what: "changed", declared: attributes.some(({ declared }) => declared), attributes };
}

/** What attributes are called in the language. */
const IN_PROGRAM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_autoscaling_group: { min_size: "size.min", max_size: "size.max", desired_capacity: "size.desired" },
  aws_launch_template: { instance_type: "machine", image_id: "os.image" },
  aws_lb: { internal: "internal" },
};

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isRecord(inside) ? inside[key] : undefined), value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
