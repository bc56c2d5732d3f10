import { LightfleetError } from "../../../errors/error.js";
import { isRecord, listOf, textOf } from "../../../lib/records.js";
import { POLICY_SIZE, policySize } from "../../../providers/aws/limits/policies.js";
import { iamArn, namePattern, pathOf, type Program } from "./program.js";
import { documentOf, type Condition, type PolicyDocument, type Statement } from "./statement.js";

/** The most that roles of a cluster may ever be given, and what could not be read of what they are given. */
export interface Boundary {
  readonly policy: PolicyDocument;
  /** Addresses of policies that are known after the apply alone: what they allow is not within the boundary. */
  readonly uncovered: readonly string[];
}

/**
 * The permissions boundary for the roles that a program makes: all that any of them is given, and nothing else.
 * @throws LF646 where that is more than one managed policy holds, since a role has one boundary
 */
export function permissionsBoundary(program: Program): Boundary {
  const uncovered: string[] = [];
  const statements = ["aws_iam_role_policy", "aws_iam_policy"].flatMap((type) =>
    program.of(type).flatMap(([name, { policy }]) => {
      const read = readStatements(program, policy);
      if (read === undefined) uncovered.push(`${type}.${name}`);
      return read ?? [];
    }),
  );
  for (const [name, { policy_arn: arn }] of program.of("aws_iam_role_policy_attachment"))
    if (!/^\$\{aws_iam_policy\./.test(String(arn))) uncovered.push(`aws_iam_role_policy_attachment.${name}`);
  const policy = documentOf(merged(statements));
  const size = policySize(JSON.stringify(policy));
  if (size > POLICY_SIZE.managed)
    throw new LightfleetError(
      `the permissions boundary of ${program.cluster} has ${size} characters, and a managed policy holds ${POLICY_SIZE.managed}`,
      {
        code: "LF646",
        kind: "config",
        hint: "write one by hand that allows more: '*' in place of the names of secrets or log streams",
      },
    );
  return { policy, uncovered };
}

/** Statements of the same actions become one: what role has which is no matter of a boundary. */
function merged(statements: readonly Statement[]): Statement[] {
  const found = new Map<string, Statement>();
  for (const one of statements) {
    const key = JSON.stringify([one.Action, one.Condition]);
    const before = found.get(key);
    found.set(key, before === undefined ? one : { ...before, Resource: union(before.Resource, one.Resource) });
  }
  const taken = new Map<string, number>();
  return [...found.values()].map((one) => {
    const times = (taken.get(one.Sid) ?? 0) + 1;
    taken.set(one.Sid, times);
    return times === 1 ? one : { ...one, Sid: `${one.Sid}${times}` };
  });
}

function union(...lists: readonly (readonly string[])[]): string[] {
  const all = [...new Set(lists.flat())].sort();
  return all.includes("*") ? ["*"] : all;
}

/** The statements of a policy in Terraform JSON, with patterns in place of references; undefined where they cannot be known. */
function readStatements(program: Program, policy: unknown): Statement[] | undefined {
  const text = resolved(program, textOf(policy) ?? "");
  if (text.includes("${")) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    const statements = isRecord(document) ? [document["Statement"]].flat() : [];
    const read = statements.flatMap((one) => readStatement(one) ?? []);
    return read.length === statements.length && read.length > 0 ? read : undefined;
  } catch {
    return undefined;
  }
}

function readStatement(value: unknown): Statement | undefined {
  if (!isRecord(value) || value["Effect"] !== "Allow") return undefined;
  const texts = (of: unknown): string[] => listOf([of].flat()).filter((one): one is string => typeof one === "string");
  const [Action, Resource] = [texts(value["Action"]), texts(value["Resource"])];
  if (Action.length === 0 || Resource.length === 0) return undefined;
  const condition = value["Condition"];
  return {
    ...{
      Sid: textOf(value["Sid"]) ?? "Statement",
      Effect: "Allow",
      Action: [...Action].sort(),
      Resource: union(Resource),
    },
    ...(isCondition(condition) && { Condition: condition }),
  };
}

const isCondition = (value: unknown): value is Condition => isRecord(value) && Object.values(value).every(isRecord);

/** ARNs of buckets and roles of the program, which only Terraform knows to the letter, as patterns. */
function resolved(program: Program, text: string): string {
  return text.replace(/\$\{(aws_s3_bucket|aws_iam_role)\.([\w-]+)\.arn\}/g, (whole, type: string, name: string) => {
    const block = program.of(type).find(([one]) => one === name)?.[1];
    if (block === undefined) return whole;
    if (type === "aws_s3_bucket") {
      const bucket = namePattern(block, "bucket", "bucket_prefix");
      return bucket === undefined ? whole : `arn:${program.partition}:s3:::${bucket}`;
    }
    const role = namePattern(block);
    return role === undefined ? whole : iamArn(program, `role${pathOf(block)}${role}`);
  });
}
