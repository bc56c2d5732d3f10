import { z } from "zod";

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});
const documentSchema = z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(statementSchema) });

type Statement = z.infer<typeof statementSchema>;

/** What somebody asks for, as IAM sees it. */
export interface Request {
  /** As in `ec2:CreateVpc`. */
  readonly action: string;
  /** ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  /** Keys of conditions, without regard to case, and their values. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Verdict {
  readonly allowed: boolean;
  /** Ids of the statements that allow it. */
  readonly by: readonly string[];
}

/** Evaluates identity-based policies as IAM does (IAM User Guide, "Policy evaluation logic"): a deny wins, and nothing is allowed but by a statement. */
export function evaluate(policies: readonly unknown[], request: Request): Verdict {
  const statements = policies.flatMap((policy) => documentSchema.parse(policy).Statement);
  const matching = statements.filter((statement) => matches(statement, request));
  const by = matching.filter(({ Effect }) => Effect === "Allow").map(({ Sid = "" }) => Sid);
  return { allowed: by.length > 0 && matching.every(({ Effect }) => Effect === "Allow"), by };
}

function matches({ Action, NotAction, Resource, NotResource, Condition = {} }: Statement, request: Request): boolean {
  const isAction = (pattern: string): boolean => like(pattern.toLowerCase(), request.action.toLowerCase());
  const isResource = (pattern: string): boolean => arnLike(pattern, request.resource);
  if (Action !== undefined && !Action.some(isAction)) return false;
  if (NotAction?.some(isAction) === true) return false;
  if (Resource !== undefined && !Resource.some(isResource)) return false;
  if (NotResource?.some(isResource) === true) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, wanted, valuesOf(request, key))),
  );
}

function valuesOf({ context = {} }: Request, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : [found[1]].flat();
}

const OPERATORS: Readonly<Record<string, (wanted: string, value: string) => boolean>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringEqualsIgnoreCase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  StringLike: (wanted, value) => like(wanted, value),
  ArnEquals: (wanted, value) => arnLike(wanted, value),
  ArnLike: (wanted, value) => arnLike(wanted, value),
  Bool: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
};

/** @param values undefined where the request has no such key */
function holds(operator: string, wanted: readonly string[], values: readonly string[] | undefined): boolean {
  if (operator === "Null") return wanted.some((one) => (one === "true") === (values === undefined));
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const isNot = /^(String|Arn)Not/.test(name);
  const test = OPERATORS[name.replace("Not", "")];
  if (test === undefined) throw new Error(`the evaluator does not know ${operator}`);
  if (values === undefined) return ifExists !== undefined || isNot || set === "ForAllValues";
  const one = (value: string): boolean => wanted.some((pattern) => test(pattern, value)) !== isNot;
  if (set === undefined && values.length > 1) throw new Error(`${operator} is for keys of one value`);
  return set === "ForAnyValue" ? values.some(one) : values.every(one);
}

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(value);
}

/** Wildcards stay within the parts of an ARN; its last one may have colons of its own. */
function arnLike(pattern: string, value: string): boolean {
  if (pattern === "*") return true;
  const [wanted, given] = [partsOf(pattern), partsOf(value)];
  return wanted.length === given.length && wanted.every((part, place) => like(part, given[place] ?? ""));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
