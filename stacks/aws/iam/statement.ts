import { POLICY_SIZE, policySize } from "../../../providers/aws/limits/policies.js";

/** Conditions of a statement: by operator, the values of keys. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a policy that allows. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** A statement, and why it is no narrower, where it takes more than the cluster's own. */
export interface Grant {
  readonly statement: Statement;
  readonly reason?: string;
}

/** A policy as IAM takes it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Makes a grant; none where it is on nothing. */
export function grant(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  { when, reason }: { readonly when?: Condition; readonly reason?: string } = {},
): readonly Grant[] {
  if (resources.length === 0 || actions.length === 0) return [];
  const statement: Statement = {
    ...{
      Sid,
      Effect: "Allow" as const,
      Action: [...new Set(actions)].sort(),
      Resource: [...new Set(resources)].sort(),
    },
    ...(when !== undefined && { Condition: when }),
  };
  return [{ statement, ...(reason !== undefined && { reason }) }];
}

export const documentOf = (Statement: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

const isTooLarge = (statements: readonly Statement[]): boolean =>
  policySize(JSON.stringify(documentOf(statements))) > POLICY_SIZE.managed;

/** The statements as few managed policies, each within its size, in order; what is too long for one is divided by its resources. */
export function intoPolicies(statements: readonly Statement[]): PolicyDocument[] {
  const policies: Statement[][] = [];
  for (const statement of statements.flatMap(divided)) {
    const last = policies.at(-1);
    if (last === undefined || isTooLarge([...last, statement])) policies.push([statement]);
    else last.push(statement);
  }
  return policies.map(documentOf);
}

function divided(statement: Statement): Statement[] {
  const { Resource } = statement;
  if (!isTooLarge([statement]) || Resource.length < 2) return [statement];
  const middle = Math.ceil(Resource.length / 2);
  const part = (suffix: string, of: readonly string[]): Statement => ({
    ...statement,
    Sid: `${statement.Sid}${suffix}`,
    Resource: of,
  });
  return [part("A", Resource.slice(0, middle)), part("B", Resource.slice(middle))].flatMap(divided);
}
