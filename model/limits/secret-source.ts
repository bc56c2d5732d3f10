import type { SecretModel } from "../schema.js";

interface Problem {
  readonly message: string;
  readonly hint?: string;
}

const PARAMETER = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;
const SECRET = /^[A-Za-z0-9/_+=.@-]+$/;
/** What AWS itself offers below "/aws/": public parameters, and secrets by their names. */
const RESERVED = /^\/?(aws|ssm)/i;
const OFFERED = /^\/aws\//;

/**
 * Why no parameter and no secret of AWS can have a name, or undefined where one can. Parameters (SSM, PutParameter): 1,011 characters,
 * 15 levels, none that begins with "aws" or "ssm". Secrets (Secrets Manager, CreateSecret): 512 characters.
 */
export function secretSourceProblem(from: SecretModel["from"], name: string): Problem | undefined {
  if (name.startsWith("arn:"))
    return {
      message: "is an ARN, and must be a name",
      hint: 'write the name, as in "/shop/db-password": it is read in the account and region of the cluster',
    };
  return from === "ssm" ? parameterProblem(name) : secretProblem(name);
}

function parameterProblem(name: string): Problem | undefined {
  if (!PARAMETER.test(name))
    return {
      message:
        'must be the name of a parameter: letters, digits and any of _ . - between "/", as in "/shop/db-password"',
    };
  if (RESERVED.test(name) && !OFFERED.test(name))
    return { message: 'begins with "aws" or "ssm", as no parameter of yours can' };
  const levels = name.split("/").filter((part) => part !== "").length;
  if (levels > 15) return { message: `has ${levels} levels, and a parameter has 15 at most` };
  return name.length > 1_011 ? tooLong("a parameter", 1_011) : undefined;
}

function secretProblem(name: string): Problem | undefined {
  if (!SECRET.test(name))
    return { message: 'must be the name of a secret: letters, digits and any of / _ + = . @ -, as in "shop/db"' };
  return name.length > 512 ? tooLong("a secret", 512) : undefined;
}

const tooLong = (what: string, most: number): Problem => ({
  message: `is longer than the name of ${what} can be: ${most} characters`,
});
