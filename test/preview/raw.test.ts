import { expect, test } from "vitest";
import { renderText } from "../../preview/render/text.js";
import { blocking, compared, shop, texts, type Raw } from "./beside.js";
import { listOf, write } from "./lists.js";

test("what is not played through is never silent where it differs", () => {
  const zone = (name: string): Raw => ({
    resource: { google_dns_managed_zone: { zone: { name, "//": { metadata: name } } } },
    module: { net: { source: "./net", count: "${var.many}" } },
  });
  const list = compared(zone("a"), zone("b"));
  expect(list).toMatchObject({
    verdict: "attention",
    clusters: [
      {
        changes: [],
        infrastructure: {
          notPlayed: [
            { address: "google_dns_managed_zone.zone", written: "changed" },
            { address: "module.net", written: "same" },
          ],
        },
      },
    ],
  });
  for (const text of texts(list)) {
    expect(text).toMatch(/google_dns_managed_zone\.zone[^\n]*changed in the program: its effect is not known offline/);
  }
  expect(renderText(list)).toContain("(1 with an effect that is not known)");
  const same = compared(zone("a"), zone("a"));
  expect(same.verdict).toBe("unchanged");
  expect(renderText(same)).toContain("compared by what is written alone: google_dns_managed_zone.zone, module.net");
});

test("how many there are of a resource is played through where it is a literal, and never guessed where it is not", () => {
  const parameters = (count: unknown): Raw => ({
    resource: { aws_ssm_parameter: { p: { count, name: "/p/${count.index}", type: "String", value: "x" } } },
  });
  expect(compared(parameters(1), parameters(3)).clusters[0]?.infrastructure).toMatchObject({
    resources: [
      { action: "create", address: "aws_ssm_parameter.p[1]" },
      { action: "create", address: "aws_ssm_parameter.p[2]" },
    ],
    notPlayed: [],
  });
  expect(compared(parameters(2), parameters("${var.many}")).clusters[0]?.infrastructure).toMatchObject({
    resources: [],
    notPlayed: [{ address: "aws_ssm_parameter.p", written: "changed" }],
  });
});

test("what holds data beside the system is as loud as what is in it, and under the same policies", () => {
  const database = (name: string): Raw => ({ resource: { aws_sqs_queue: { jobs: { name } } } });
  const gone = compared(database("a"), {}, { policies: [{ block: [{ rule: "losesData", of: "any" }], accept: [] }] });
  expect(gone).toMatchObject({
    verdict: "blocked",
    clusters: [
      {
        changes: [
          {
            id: "resource:aws_sqs_queue.jobs",
            action: "remove",
            weight: "danger",
            effect: ["DATA LOSS: a queue is deleted"],
          },
        ],
        policy: [{ rule: 'losesData("any")', accepted: null }],
      },
    ],
  });
  expect(compared(database("a"), database("b"))).toMatchObject({
    verdict: "attention",
    clusters: [{ counts: { replace: 1 }, changes: [{ why: ["name cannot be changed in place"] }] }],
  });
});

test("what is destroyed is told although nothing of the system changes", () => {
  const parameter: Raw = { resource: { aws_ssm_parameter: { p: { name: "/p", type: "String", value: "x" } } } };
  expect(compared(parameter, {})).toMatchObject({
    verdict: "attention",
    clusters: [
      {
        reasons: ["1 change to look at: resource aws_ssm_parameter.p"],
        changes: [{ action: "remove", effect: ["it is destroyed: what hangs on it is not known offline"] }],
      },
    ],
  });
});

test("rules are against what ends of the program's own, by its address or as any thing, whatever it is", () => {
  const machine = (ami: string): Raw => ({
    resource: { aws_instance: { bastion: { ami, instance_type: "t3.micro", tags: { Name: "bastion" } } } },
  });
  const [was, now] = [machine("ami-12345678"), machine("ami-87654321")];
  const against = (list: ReturnType<typeof compared>): string[] =>
    list.clusters.flatMap(({ policy }) => policy.map(({ rule, on }) => `${rule} ${on}`));
  const rule = (kind: "destroys" | "replaces", of: string) => blocking({ rule: kind, of });
  const named = "aws_instance.bastion";
  for (const of of ["any", "resource", named]) {
    expect(against(compared(was, {}, rule("destroys", of)))).toEqual([`destroys("${of}") resource:${named}`]);
    expect(against(compared(was, now, rule("replaces", of)))).toEqual([`replaces("${of}") resource:${named}`]);
    expect(against(compared(was, now, rule("destroys", of)))).toEqual([]);
  }
  for (const of of ["stateful", "aws_instance.other"]) {
    expect(against(compared(was, {}, rule("destroys", of)))).toEqual([]);
    expect(against(compared(was, now, rule("replaces", of)))).toEqual([]);
  }
  expect(compared(was, now).clusters[0]?.changes).toMatchObject([
    { why: ["ami cannot be changed in place"], effect: [expect.stringMatching(/^it is destroyed, and made anew/)] },
  ]);
  expect(compared({}, was).clusters[0]?.changes).toEqual([]);
});

test("what could not be made for the base is not shown as new", () => {
  const bad: Raw = { resource: { aws_vpc: { wide: { cidr_block: "10.0.0.0/8" } } } };
  expect(compared(bad, bad)).toMatchObject({
    verdict: "unchanged",
    clusters: [{ infrastructure: { refused: [], notPlayed: [{ address: "aws_vpc.wide", written: "same" }] } }],
  });
});

test("the reason that VMs are replaced for is the one that it is", () => {
  const list = listOf(
    shop,
    write((sketch) => (sketch.fleets["core"]!.tags = { team: "x" })),
  );
  expect(list.clusters[0]?.changes[0]).toMatchObject({
    id: "fleet:core",
    action: "replace",
    why: ["tags of its VMs changed"],
  });
  expect(list.clusters[0]?.bootData).toEqual([]);
});

test("another tag of an image is no new finding", () => {
  const list = listOf(
    shop,
    write((sketch) => (sketch.services["adservice"]!.image = "ghcr.io/acme/ads:2")),
  );
  expect(list.clusters[0]?.checks).toMatchObject({ appeared: [], resolved: [] });
});

test("a rule against a resource is against each of which there are several, and an acceptance lets one of them pass", () => {
  const nodes = (count: number): Raw => ({
    resource: { aws_instance: { node: { count, ami: "ami-12345678", instance_type: "t3.micro" } } },
  });
  const rulings = (rule: string, on?: string) => {
    const accept = on === undefined ? [] : [{ rule, on, reason: "agreed" }];
    const policies = [{ block: [{ rule: "destroys" as const, of: "aws_instance.node" }], accept }];
    const { clusters } = compared(nodes(3), nodes(1), { policies });
    return clusters.flatMap(({ policy }) => policy.map(({ on: of, accepted }) => [of, accepted]));
  };
  const [first, second] = ["resource:aws_instance.node[1]", "resource:aws_instance.node[2]"];
  expect(rulings("destroys")).toEqual([
    [first, null],
    [second, null],
  ]);
  expect(rulings("destroys", "aws_instance.node[2]")).toEqual([
    [first, null],
    [second, "agreed"],
  ]);
});

test("where nothing but outputs changes, they are named", () => {
  const output = (value: string): Raw => ({ output: { who: { value } } });
  const list = compared(output("a"), output("b"));
  expect(list).toMatchObject({ verdict: "changes", clusters: [{ changes: [], reasons: ["outputs change: who"] }] });
  for (const text of texts(list)) expect(text).toMatch(/outputs change(:|&#58;) who/);
});

test("what is imported is not shown as made, and what becomes of it is not known", () => {
  const queue = { resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } };
  const imported = {
    ...queue,
    import: [{ to: "aws_sqs_queue.jobs", id: "https://sqs.eu-west-1.amazonaws.com/1/jobs" }],
  };
  expect(compared({}, imported)).toMatchObject({
    verdict: "attention",
    clusters: [
      {
        infrastructure: {
          counts: { create: 0 },
          resources: [],
          notPlayed: [{ address: "aws_sqs_queue.jobs", written: "added", planned: false, differs: ["import"] }],
        },
      },
    ],
  });
  expect(compared(imported, imported).verdict).toBe("unchanged");
  expect(compared(imported, queue).verdict).toBe("unchanged");
  expect(compared(queue, imported).verdict).toBe("unchanged");
  const two = (count: number, more: object = {}): Raw => ({
    resource: { aws_sqs_queue: { jobs: { count, name: "jobs-${count.index}" } } },
    ...more,
  });
  const second = compared(two(1), two(2, { import: { to: "aws_sqs_queue.jobs[1]", id: "x" } }));
  expect(second).toMatchObject({
    verdict: "attention",
    clusters: [{ infrastructure: { counts: { create: 0 }, notPlayed: [{ written: "changed", differs: ["import"] }] } }],
  });
});
