import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { AwsProviderArguments } from "./bindings.gen.js";

/** Written in full: with a short source OpenTofu keeps wanting to upgrade the provider. */
export const AWS_PROVIDER_SOURCE = "registry.terraform.io/hashicorp/aws";
export const AWS_PROVIDER_CONSTRAINT = ">= 5.100.0, < 7.0.0";

export interface AwsProviderConfig extends AwsProviderArguments {
  /** Name of a further configuration, for resources that ask for it with `provider`. */
  readonly alias?: string | undefined;
}

/** The AWS provider's configuration; takes every documented argument, under its own name. */
export class AwsProvider extends TerraformProvider {
  readonly #config: AwsProviderArguments;
  #alias: string | undefined;

  constructor(scope: Construct, id: string, config: AwsProviderConfig) {
    super(scope, id, {
      terraformResourceType: "aws",
      terraformProviderSource: AWS_PROVIDER_SOURCE,
      terraformGeneratorMetadata: { providerName: "aws", providerVersionConstraint: AWS_PROVIDER_CONSTRAINT },
    });
    const { alias, ...own } = config;
    this.#alias = alias;
    this.#config = own;
  }

  override get alias(): string | undefined {
    return this.#alias;
  }

  override set alias(alias: string | undefined) {
    this.#alias = alias;
  }

  protected override synthesizeAttributes(): Readonly<Record<string, unknown>> {
    return { ...this.#config };
  }
}
