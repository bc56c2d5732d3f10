import { z } from "zod";

const block = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), block));

const documentSchema = z.looseObject({
  terraform: block.optional(),
  provider: z.record(z.string(), z.array(block)).optional(),
  resource: blocks.default({}),
  data: blocks.default({}),
  output: z.record(z.string(), block).default({}),
  locals: block.default({}),
});

/** Terraform's JSON, as far as tests look into it. */
export type Document = z.infer<typeof documentSchema>;

export function readDocument(text: string): Document {
  return documentSchema.parse(JSON.parse(text));
}

/** All addresses of resources and data sources, in order. */
export function addressesOf({ resource, data }: Document): string[] {
  const inside = (kind: Document["resource"], prefix: string): string[] =>
    Object.entries(kind).flatMap(([type, named]) => Object.keys(named).map((name) => `${prefix}${type}.${name}`));
  return [...inside(resource, ""), ...inside(data, "data.")].sort();
}

/** The resource at an address such as `aws_vpc.cluster`. */
export function resourceAt(document: Document, address: string): Record<string, unknown> {
  const [type = "", name = ""] = address.split(".");
  const found = document.resource[type]?.[name];
  if (found === undefined) throw new Error(`no ${address} among ${addressesOf(document).join(", ")}`);
  return found;
}

/** All resources of a type, by name. */
export function resourcesOf(document: Document, type: string): Record<string, Record<string, unknown>> {
  return document.resource[type] ?? {};
}

/** The text of a string argument. */
export function textAt(resource: Record<string, unknown>, argument: string): string {
  return z.string().parse(resource[argument]);
}

const statement = z.object({
  Sid: z.string(),
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
  Resource: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});

/** The statements of a policy document. */
export function statementsOf(resource: Record<string, unknown>): z.infer<typeof statement>[] {
  return z.object({ Statement: z.array(statement) }).parse(JSON.parse(textAt(resource, "policy"))).Statement;
}
