import { secretsManager, ssm } from "lightfleet";
import { changes } from "../contract/changes.js";
import type { ShopSketch } from "../program/shop.js";

/** Two programs: what the first is made from, and what changes. */
export interface Pair {
  readonly name: string;
  readonly from?: (shop: ShopSketch) => void;
  /** Undefined where everything is removed. */
  readonly make?: (shop: ShopSketch) => void;
}

/** Pairs that the contract with the real provider knows as well: what these do to resources is held against it there. */
const SHARED = [
  "resize a fixed fleet",
  "resize a range",
  "machine type",
  "another spot share",
  "fleet in fewer zones",
  "disk size",
  "open files",
  "kernel parameter",
  "packages",
  "pinned image",
  "tags on a fleet",
  "new fleet with a service",
  "remove a fleet",
  "rename a fleet",
  "more managers",
  "one manager",
  "machine of the managers",
  "image version",
  "replicas",
  "memory and environment",
  "rename a service",
  "new service",
  "remove a service",
  "service on another fleet",
  "service on two fleets",
  "edge that crosses fleets",
  "edge to a host outside",
  "remove an edge",
  "secrets",
  "shared volume",
  "volume of the VM",
  "add a route",
  "remove a route",
  "remove the gateway",
  "TLS gone",
  "a gateway becomes internal",
  "port of a gateway's target",
  "nothing",
  "services declared in another order",
  "add a zone to two",
  "address range",
  "tags on the cluster",
];

const withVolume = (shop: ShopSketch, shared: boolean): void => {
  shop.volumes["carts"] = shared ? { shared: true } : {};
  shop.services["redis-cart"]!.volumes = { "/data": "carts" };
};

const OWN: readonly Pair[] = [
  {
    name: "secret from another place",
    from: (shop) => {
      shop.secrets["key"] = { source: ssm("/shop/key") };
      shop.services["paymentservice"]!.secrets = { key: "key" };
    },
    make: (shop) => (shop.secrets["key"] = { source: secretsManager("shop/key") }),
  },
  {
    name: "fleet split in two",
    make: (shop) => {
      shop.fleets["edge"] = { machine: "m7i.large", size: { min: 2, max: 4 } };
      for (const id of ["frontend", "adservice"]) shop.services[id]!.on = ["edge"];
    },
  },
  { name: "everything removed" },
  {
    name: "shared volume removed",
    from: (shop) => withVolume(shop, true),
    make: (shop) => {
      shop.volumes = {};
      delete shop.services["redis-cart"]!.volumes;
    },
  },
  {
    name: "VMs with data on them replaced",
    from: (shop) => withVolume(shop, false),
    make: (shop) => (shop.fleets["core"]!.machine = "m7i.xlarge"),
  },
  { name: "a service scaled to nothing", make: (shop) => (shop.services["adservice"]!.replicas = 0) },
];

export const pairs: readonly Pair[] = [...changes.filter(({ name }) => SHARED.includes(name)), ...OWN];
