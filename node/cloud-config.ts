import type { FleetModel } from "../model/schema.js";

/** Settings that every VM of ours has, below what the fleet asks for (Docker and Kubernetes notes on bridges and conntrack). */
const SYSCTL: Readonly<Record<string, string>> = {
  "net.ipv4.ip_forward": "1",
  "vm.max_map_count": "262144",
};

/**
 * What cloud-init does at a VM's first boot: kernel parameters, limits, the Docker daemon's configuration. Plain text,
 * deterministic, and the same for all VMs of a fleet: what differs between them is read from the instance metadata at boot.
 */
export function cloudConfig(fleet: FleetModel, cluster: string): string {
  const { os } = fleet;
  const sysctl = Object.entries({
    ...SYSCTL,
    "fs.file-max": String(Math.max(os.openFiles * 2, 2_097_152)),
    ...os.sysctl,
  });
  const files = [
    file("/etc/sysctl.d/99-lightfleet.conf", sysctl.map(([key, value]) => `${key} = ${value}\n`).join("")),
    file("/etc/systemd/system.conf.d/50-lightfleet.conf", `[Manager]\nDefaultLimitNOFILE=${os.openFiles}\n`),
    file("/etc/docker/daemon.json", `${JSON.stringify(daemonConfig(fleet, cluster), null, 2)}\n`),
  ];
  const commands = [
    ["sysctl", "--system"],
    ["systemctl", "daemon-reexec"],
    ...(os.packages.length > 0 ? [["tdnf", "-y", "install", ...os.packages]] : []),
    ["systemctl", "enable", "--now", "docker.service"],
  ];
  return `#cloud-config\n${JSON.stringify({ write_files: files, runcmd: commands }, null, 1)}\n`;
}

/** YAML is a superset of JSON: no quoting of ours can go wrong. */
const file = (path: string, content: string): object => ({ path, content, permissions: "0644" });

/** `default-ulimits` is set since what containers inherit depends on the version of containerd. */
function daemonConfig({ id, os }: FleetModel, cluster: string): object {
  return {
    labels: [`lightfleet.cluster=${cluster}`, `lightfleet.fleet=${id}`],
    "log-driver": "json-file",
    "log-opts": { "max-size": "10m", "max-file": "3" },
    "default-ulimits": { nofile: { Name: "nofile", Soft: os.openFiles, Hard: os.openFiles } },
  };
}
