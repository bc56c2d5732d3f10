import type { Construct } from "constructs";
import { LINUX_LIMITS } from "../model/limits/linux.js";
import { findMachine, nearestMachines } from "../model/machines.js";
import { byText } from "../model/order.js";
import type { FleetModel, OsModel, PlatformModel } from "../model/schema.js";
import type { Memory } from "../model/units.js";
import { Element } from "./element.js";
import type { Platform } from "./platform.js";
import { reference } from "./reference.js";
import { choice, either, flag, list, map, number, options, text } from "./shape.js";
import { showValue } from "./show.js";

/** How many VMs a fleet may have. */
export interface SizeRange {
  /** The least number of VMs, 0 or more. */
  readonly min: number;
  /** The greatest number of VMs, 1 or more. */
  readonly max: number;
  /**
   * The number to start with, between `min` and `max`; what a scaling policy or a hand makes of it later stays.
   * @default the value of `min`, but 1 at least
   */
  readonly desired?: number;
  /** Whether each deploy sets the number to `desired` again. @default false */
  readonly keepDesired?: boolean;
}

/** Settings of the operating system, inherited by what runs on it. */
export interface OsOptions {
  /** Release of Photon OS. @default "5.0" */
  readonly release?: "4.0" | "5.0";
  /** AMI id of a Photon OS image. @default the image that `lightfleet.lock.json` pins for region, release and architecture */
  readonly image?: `ami-${string}`;
  /** Limit of open files for services and containers, 1,024 to 1,073,741,816. @default 1048576 */
  readonly openFiles?: number;
  /** Limit of processes and threads of each container and each systemd service, 256 to 4,194,304. @default 32768 */
  readonly processes?: number;
  /** Limit of memory maps of a process (`vm.max_map_count`), 65,530 to 2,147,483,647. @default 262144 */
  readonly memoryMaps?: number;
  /** Kernel parameters, as in `{ "net.core.somaxconn": 4096 }`. @default none beyond Lightfleet's own */
  readonly sysctl?: Readonly<Record<string, string | number>>;
  /** Packages to install with tdnf at the first boot. @default none */
  readonly packages?: readonly string[];
  /** Kernel modules to load at each boot, as in `["nfsv4"]`. @default those that the swarm needs */
  readonly modules?: readonly string[];
}

/** Options of a {@link Fleet}. */
export interface FleetProps {
  /** Machine type of the cloud, as in `"m7g.large"`. Its architecture decides that of the image. */
  readonly machine: string;
  /** A fixed number of VMs, or a range. */
  readonly size: number | SizeRange;
  /** Settings of the operating system. @default Photon OS 5.0 with 1,048,576 open files */
  readonly os?: OsOptions;
  /** Share of the VMs bought on the spot market, 0 to 1. @default 0 */
  readonly spot?: number;
  /** Zones to use, by name (`"eu-west-1a"`) or letter (`"a"`). @default all zones of the cluster */
  readonly zones?: readonly string[];
  /** Size of the root disk, whole GiB. @default "20GiB" */
  readonly disk?: Memory;
  /** Size of a second disk for images, containers and volumes, whole GiB. @default none: they share the root disk */
  readonly dataDisk?: Memory;
  /** What may fail without a service being lost: one VM, or a whole zone. @default "vm" */
  readonly survives?: "vm" | "zone";
  /** Tags of all resources of the fleet, beside the cluster's. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const numberOrText = either((given) => typeof given === "number", number(), text("a text or a number"));

/** What the options of the operating system may hold. */
export const OS = options<OsOptions>("os", {
  release: choice("4.0", "5.0"),
  image: text("an AMI id"),
  openFiles: number(),
  processes: number(),
  memoryMaps: number(),
  sysctl: map(numberOrText),
  packages: list(text()),
  modules: list(text()),
});

const disk = text(`a size, as in "20GiB"`, (value) => `write its unit, as in "${String(value)}GiB"`);
const FLEET = options<FleetProps>("a fleet", {
  "machine!": text(`a machine type, as in "m7g.large"`),
  "size!": either(
    (given) => typeof given === "object",
    options<SizeRange>("size", { "min!": number(), "max!": number(), desired: number(), keepDesired: flag }),
    number("a number of VMs, or { min, max }"),
  ),
  os: OS,
  spot: number("a share from 0 to 1"),
  zones: list(text("a zone")),
  disk,
  dataDisk: disk,
  survives: choice("vm", "zone"),
  tags: map(text()),
});

/** Identical VMs on one Photon OS configuration. */
export class Fleet extends Element {
  /** Machine type of the VMs. */
  readonly machine: string;
  /** Number of VMs, after defaults. */
  readonly size: Readonly<Required<Omit<SizeRange, "keepDesired">>>;
  private place: FleetModel["role"] = "worker";
  private readonly props: Partial<FleetProps>;

  /** @internal The fleet of a cluster's swarm managers. */
  static control(scope: Construct, props: FleetProps): Fleet {
    const fleet = new Fleet(scope, "control", props);
    fleet.place = "control";
    return fleet;
  }

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id, Fleet, "fleet");
    this.props = this.border.read(FLEET, props);
    const { machine, size = 1 } = this.props;
    this.machine = machine ?? "";
    this.size = this.readSize(size);
    if (machine !== undefined && findMachine(machine) === undefined) this.refuseMachine(machine);
  }

  /** Id of the security group of the fleet's VMs, for rules and resources of your own. */
  get securityGroupId(): string {
    return reference(this, { of: "fleet", name: this.name, attribute: "securityGroupId" });
  }

  /** Name of the IAM role of the fleet's VMs, for policies of your own. */
  get roleName(): string {
    return reference(this, { of: "fleet", name: this.name, attribute: "roleName" });
  }

  /** Name of the fleet's autoscaling group. */
  get autoscalingGroupName(): string {
    return reference(this, { of: "fleet", name: this.name, attribute: "autoscalingGroupName" });
  }

  /** @internal What its VMs are in the swarm. */
  get role(): FleetModel["role"] {
    return this.place;
  }

  /** @internal The fleet's part of the model. */
  toModel(platform: Platform, { region, zones }: PlatformModel): FleetModel {
    const { props } = this;
    const arch = findMachine(this.machine)?.arch ?? "x86_64";
    return {
      id: this.name,
      role: this.role,
      machine: this.machine,
      arch,
      size: this.size,
      keepDesired: typeof props.size === "object" && (props.size.keepDesired ?? false),
      spot: this.border.share("spot", props.spot ?? 0),
      zones: this.readZones(props.zones, region, zones),
      diskGiB: this.readDisk("disk", props.disk ?? "20GiB"),
      dataDiskGiB: props.dataDisk === undefined ? null : this.readDisk("dataDisk", props.dataDisk),
      survives: props.survives ?? "vm",
      os: this.readOs(props.os ?? {}, platform, arch),
      tags: this.border.tags(props.tags ?? {}),
    };
  }

  private readSize(size: number | Partial<SizeRange>): Fleet["size"] {
    if (typeof size === "number") {
      const fixed = this.border.integer("size", size, 1);
      return { min: fixed, desired: fixed, max: fixed };
    }
    if (size.min === undefined || size.max === undefined) return { min: 1, desired: 1, max: 1 };
    const min = this.border.integer("size.min", size.min, 0);
    const max = this.border.integer("size.max", size.max, 1);
    if (min > max) {
      if (max === size.max) this.border.refuse("LF006", `'size.min' (${min}) must be <= 'size.max' (${max})`);
      return { min: max, desired: max, max };
    }
    const wanted = size.desired ?? Math.max(min, 1);
    const desired = this.border.integer("size.desired", wanted, 0);
    if (desired !== wanted) return { min, desired: min, max };
    if (desired >= min && desired <= max) return { min, desired, max };
    this.border.refuse(
      "LF006",
      `'size.desired' (${desired}) must be between 'size.min' (${min}) and 'size.max' (${max})`,
    );
    return { min, desired: min, max };
  }

  private refuseMachine(machine: string): void {
    const near = nearestMachines(machine, 3);
    const hint = near.length === 0 ? undefined : `did you mean ${near.map((name) => `"${name}"`).join(", ")}?`;
    this.border.refuse("LF005", `'machine' (${showValue(machine)}) is no known machine type`, hint);
  }

  private readZones(wanted: readonly string[] | undefined, region: string, offered: readonly string[]): string[] {
    if (wanted === undefined || offered.length === 0) return [...offered];
    const full = wanted.map((zone) => (zone.length === 1 ? `${region}${zone}` : zone));
    const strange = full.filter((zone) => !offered.includes(zone));
    if (strange.length > 0 || full.length === 0)
      this.border.refuse(
        "LF013",
        `'zones' (${JSON.stringify(wanted)}) must be one or more of the cluster's: ${offered.join(", ")}`,
      );
    const known = full.filter((zone) => offered.includes(zone));
    return known.length === 0 ? [...offered] : [...new Set(known)].sort(byText);
  }

  private readDisk(prop: "disk" | "dataDisk", disk: Memory): number {
    const mib = this.border.memoryMiB(prop, disk);
    if (mib !== undefined && mib % 1024 === 0 && mib >= 8 * 1024) return mib / 1024;
    if (mib !== undefined)
      this.border.refuse(
        "LF004",
        `'${prop}' ("${disk}") must be whole GiB, 8 or more (the size of Photon's own image)`,
      );
    return 8;
  }

  private readOs(os: OsOptions, platform: Platform, arch: FleetModel["arch"]): OsModel {
    const release = os.release ?? "5.0";
    const sysctl = this.border.sysctl(
      "os.sysctl",
      os.sysctl ?? {},
      /^[a-z0-9_]+([./][A-Za-z0-9_*-]+)+$/,
      `a kernel parameter, as in "net.core.somaxconn"`,
      { shape: /^[\x20-\x7e\t]*$/, allowed: "of one line" },
    );
    const packages = [...new Set(os.packages ?? [])].sort(byText);
    for (const name of packages)
      this.border.text("os.packages", name, /^[A-Za-z0-9][A-Za-z0-9._+-]*$/, `a package name, as in "tcpdump"`);
    if (os.image !== undefined)
      this.border.text("os.image", os.image, /^ami-[0-9a-f]{8,17}$/, `an AMI id, as in "ami-0123456789abcdef0"`);
    const modules = [...new Set(os.modules ?? [])].sort(byText);
    for (const name of modules)
      this.border.text("os.modules", name, /^[A-Za-z0-9_-]+$/, `a kernel module, as in "nfsv4"`);
    return {
      release,
      image: os.image ?? platform.imageFor(release, arch),
      openFiles: this.border.count("os.openFiles", os.openFiles ?? 1_048_576, LINUX_LIMITS.openFiles),
      processes: this.border.integer("os.processes", os.processes ?? 32_768, 256, 4_194_304),
      memoryMaps: this.border.integer("os.memoryMaps", os.memoryMaps ?? 262_144, 65_530, 2_147_483_647),
      sysctl,
      packages,
      modules,
    };
  }
}
