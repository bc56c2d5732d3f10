import type { Model } from "../../model/schema.js";
import type { Change } from "../schema.js";
import { attribute, keysChanged, names } from "../values.js";
import { change } from "./change.js";
import { nodeVolumes } from "./vms.js";

/** A cluster that is in the program no more: nothing ends it but a command that still knows it. */
export const left = ({ cluster, volumes }: Model): Change =>
  change({ id: `cluster:${cluster}`, kind: "cluster", what: `cluster ${cluster}` }, "remove", {
    weight: "danger",
    stateful: volumes.length > 0,
    effect: [
      "a deploy does not end it: it runs on, costs, and no command reaches it any more",
      `to end it, run 'lightfleet destroy ${cluster}' with the program as it is in base`,
    ],
  });

/** What becomes of the cluster itself: where it is, and what all of it shares. */
export function clusterChanges(base: Model, head: Model): Change[] {
  const [from, to] = [base.platform, head.platform];
  const region = attribute("region", from.region, to.region);
  const cidr = attribute("cidr", from.cidr, to.cidr);
  const account = attribute("account", base.account, head.account, (value) => (value === null ? null : "set"));
  const zones = attribute("zones", from.zones, to.zones);
  const nat = attribute("nat", from.nat, to.nat);
  const peers = attribute("peers", from.peers, to.peers);
  const production = attribute("production", base.production, head.production);
  const encrypt = attribute("encrypt", base.encrypt ?? false, head.encrypt ?? false);
  const runsServices = attribute("control.runsServices", base.control.runsServices, head.control.runsServices);
  const tags = keysChanged("tags", base.tags, head.tags);
  const attributes = [region, cidr, account, zones, nat, peers, production, encrypt, runsServices, tags].flat();
  if (attributes.length === 0) return [];

  const moved = region.length > 0 ? elsewhere(base, head) : cidr.length > 0 ? anew(base) : undefined;
  const other = account.length > 0 ? accountEffect(base.account, head.account) : undefined;
  const effect = [
    ...(moved?.effect ?? []),
    ...(other === undefined ? [] : [other.effect]),
    ...(zones.length > 0 && moved === undefined ? zoneEffects(from.zones, to.zones) : []),
    ...(nat.length > 0 ? [NAT[to.nat]] : []),
    ...(peers.length > 0
      ? ["checks compare its addresses with those of other networks; nothing of it is touched"]
      : []),
    ...(production.length > 0
      ? [head.production ? "checks are stricter from now on" : "checks ask for less from now on"]
      : []),
    ...(encrypt.length > 0
      ? [
          `${head.encrypt ? "what services send each other from VM to VM is encrypted" : "what services send each other is not encrypted any more"}: all services restart, on other networks`,
          "until the last has, those on the old network and those on the new one do not reach each other",
        ]
      : []),
    ...(runsServices.length > 0
      ? [head.control.runsServices ? "managers take tasks too" : "managers take no tasks any more: those there move"]
      : []),
    ...(tags.length > 0
      ? ["all its resources are tagged anew; VMs are replaced, since they are tagged as they are made"]
      : []),
  ];
  return [
    change(
      { id: `cluster:${head.cluster}`, kind: "cluster", what: `cluster ${head.cluster}` },
      moved === undefined ? "change" : "replace",
      {
        weight: moved !== undefined ? "danger" : other?.grave ? "warning" : "plain",
        stateful: moved?.marks.includes("stateful") ?? false,
        attributes,
        why: [`${names(attributes.map(({ name }) => name))} changed`],
        effect,
        interrupts: moved === undefined ? [] : base.services.map(({ id }) => id),
        marks: moved?.marks ?? [],
      },
    ),
  ];
}

const NAT = {
  one: "one NAT gateway for all zones: where its zone is lost, no VM reaches the outside; calls come from one address",
  "per-zone": "a NAT gateway in each zone: calls to the outside come from other addresses than before",
} as const;

interface Move {
  readonly effect: string[];
  readonly marks: string[];
}

/** The engine looks for what the state names in another region, and finds nothing. */
function elsewhere(base: Model, head: Model): Move {
  const [from, to] = [base.platform.region, head.platform.region];
  return {
    effect: [
      `the engine finds nothing of it in ${to} and makes all of it anew there, with no data in it`,
      `what is in ${from} runs on and costs, and is in no state any more: 'lightfleet destroy ${base.cluster}' before ends it`,
    ],
    marks: ["replaces", "stateful", "downtime", "data-loss"],
  };
}

/** Nothing moves from one network to another. */
function anew(base: Model): Move {
  const held = [...new Set(base.fleets.flatMap((fleet) => nodeVolumes(fleet, base)))];
  return {
    effect: [
      ...(held.length > 0 ? [`DATA LOSS: the data of ${names(held)}, on the disks of its VMs`] : []),
      "its network is made anew, and nothing moves from one network to another: all VMs and load balancers end, and all of it is down until new ones stand",
    ],
    marks: ["replaces", "downtime", ...(held.length > 0 ? ["stateful", "data-loss"] : [])],
  };
}

function accountEffect(was: string | null, now: string | null): { readonly effect: string; readonly grave: boolean } {
  if (now === null) return { effect: "it may be deployed to any account from now on", grave: true };
  if (was === null) return { effect: "deploys to any other account are refused", grave: false };
  return {
    effect: "deploys to the account before are refused: what runs there is not touched, and out of reach",
    grave: true,
  };
}

function zoneEffects(was: readonly string[], now: readonly string[]): string[] {
  const [gone, fresh] = [was.filter((zone) => !now.includes(zone)), now.filter((zone) => !was.includes(zone))];
  return [
    ...(gone.length > 0 ? [`its network leaves ${names(gone)}`] : []),
    ...(fresh.length > 0 ? [`its network reaches into ${names(fresh)}`] : []),
    "what that does to VMs stands with their fleets",
  ];
}
