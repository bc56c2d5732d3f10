import type {
  GroupRule,
  NodeRule,
  Produced,
  ProducedFleet,
  ProducedGateway,
  ProducedService,
} from "../../../checks/edges/planned-rules.js";
import { readRelease, readUserData } from "./read-back.js";
import { type Fields, listOf, recordOf } from "../../../lib/records.js";

/**
 * Reads back what Terraform JSON of ours makes of the network: groups and their rules, load balancers, the nodes' firewall
 * out of their user data, and the services out of the release bundle. It knows the resource types and nothing of how they
 * were rendered.
 * @param isOurs tells our rules from those that a program adds to our groups by hand, which no edge is to answer for
 */
export function readProduced(
  json: unknown,
  isOurs: (direction: GroupRule["direction"], name: string) => boolean = () => true,
): Produced {
  const resources = recordOf(recordOf(json)["resource"]);
  const all = (type: string): [string, Fields][] =>
    Object.entries(recordOf(resources[type])).map(([name, block]) => [name, recordOf(block)]);
  const templates = new Map(all("aws_launch_template"));
  const fleets = new Map(all("aws_autoscaling_group").map(([id, group]) => [id, readFleet(group, templates)]));
  return {
    cidr: text(all("aws_vpc")[0]?.[1]["cidr_block"]),
    fleets,
    gateways: new Map(all("aws_lb").map(([id, balancer]) => [id, readGateway(id, balancer, all)])),
    rules: (["in", "out"] as const).flatMap((direction) =>
      all(`aws_vpc_security_group_${direction === "in" ? "ingress" : "egress"}_rule`)
        .filter(([name]) => isOurs(direction, name))
        .map(([, rule]) => readRule(direction, rule)),
    ),
    services: readServices(json, [...fleets.keys()]),
  };
}

/** The name in a reference: `core` of `${aws_security_group.core.id}`. */
const named = (reference: unknown): string => /^\$\{\w+\.([\w-]+)\./.exec(text(reference))?.[1] ?? text(reference);

function readRule(direction: GroupRule["direction"], rule: Fields): GroupRule {
  const peer = rule["cidr_ipv4"];
  return {
    direction,
    group: named(rule["security_group_id"]),
    peer: peer === undefined ? { group: named(rule["referenced_security_group_id"]) } : { cidr: text(peer) },
    protocol: text(rule["ip_protocol"]),
    from: Number(rule["from_port"] ?? 0),
    to: Number(rule["to_port"] ?? 65_535),
  };
}

function readFleet(group: Fields, templates: ReadonlyMap<string, Fields>): ProducedFleet {
  const mixed = recordOf(
    recordOf(recordOf(group["mixed_instances_policy"])["launch_template"])["launch_template_specification"],
  );
  const direct = recordOf(group["launch_template"])["id"];
  const template = templates.get(named(direct ?? mixed["launch_template_id"])) ?? {};
  const [network] = listOf(template["network_interfaces"]);
  return {
    groups: listOf(recordOf(network)["security_groups"]).map(named),
    targets: listOf(group["target_group_arns"]).map(named),
    firewall: readFirewall(text(template["user_data"])),
  };
}

/** The rules that let something in, out of the file that Photon's iptables.service loads. */
function readFirewall(userData: string): NodeRule[] | null {
  // A group that the program adds beside ours boots as it likes.
  if (userData === "") return null;
  const file = readUserData(userData).files.find(({ path }) => path === "/etc/systemd/scripts/ip4save");
  if (file === undefined) return null;
  const lines = [...file.content.matchAll(/^-A INPUT (.*)-j ACCEPT$/gm)].map(([, match = ""]) => match);
  return lines
    .filter((match) => !HARMLESS.test(match))
    .map((match) => {
      const port = /--dport (\d+) /.exec(match)?.[1];
      return {
        source: /-s (\S+)/.exec(match)?.[1] ?? null,
        protocol: /-p (\w+)/.exec(match)?.[1] ?? null,
        port: port === undefined ? null : Number(port),
      };
    });
}

/** What opens no port: the machine itself, answers, and echo requests. */
const HARMLESS =
  /^(-i lo |-m conntrack --ctstate RELATED,ESTABLISHED |-s \S+ -p icmp -m icmp --icmp-type echo-request )$/;

function readGateway(id: string, balancer: Fields, all: (type: string) => [string, Fields][]): ProducedGateway {
  const listeners = all("aws_lb_listener").filter(([, listener]) => named(listener["load_balancer_arn"]) === id);
  const names = listeners.map(([name]) => name);
  const rules = all("aws_lb_listener_rule").filter(([, rule]) => names.includes(named(rule["listener_arn"])));
  const actions = [
    ...listeners.flatMap(([, listener]) => listOf(listener["default_action"])),
    ...rules.flatMap(([, rule]) => listOf(rule["action"])),
  ];
  const targets = new Set(
    actions
      .map(recordOf)
      .flatMap((action) => (action["target_group_arn"] === undefined ? [] : [named(action["target_group_arn"])])),
  );
  const ports = new Map(all("aws_lb_target_group").map(([name, group]) => [name, Number(group["port"])]));
  return {
    groups: listOf(balancer["security_groups"]).map(named),
    listens: listeners.map(([, listener]) => Number(listener["port"])),
    targets: new Map([...targets].map((name) => [name, ports.get(name) ?? 0])),
  };
}

function readServices(json: unknown, fleets: readonly string[]): Map<string, ProducedService> {
  const bundle = recordOf(readRelease(json, () => null));
  const services = Object.entries(recordOf(recordOf(bundle["stack"])["services"]));
  const known = new Map<string, string[]>();
  return new Map(
    services.map(([id, block]) => {
      const service = recordOf(block);
      const constraints = listOf(recordOf(recordOf(service["deploy"])["placement"])["constraints"]).map(text);
      const key = constraints.join("\n");
      const placed = known.get(key) ?? allowed(constraints, fleets);
      known.set(key, placed);
      return [
        id,
        {
          networks: listOf(service["networks"]).map(text),
          fleets: placed,
          published: listOf(service["ports"])
            .map(recordOf)
            .map(({ target, published, mode }) => ({
              port: Number(target),
              on: Number(published),
              mode: mode === "host" ? "host" : "ingress",
            })),
        },
      ];
    }),
  );
}

/** The fleets that all constraints allow, in order. Those on other labels than the fleet's say nothing about it. */
function allowed(constraints: readonly string[], fleets: readonly string[]): string[] {
  let left = fleets;
  for (const constraint of constraints) {
    const [, key, operator, value] = /^(\S+)\s*(==|!=)\s*(\S+)$/.exec(constraint) ?? [];
    if (key?.endsWith(".labels.lightfleet.fleet") === true)
      left = left.filter((fleet) => (fleet === value) === (operator === "=="));
  }
  return [...left].sort();
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
