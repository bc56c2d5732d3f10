import { aws, Cluster, Fleet, Gateway, Service, type App, type FleetProps, type OsOptions } from "lightfleet";
import { describe, expect, test } from "vitest";
import { modelSchema } from "../../model/schema.js";
import { synthesize } from "../program/synthesize.js";
import { listOf } from "./lists.js";

/**
 * For each field of a fleet: which VMs the engine replaces where it changes (another version of the launch template begins an
 * instance refresh), which services' tasks Docker starts anew, and what preview says of both.
 */
interface Row {
  readonly base?: Partial<FleetProps>;
  readonly head: Partial<FleetProps>;
}
const os = (before: OsOptions, after: OsOptions): Row => ({ base: { os: before }, head: { os: after } });

const ROWS = {
  machine: { head: { machine: "m7i.xlarge" } },
  arch: { head: { machine: "m7g.large" } },
  "size.min": { head: { size: { min: 1, desired: 2, max: 4 } } },
  "size.desired": { head: { size: { min: 2, desired: 3, max: 4 } } },
  keepDesired: { head: { size: { min: 2, desired: 2, max: 4, keepDesired: true } } },
  "size.max": { head: { size: { min: 2, desired: 2, max: 5 } } },
  spot: { head: { spot: 0.5 } },
  "spot (share)": { base: { spot: 0.4 }, head: { spot: 0.5 } },
  zones: { head: { zones: ["a"] } },
  diskGiB: { head: { disk: "30GiB" } },
  dataDiskGiB: { head: { dataDisk: "30GiB" } },
  survives: { head: { survives: "zone" } },
  "os.release": os({}, { release: "4.0" }),
  "os.image": os({}, { image: "ami-0123456789abcdef0" }),
  "os.openFiles": os({}, { openFiles: 65_536 }),
  "os.processes": os({}, { processes: 65_536 }),
  "os.memoryMaps": os({}, { memoryMaps: 300_000 }),
  "os.sysctl": os({}, { sysctl: { "net.core.somaxconn": 4096 } }),
  "os.packages": os({}, { packages: ["nfs-utils"] }),
  "os.modules": os({}, { modules: ["nfsv4"] }),
  tags: { head: { tags: { team: "a" } } },
} satisfies Readonly<Record<string, Row>>;

const isLaunch = ({ name }: { readonly name: string }): boolean =>
  /^(launch_template|mixed_instances_policy)/.test(name);

const program =
  (props: Partial<FleetProps>) =>
  (app: App): void => {
    const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }) });
    const plain = { machine: "m7i.large", size: { min: 2, desired: 2, max: 4 } } as const;
    const core = new Fleet(cluster, "core", { ...plain, ...props });
    const other = new Fleet(cluster, "other", plain);
    const web = new Service(cluster, "web", { on: core, image: "web:1", port: 80, memory: "64MiB", replicas: 2 });
    new Service(cluster, "agent", {
      on: [core, other],
      image: "agent:1",
      memory: "64MiB",
      everywhere: true,
      pids: 100,
    });
    new Service(cluster, "batch", { on: other, image: "batch:1", memory: "64MiB" });
    new Gateway(cluster, "public", { routes: { "/": web } });
  };

describe("a change of each field of a fleet", () => {
  test("has a row: a new field needs one", () => {
    const { shape } = modelSchema.shape.fleets.element;
    const fields = Object.keys(shape).flatMap((field) => {
      if (field === "size" || field === "os")
        return Object.keys(shape[field].shape).map((inner) => `${field}.${inner}`);
      return [field];
    });
    // An id is another fleet, and a role is none that a program gives.
    const known = Object.keys(ROWS).map((field) => field.split(" ")[0]);
    expect(fields.filter((field) => !["id", "role", ...known].includes(field))).toEqual([]);
  });

  test("does to VMs and tasks what the table says", async () => {
    const lines = Object.entries<Row>(ROWS).map(([field, { base = {}, head }]) => {
      const cluster = listOf(synthesize(program(base)), synthesize(program(head))).clusters[0]!;
      // A group refreshes its instances where what they are launched from differs (aws_autoscaling_group, "instance_refresh").
      const replaced = cluster.infrastructure.resources
        .filter(({ address, attributes }) => address.startsWith("aws_autoscaling_group.") && attributes.some(isLaunch))
        .map(({ address }) => address.split(".")[1]!)
        .sort();
      const said = cluster.changes
        .filter(({ kind, action }) => kind === "fleet" && action === "replace")
        .map(({ id }) => id.slice("fleet:".length));
      expect({ field, replaced: said.sort() }).toEqual({ field, replaced });
      const services = cluster.changes
        .filter(({ kind, action }) => kind === "service" && ["roll", "restart"].includes(action))
        .map(({ id }) => id.slice("service:".length));
      const vms = replaced.length > 0 ? `VMs of ${replaced.join(", ")} replaced` : "VMs kept";
      return `${field.padEnd(14)}  ${vms}${services.length > 0 ? `; tasks of ${services.join(", ")} restarted by the release` : ""}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot("__snapshots__/fleet-fields.txt");
  });
});
