import type { FleetModel, Model } from "../model/schema.js";
import { daemonConfig } from "./daemon.js";
import { PROBES } from "./files.gen.js";
import { carries, firewall4, firewall6 } from "./firewall.js";
import { modulesLoad, sysctl } from "./kernel.js";
import { PROBE } from "./probe.js";
import { nodeConfig, programFiles } from "./programs.js";
import { settingFiles } from "./settings.js";

/** A cloud-config in two pieces, which are one text when put together. */
export interface CloudConfig {
  /** Up to the first file that is the fleet's own: the same text for many fleets. */
  readonly head: string;
  readonly tail: string;
}

/**
 * What cloud-init does at a VM's first boot: it writes files, and starts the one script that does the rest. Plain text,
 * deterministic, and the same for all VMs of a fleet: what differs between them is read from the instance metadata at
 * boot. A change of a service changes nothing here, since it would replace the VMs.
 */
export function cloudConfig(model: Model, fleet: FleetModel): CloudConfig {
  const shared = [...plainFiles(programFiles(fleet)), ...(carries(model, fleet) ? [probe(fleet)] : [])];
  return {
    head: `#cloud-config\n{"write_files":[${shared.map((file) => `${JSON.stringify(file)},`).join("")}`,
    tail: `${plainFiles(ownFiles(model, fleet))
      .map((file) => JSON.stringify(file))
      .join(",")}],"runcmd":[["bash","/opt/lightfleet/prepare.sh"]]}\n`,
  };
}

/** Texts by path that differ between fleets. */
function ownFiles(model: Model, fleet: FleetModel): Record<string, string> {
  const { os } = fleet;
  return {
    "/etc/lightfleet/node.json": `${JSON.stringify(nodeConfig(model, fleet))}\n`,
    "/etc/lightfleet/daemon.json": `${JSON.stringify(daemonConfig(model, fleet))}\n`,
    "/etc/lightfleet/packages": os.packages.map((name) => `${name}\n`).join(""),
    ...(fleet.dataDiskGiB !== null && { "/etc/lightfleet/data-disk": "yes\n" }),
    "/etc/sysctl.d/99-lightfleet.conf": sysctl(os),
    "/etc/modules-load.d/lightfleet.conf": modulesLoad(os),
    "/etc/systemd/scripts/ip4save": firewall4(model, fleet),
    "/etc/systemd/scripts/ip6save": firewall6(),
    ...settingFiles(os),
  };
}

const plainFiles = (texts: Readonly<Record<string, string>>): object[] =>
  Object.entries(texts).map(([path, content]) => ({ path, content, permissions: "0644" }));

/** Readable for all users: the checks of a container run as the container's user. */
const probe = ({ arch }: FleetModel): object => ({
  path: PROBE,
  encoding: "b64",
  content: PROBES[arch],
  permissions: "0755",
});
