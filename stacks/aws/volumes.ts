import { EfsFileSystem, EfsFileSystemPolicy, EfsMountTarget } from "../../providers/aws/bindings.gen.js";
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
      new EfsFileSystemPolicy(site.scope, `volume-policy-${id}`, id, {
        file_system_id: files.ref("id"),
        policy: mountTargetsOnly(files.ref("arn")),
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

/**
 * As strict as Docker's own driver can fulfil, which mounts without TLS and says nothing of who it is: whoever comes by a mount target,
 * whose security group lets in the fleets of the services that mount it, and nobody by another way.
 */
const mountTargetsOnly = (arn: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MountTargetsOnly",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "elasticfilesystem:ClientMount",
          "elasticfilesystem:ClientWrite",
          "elasticfilesystem:ClientRootAccess",
        ],
        Resource: arn,
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
    ],
  });
