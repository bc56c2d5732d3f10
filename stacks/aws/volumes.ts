import { EfsFileSystem, EfsMountTarget } from "../../providers/aws/bindings.gen.js";
import { letterOf } from "./names.js";
import type { Groups } from "./security.js";
import { named, type Network, type Site } from "./context.js";

/** An encrypted file system for each shared volume, with a way in from every zone; gives their host names, by volume. */
export function renderVolumes(site: Site, network: Network, groups: Groups): Map<string, string> {
  const shared = site.model.volumes.filter(({ kind }) => kind === "shared");
  return new Map(
    shared.map(({ id }) => {
      const files = new EfsFileSystem(site.scope, `volume-${id}`, id, {
        encrypted: true,
        throughput_mode: "elastic",
        tags: named(site, id),
      });
      for (const [zone, subnet] of network.privateSubnets) {
        const name = `${id}_${letterOf(zone)}`;
        new EfsMountTarget(site.scope, `mount-${name}`, name, {
          file_system_id: files.ref("id"),
          subnet_id: subnet,
          security_groups: [groups.get(id)!],
        });
      }
      return [id, files.ref("dns_name")];
    }),
  );
}
