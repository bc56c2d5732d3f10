import {
  TerraformDataSource,
  TerraformResource,
  type ITerraformDependable,
  type TerraformProvider,
  type TerraformResourceConfig,
  type TerraformResourceLifecycle,
} from "cdktf";
import type { Construct } from "constructs";
import { LightfleetError } from "../../errors/error.js";
import type { Path, Ref } from "./reference.js";

/** What Terraform takes for any resource, under Terraform's own names. */
export interface MetaArguments {
  /** Addresses (`aws_vpc.main`) or constructs that come first. */
  readonly depends_on?: readonly (string | ITerraformDependable)[] | undefined;
  readonly lifecycle?: Lifecycle | undefined;
  /** The provider configuration, where it is not the default one. */
  readonly provider?: TerraformProvider | undefined;
}

export interface Lifecycle {
  readonly create_before_destroy?: boolean | undefined;
  readonly prevent_destroy?: boolean | undefined;
  readonly ignore_changes?: readonly string[] | "all" | undefined;
  readonly replace_triggered_by?: readonly string[] | undefined;
  readonly precondition?: readonly Condition[] | undefined;
  readonly postcondition?: readonly Condition[] | undefined;
}

/** A condition (an expression of Terraform's, `${…}`), and what is said where it does not hold. */
export interface Condition {
  readonly condition: Ref;
  readonly error_message: string;
}

const META_ARGUMENTS: readonly (keyof MetaArguments)[] = ["depends_on", "lifecycle", "provider"];

type Arguments = Readonly<Record<string, unknown>>;

/**
 * A resource of the AWS provider whose arguments are Terraform's, by Terraform's names, and are rendered as they are.
 *
 * `name` is the exact name in the address: `new Vpc(scope, "vpc", "main", …)` is `aws_vpc.main`. Tokens may stand
 * anywhere in `config`; what `addOverride` and Aspects of cdktf do applies to these resources as to all others.
 */
export abstract class AwsResource<Config extends MetaArguments, Attribute extends string> extends TerraformResource {
  readonly #config: Config;

  constructor(scope: Construct, id: string, name: string, type: string, config: Config) {
    super(scope, id, metaArguments(type, config));
    this.overrideLogicalId(name);
    this.#config = config;
  }

  /** `aws_vpc.main`: what `depends_on` and `terraform state` call it. */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  /** A reference to an attribute, as the literal text `${aws_vpc.main.id}`: many times faster than a token of cdktf. */
  ref(path: Path<Attribute>): Ref {
    return `\${${this.address}.${path}}`;
  }

  protected override synthesizeAttributes(): Arguments {
    return ownArguments(this.#config, this.rawOverrides);
  }

  protected override synthesizeHclAttributes(): Arguments {
    throw jsonOnly(this.address);
  }
}

/** A data source of the AWS provider; everything else is as with {@link AwsResource}. */
export abstract class AwsData<Config extends MetaArguments, Attribute extends string> extends TerraformDataSource {
  readonly #config: Config;

  constructor(scope: Construct, id: string, name: string, type: string, config: Config) {
    super(scope, id, metaArguments(type, config));
    this.overrideLogicalId(name);
    this.#config = config;
  }

  /** `data.aws_region.here`. */
  get address(): string {
    return `data.${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  /** A reference to an attribute, as the literal text `${data.aws_region.here.name}`. */
  ref(path: Path<Attribute>): Ref {
    return `\${${this.address}.${path}}`;
  }

  protected override synthesizeAttributes(): Arguments {
    return ownArguments(this.#config, this.rawOverrides);
  }

  protected override synthesizeHclAttributes(): Arguments {
    throw jsonOnly(this.address);
  }
}

/** The meta-arguments go into cdktf's own fields, so that whatever reads or sets those (Aspects do) keeps working. */
function metaArguments(type: string, config: MetaArguments): TerraformResourceConfig {
  return {
    terraformResourceType: type,
    ...(config.depends_on && { dependsOn: config.depends_on.map(dependable) }),
    ...(config.lifecycle && { lifecycle: lifecycle(config.lifecycle) }),
    ...(config.provider && { provider: config.provider }),
  };
}

function dependable(dependency: string | ITerraformDependable): ITerraformDependable {
  return typeof dependency === "string" ? { fqn: dependency } : dependency;
}

function lifecycle(given: Lifecycle): TerraformResourceLifecycle {
  return {
    ...(given.create_before_destroy !== undefined && { createBeforeDestroy: given.create_before_destroy }),
    ...(given.prevent_destroy !== undefined && { preventDestroy: given.prevent_destroy }),
    ...(given.ignore_changes && { ignoreChanges: given.ignore_changes === "all" ? "all" : [...given.ignore_changes] }),
    ...(given.replace_triggered_by && { replaceTriggeredBy: [...given.replace_triggered_by] }),
    ...(given.precondition && { precondition: given.precondition.map(condition) }),
    ...(given.postcondition && { postcondition: given.postcondition.map(condition) }),
  };
}

function condition(given: Condition): { condition: string; errorMessage: string } {
  return { condition: given.condition, errorMessage: given.error_message };
}

/** cdktf merges overrides into what it is given, lists included: it gets a copy then, so that a second synth is equal. */
function ownArguments(config: MetaArguments, overrides: object): Arguments {
  const own: Record<string, unknown> = { ...config };
  for (const meta of META_ARGUMENTS) Reflect.deleteProperty(own, meta);
  return Object.keys(overrides).length === 0 ? own : copyRecord(own);
}

function copyRecord(record: object): Arguments {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, copy(value)]));
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  const plain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return plain ? copyRecord(value) : value;
}

function jsonOnly(address: string): LightfleetError {
  return new LightfleetError(`${address} can be written as JSON only, and 'hclOutput' is set on the app`, {
    code: "LF049",
    kind: "config",
    hint: "leave 'hclOutput' out",
  });
}
