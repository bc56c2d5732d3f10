import type { GatewayModel, Model } from "../../model/schema.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

/** What an account has of each before anyone asks for more, and its name in Service Quotas (AWS General Reference). */
const QUOTAS = {
  vpcs: { max: 5, name: "VPCs per Region" },
  addresses: { max: 5, name: "EC2-VPC Elastic IPs" },
  rules: { max: 100, name: "Rules per Application Load Balancer" },
  targets: { max: 100, name: "Target Groups per Application Load Balancer" },
  openings: { max: 60, name: "Inbound or outbound rules per security group" },
} as const;

export const defaultQuota: Rule = {
  code: "LF509",
  severity: "note",
  title: "the program is within the default quotas of an account",
  why: `An account of AWS has few of some things until more are asked for: VPCs and Elastic IPs of a Region, rules and target groups of a
load balancer, rules of a security group. Where a program alone needs more, its apply ends half-way in an account whose quotas nobody
raised. What else is in the account is not counted.`,
  fix: "look into Service Quotas of that account and Region, and ask for more before the deploy",
  ofAccount: true,
  *check({ model, siblings }) {
    const clusters = [model, ...siblings].filter((other) => sharesAccount(model, other));
    const first = clusters.every(({ cluster }) => model.cluster <= cluster);
    const { region } = model.platform;
    if (first && clusters.length > QUOTAS.vpcs.max)
      yield { at: { on: null }, message: needs(clusters.length, "vpcs", `clusters in ${region} have a VPC each`) };
    const gates = clusters.reduce((all, { platform }) => all + (platform.nat === "one" ? 1 : platform.zones.length), 0);
    if (first && gates > QUOTAS.addresses.max)
      yield { at: { on: null }, message: needs(gates, "addresses", `NAT gateways in ${region} have an address each`) };
    for (const gateway of model.gateways) {
      const { id, routes } = gateway;
      if (routes.length > QUOTAS.rules.max)
        yield { at: { on: id }, message: needs(routes.length, "rules", "routes are a rule each") };
      const targets = targetsOf(gateway);
      if (targets > QUOTAS.targets.max)
        yield { at: { on: id }, message: needs(targets, "targets", "services and ports have a target group each") };
    }
    for (const { id } of model.fleets) {
      const ports = portsOutside(model, id);
      if (ports > QUOTAS.openings.max)
        yield { at: { on: id }, message: needs(ports, "openings", "ports of hosts outside have a rule each") };
    }
  },
};

const sharesAccount = (one: Model, other: Model): boolean =>
  one.platform.region === other.platform.region && (one.account ?? "") === (other.account ?? "");

const needs = (count: number, quota: keyof typeof QUOTAS, why: string): string =>
  `${amount(count)} ${why}, and an account has ${QUOTAS[quota].max} by default ("${QUOTAS[quota].name}")`;

const targetsOf = ({ routes }: GatewayModel): number =>
  new Set(routes.map(({ service, port }) => `${service}:${port}`)).size;

/** Ports of hosts outside that services of a fleet use: 443 and 80 are open for all VMs. */
function portsOutside({ services }: Model, fleet: string): number {
  const edges = services.filter(({ on }) => on.includes(fleet)).flatMap(({ uses }) => uses);
  const ports = edges.flatMap(({ to, port }) => ("host" in to && port !== 443 && port !== 80 ? [port] : []));
  return new Set(ports).size;
}
