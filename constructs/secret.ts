import type { Construct } from "constructs";
import { secretSourceProblem } from "../model/limits/secret-source.js";
import type { SecretModel } from "../model/schema.js";
import { Element } from "./element.js";
import { choice, options, text } from "./shape.js";
import { showValue } from "./show.js";

/** Where a secret is kept. Made by {@link ssm} and {@link secretsManager}. */
export interface SecretSource {
  /** The service of AWS that keeps it. */
  readonly from: SecretModel["from"];
  /** Its name there. */
  readonly name: string;
}

/**
 * A parameter of SSM Parameter Store, a SecureString as a rule.
 * @param name its full name, as in `"/shop/db-password"`
 */
export const ssm = (name: string): SecretSource => ({ from: "ssm", name });

/**
 * A secret of AWS Secrets Manager, its current version.
 * @param name its name, as in `"shop/db"`
 */
export const secretsManager = (name: string): SecretSource => ({ from: "secretsmanager", name });

/** Options of a {@link Secret}. */
export interface SecretProps {
  /** Where it is kept, as in `ssm("/shop/db-password")`. */
  readonly source: SecretSource;
}

const SECRET = options<SecretProps>("a secret", {
  "source!": options<SecretSource>("ssm() or secretsManager()", {
    "from!": choice("ssm", "secretsmanager"),
    "name!": text("the name of a parameter or secret"),
  }),
});

/**
 * A value that nobody should see: read on a manager, given to the tasks as a file, and never in Terraform's state or plan, in
 * the release or in a log. A new version is brought to its services within a minute or two. Services take it by the name of
 * its file below `/run/secrets`: `secrets: { "db-password": password }`.
 */
export class Secret extends Element {
  private readonly props: Partial<SecretProps>;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id, Secret, "secret");
    this.props = this.border.read(SECRET, props);
  }

  /** @internal The secret's part of the model. */
  toModel(): SecretModel {
    const { from = "ssm", name }: Partial<SecretSource> = this.props.source ?? {};
    if (name === undefined) return { id: this.name, from, name: "" };
    const problem = secretSourceProblem(from, name);
    if (problem !== undefined)
      this.border.refuse("LF018", `'source' (${showValue(name)}) ${problem.message}`, problem.hint);
    return { id: this.name, from, name };
  }
}
