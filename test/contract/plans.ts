import { declare, shopSketch, type ShopSketch } from "../program/shop.js";
import { synthesize } from "../program/synthesize.js";
import { changes } from "./changes.js";

/** A plan of each kind that there is, to be read by a person. */
export interface PreparedPlan {
  /** Also the name of the file that holds the summary. */
  readonly name: string;
  /** What is applied before; nothing where it is absent. */
  readonly before?: string;
  readonly after: string;
  /** What happens to the state in between, as by a failed run or by a hand. */
  readonly meanwhile?: (state: string) => string;
  /** Options of `terraform plan`. @default no refresh */
  readonly options?: string[];
}

/** Programs of `changes.ts`, which show what users change. */
const PROGRAMS = [
  "nothing",
  "image version",
  "resize a range",
  "machine of another architecture",
  "open files",
  "new fleet with a service",
  "remove a fleet",
  "remove a zone",
  "address range",
  "TLS",
  "a gateway becomes internal",
  "other tags on the cluster",
  "everything at once",
];

const shop = (...steps: readonly ((shop: ShopSketch) => void)[]): string => {
  const sketch = shopSketch();
  for (const step of steps) step(sketch);
  return synthesize((app) => declare(app, sketch)).files.document;
};

/** Twenty plans. Programs first, then what comes of states, of hands, and of Terraform's own blocks. */
export function preparedPlans(): PreparedPlan[] {
  const base = shop();
  const programs = PROGRAMS.map((name): PreparedPlan => {
    const change = changes.find((one) => one.name === name);
    if (change === undefined) throw new Error(`there is no change '${name}'`);
    return { name, before: base, after: shop(change.make) };
  });
  const queue = { name: "orders", delay_seconds: 10 };
  const small = (more: object = {}, named: object = { orders: queue }): string =>
    JSON.stringify({
      terraform: { required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws" } } },
      resource: { aws_sqs_queue: named },
      ...more,
    });
  return [
    ...programs,
    { name: "the first deploy", after: base },
    { name: "the end of all", before: base, after: base, options: ["-refresh=false", "-destroy"] },
    {
      name: "renamed with a moved block",
      before: small(),
      after: small({ moved: [{ from: "aws_sqs_queue.orders", to: "aws_sqs_queue.sales" }] }, { sales: queue }),
    },
    {
      name: "taken out of the state alone",
      before: small(),
      after: small(
        { removed: [{ from: "aws_sqs_queue.orders", lifecycle: { destroy: false } }] },
        { other: { name: "other" } },
      ),
    },
    {
      name: "outputs alone",
      before: small({ output: { gone: { value: 1 }, kept: { value: 1 } } }),
      after: small({ output: { kept: { value: 2 }, added: { value: "x" } } }),
    },
    {
      name: "left half-made, and read later",
      before: small(),
      after: small({
        data: { aws_iam_policy_document: { orders: { statement: [{ resources: ["${aws_sqs_queue.orders.arn}"] }] } } },
        output: { policy: { value: "${data.aws_iam_policy_document.orders.json}" } },
      }),
      meanwhile: (state) => edit(state, () => ({ status: "tainted" })),
    },
    {
      name: "changed by hand, with a secret",
      before: small({ variable: { key: { default: "a", sensitive: true } } }),
      after: small(
        { variable: { key: { default: "b", sensitive: true } } },
        { orders: { ...queue, delay_seconds: 20, tags: { key: "${var.key}" } } },
      ),
      // The sandbox knows 10, so that a refresh finds out that somebody was there.
      meanwhile: (state) => edit(state, ({ attributes }) => ({ attributes: { ...attributes, delay_seconds: 5 } })),
      options: [],
    },
  ];
}

interface Instance {
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Changes each instance of the queue in a state. */
function edit(state: string, change: (instance: Instance) => object): string {
  const { resources, ...rest }: { resources: { type: string; instances: Instance[] }[] } = JSON.parse(state);
  const edited = resources.map((resource) => ({
    ...resource,
    instances: resource.instances.map((instance) => ({ ...instance, ...change(instance) })),
  }));
  return JSON.stringify({ ...rest, resources: edited });
}
