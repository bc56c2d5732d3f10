import { describe, expect, test } from "vitest";
import { blocking, compared, type Raw } from "./beside.js";

const group = (each: unknown, more: object = {}): Raw => ({
  resource: {
    aws_security_group: {
      one: {
        name: "g",
        vpc_id: "${aws_vpc.cluster.id}",
        dynamic: {
          ingress: {
            for_each: each,
            content: {
              from_port: 22,
              to_port: 22,
              protocol: "tcp",
              cidr_blocks: ["${ingress.value}"],
            },
            ...more,
          },
        },
      },
    },
  },
});
const policy = blocking({ rule: "opensEdge", of: "public" });
const resourcesOf = (list: ReturnType<typeof compared>) => list.clusters[0]!.infrastructure.resources;

describe("what 'dynamic' makes", () => {
  test.each([
    ["a list", ["10.0.0.0/8"], ["0.0.0.0/0"]],
    ["a map", { office: "10.0.0.0/8" }, { office: "0.0.0.0/0" }],
    ["a set", '${toset(["10.0.0.0/8"])}', '${toset(["0.0.0.0/0"])}'],
    ["nothing before", [], ["0.0.0.0/0"]],
  ])("of %s is played through", (_, was, now) => {
    const list = compared(group(was), group(now), policy);
    expect(list.verdict).toBe("blocked");
    expect(list.clusters[0]?.changes).toMatchObject([
      { id: "resource:aws_security_group.one", effect: ["open to everybody: tcp 22 from 0.0.0.0/0"] },
    ]);
    expect(list.clusters[0]?.infrastructure.notPlayed).toEqual([]);
    expect(compared(group(now), group(now), policy).verdict).toBe("unchanged");
  });

  test("goes by the name that 'iterator' gives, and by keys", () => {
    const rule = { from_port: "${it.value}", to_port: "${it.value}", protocol: "tcp", cidr_blocks: ["${it.key}"] };
    const of = (each: object): Raw => group(each, { iterator: "it", content: rule });
    const list = compared(of({ "10.0.0.0/8": 22 }), of({ "10.0.0.0/8": 22, "0.0.0.0/0": 443 }));
    expect(list.clusters[0]?.changes).toMatchObject([{ effect: ["open to everybody: tcp 443 from 0.0.0.0/0"] }]);
  });

  test("is not known where it is not known how many there are", () => {
    const list = compared(group("${var.ranges}"), group("${var.others}"));
    expect(list).toMatchObject({
      verdict: "attention",
      clusters: [{ infrastructure: { notPlayed: [{ address: "aws_security_group.one", differs: ["dynamic"] }] } }],
    });
    expect(compared(group("${var.ranges}"), group("${var.ranges}")).verdict).toBe("unchanged");
  });

  test("is told where a block of a machine differs", () => {
    const machine = (size: number): Raw => ({
      resource: {
        aws_instance: {
          one: {
            ami: "ami-12345678",
            instance_type: "t3.micro",
            dynamic: {
              ebs_block_device: {
                for_each: [size],
                content: { device_name: "sdf", volume_size: "${ebs_block_device.value}" },
              },
            },
          },
        },
      },
    });
    expect(resourcesOf(compared(machine(10), machine(20)))).toMatchObject([{ address: "aws_instance.one" }]);
  });
});

test("an argument that there is no schema of is never dropped", () => {
  const machine = (more: object): Raw => ({
    resource: { aws_instance: { one: { ami: "ami-12345678", instance_type: "t3.micro", ...more } } },
  });
  for (const more of [{ instance_typ: "t3.large" }, { root_block_device: [{ volume_sise: 5 }] }])
    expect(compared(machine({}), machine(more))).toMatchObject({
      verdict: "attention",
      clusters: [{ infrastructure: { notPlayed: [{ written: "changed", differs: Object.keys(more) }] } }],
    });
  expect(compared(machine({ instance_typ: "a" }), machine({ instance_typ: "a" })).verdict).toBe("unchanged");
});
