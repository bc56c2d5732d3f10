import type { Border } from "../../constructs/props-validator.js";
import type { Cluster } from "../../constructs/cluster.js";
import type { Handle, Platform, RefuseOn, UniqueName } from "../../constructs/platform.js";
import { choice, either, list, number, options, text } from "../../constructs/shape.js";
import { byText } from "../../model/order.js";
import { nearestRegions, regionNames, zonesOf } from "./regions.js";
import type { FleetModel, Model, OsModel, PlatformModel } from "../../model/schema.js";
import { tryParseCidr, UNIT_EXAMPLES, type Cidr } from "../../model/units.js";
import { specialRange } from "../../providers/aws/limits/ranges.js";
import { showValue } from "../../constructs/show.js";
import { addressOf } from "./addresses.js";
import { placeOf, VPC_PREFIX } from "./subnets.js";
import { pinnedImage } from "./images/pinned.js";
import { partitionOf } from "./names.js";
import { checkLimits, uniqueNames } from "./limits.js";
import { renderCluster } from "./render.js";

/** Options of {@link aws}. */
export interface AwsOptions {
  /** Region, as in `"eu-west-1"`. */
  readonly region: string;
  /** How many zones, 1 to 6, or which, by name (`"eu-west-1a"`) or letter (`"a"`). @default 3, or all where there are fewer */
  readonly zones?: number | readonly string[];
  /** Address range of the VPC, with a prefix of /16 to /22. @default "10.0.0.0/16" */
  readonly cidr?: Cidr;
  /** One NAT gateway for all zones, or one in each: the former costs less, the latter survives a zone. @default "one" */
  readonly nat?: "one" | "per-zone";
  /** Address ranges of networks that are reached by peering or VPN: they must not overlap with the cluster's. @default none */
  readonly peers?: readonly Cidr[];
  /** ARN of the managed policy that bounds what the roles of the cluster may ever do: `lightfleet iam --boundary` makes one. @default none */
  readonly permissionsBoundary?: string;
}

/** Runs a cluster on AWS: EC2 autoscaling groups in a VPC of its own. */
export function aws(options: AwsOptions): Platform {
  return new AwsPlatform(options);
}

const cidrText = text(UNIT_EXAMPLES.cidr);
const AWS = options<AwsOptions>("aws()", {
  "region!": text(`a region, as in "eu-west-1"`),
  zones: either(Array.isArray, list(text("a zone")), number("a number of zones, or a list of them")),
  cidr: cidrText,
  nat: choice("one", "per-zone"),
  peers: list(cidrText),
  permissionsBoundary: text("an ARN"),
});

/** A managed policy of an account, or of AWS (Service Authorization Reference, "Resource types defined by AWS IAM"). */
const POLICY_ARN = /^arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}|aws):policy\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,128}$/;

class AwsPlatform implements Platform {
  readonly kind = "aws";
  private options: Partial<AwsOptions> = {};

  constructor(private readonly given: AwsOptions) {}

  settle(border: Border): PlatformModel {
    this.options = border.read(AWS, this.given, "platform");
    const { region, nat = "one", cidr = "10.0.0.0/16" } = this.options;
    const network = tryParseCidr(cidr);
    if (network === undefined) border.refuse("LF003", `'platform.cidr' ("${cidr}") must be ${UNIT_EXAMPLES.cidr}`);
    else if (network.prefix < VPC_PREFIX.min || network.prefix > VPC_PREFIX.max)
      border.refuse(
        "LF020",
        `'platform.cidr' ("${cidr}") must have a prefix of /${VPC_PREFIX.min} to /${VPC_PREFIX.max}`,
      );
    else this.refuseSpecial(border, "platform.cidr", cidr);
    return {
      kind: this.kind,
      region: region ?? "",
      zones: region === undefined ? [] : this.settleZones(border, region),
      cidr,
      nat,
      peers: this.settlePeers(border),
      ...this.settleBoundary(border),
    };
  }

  private settleBoundary(border: Border): Pick<PlatformModel, "permissionsBoundary"> {
    const { permissionsBoundary, region = "" } = this.options;
    if (permissionsBoundary === undefined) return {};
    const partition = POLICY_ARN.exec(permissionsBoundary)?.[1];
    if (partition !== partitionOf(region))
      border.refuse(
        "LF645",
        `'platform.permissionsBoundary' (${showValue(permissionsBoundary)}) must be the ARN of a managed policy`,
        `as in "arn:${partitionOf(region)}:iam::123456789012:policy/boundary"`,
      );
    return { permissionsBoundary };
  }

  private refuseSpecial(border: Border, prop: string, cidr: string): void {
    const special = specialRange(cidr);
    if (special !== undefined)
      border.refuse(
        "LF048",
        `'${prop}' ("${cidr}") touches ${special.range} (${special.what}), which no network can have`,
        'take a private range, as in "10.20.0.0/16"',
      );
  }

  private settlePeers(border: Border): string[] {
    const { peers = [] } = this.options;
    for (const peer of peers)
      if (tryParseCidr(peer) === undefined)
        border.refuse("LF003", `'platform.peers' ("${peer}") must be ${UNIT_EXAMPLES.cidr}`);
      else this.refuseSpecial(border, "platform.peers", peer);
    return [...new Set(peers)].filter((peer) => tryParseCidr(peer) !== undefined).sort(byText);
  }

  check(model: Model, refuse: RefuseOn): void {
    checkLimits(model, refuse);
  }

  uniqueNames(model: Model): UniqueName[] {
    return uniqueNames(model);
  }

  imageFor(release: OsModel["release"], arch: FleetModel["arch"]): string | null {
    const { region } = this.options;
    return region === undefined ? null : pinnedImage(region, release, arch);
  }

  addressOf(handle: Handle): string {
    return addressOf(handle);
  }

  render(cluster: Cluster, model: Model): void {
    renderCluster(cluster, model);
  }

  private settleZones(border: Border, region: string): string[] {
    const known = zonesOf(region);
    if (known === undefined) {
      const near = nearestRegions(region, 3);
      const hint = near.length > 0 ? `did you mean ${near.join(", ")}?` : `known are ${regionNames().join(", ")}`;
      border.refuse(
        "LF012",
        `'platform.region' (${JSON.stringify(region)}) is no region of AWS that Lightfleet knows`,
        hint,
      );
      return Array.from("abcdef", (letter) => region + letter);
    }
    const { zones = Math.min(3, known.length) } = this.options;
    if (typeof zones === "number") {
      if (Number.isInteger(zones) && zones >= 1 && zones <= known.length) return known.slice(0, zones);
      border.refuse(
        "LF013",
        `'platform.zones' (${zones}) must be 1 to ${known.length}: ${region} has ${known.join(", ")}`,
      );
      return known;
    }
    return this.settleNamed(border, region, zones, known);
  }

  /** Zones by name may be any of the region, since AWS deals their letters to each account anew. */
  private settleNamed(border: Border, region: string, zones: readonly string[], known: string[]): string[] {
    const full = zones.map((zone) => (zone.length === 1 ? region + zone : zone));
    const strange = full.filter(
      (zone) => !zone.startsWith(region) || zone.length !== region.length + 1 || placeOf(zone) === undefined,
    );
    if (full.length > 0 && strange.length === 0) return [...new Set(full)].sort();
    border.refuse(
      "LF013",
      `'platform.zones' (${JSON.stringify(zones)}) must be zones of ${region}, as in ${known.join(", ")}`,
    );
    return known;
  }
}
