import { freeAddress, takenAddresses } from "../addresses.js";
import { digest } from "../ids.js";
import { text, textMap } from "../../value.js";
import type { Behaviour, Scene } from "./resource-handler.js";
import { accountId, always, companion, idOf, newId } from "./common.js";

const domain = ({ account }: Scene, fileSystem: string): string =>
  `${fileSystem}.efs.${account.region}.${account.dnsSuffix}`;

const fileSystem: Behaviour = {
  id: newId("fs"),
  refuse: ({ account, draft }) => {
    const token = text(draft["creation_token"]);
    const twin = account.list("aws_efs_file_system").some(({ attributes }) => attributes["creation_token"] === token);
    return token !== undefined && twin
      ? `FileSystemAlreadyExists: File system with creation token '${token}' already exists`
      : undefined;
  },
  computed: {
    arn: (scene) => scene.account.arn("elasticfilesystem", `file-system/${idOf(scene)}`),
    creation_token: ({ seed }) => `terraform-${digest(seed, 26)}`,
    dns_name: (scene) => domain(scene, idOf(scene)),
    kms_key_id: ({ account, draft }) =>
      draft["encrypted"] === true ? account.arn("kms", `key/${digest([account.id, "efs"], 32)}`) : "",
    name: ({ draft }) => textMap(draft["tags_all"])["Name"] ?? "",
    owner_id: accountId,
    performance_mode: always("generalPurpose"),
    protection: always([{ replication_overwrite: "ENABLED" }]),
    size_in_bytes: always([{ value: 6144, value_in_ia: 0, value_in_standard: 6144 }]),
  },
};

const zoneOf = ({ account, draft }: Scene, attribute: string): string =>
  text(account.find("aws_subnet", text(draft["subnet_id"]) ?? "")?.attributes[attribute]) ?? "";

const mountTarget: Behaviour = {
  id: newId("fsmt"),
  refs: { file_system_id: "fileSystem", subnet_id: "subnet", "security_groups[]": "securityGroup" },
  refuse: (scene) => {
    const zone = zoneOf(scene, "availability_zone");
    const twin = scene.account
      .list("aws_efs_mount_target")
      .some(
        ({ attributes }) =>
          attributes["file_system_id"] === scene.draft["file_system_id"] &&
          attributes["availability_zone_name"] === zone,
      );
    return twin ? "MountTargetConflict: mount target already exists in this AZ" : undefined;
  },
  computed: {
    availability_zone_name: (scene) => zoneOf(scene, "availability_zone"),
    availability_zone_id: (scene) => zoneOf(scene, "availability_zone_id"),
    dns_name: (scene) => domain(scene, text(scene.draft["file_system_id"]) ?? ""),
    mount_target_dns_name: (scene) =>
      `${zoneOf(scene, "availability_zone")}.${domain(scene, text(scene.draft["file_system_id"]) ?? "")}`,
    file_system_arn: ({ account, draft }) =>
      account.arn("elasticfilesystem", `file-system/${text(draft["file_system_id"]) ?? ""}`),
    ip_address: ({ account, draft, seed }) =>
      freeAddress(account, text(draft["subnet_id"]) ?? "", seed, takenAddresses(account)) ?? "",
    network_interface_id: companion("eni"),
    owner_id: accountId,
    security_groups: (scene) => {
      const network = scene.account.find("aws_vpc", zoneOf(scene, "vpc_id"));
      const group = text(network?.attributes["default_security_group_id"]);
      return group === undefined ? [] : [group];
    },
  },
};

/** A file system has one at most: another takes its place. */
const fileSystemPolicy: Behaviour = {
  id: ({ draft }) => text(draft["file_system_id"]) ?? "",
  refs: { file_system_id: "fileSystem" },
  overwrites: true,
};

export const fileSystemTypes = {
  aws_efs_file_system: fileSystem,
  aws_efs_file_system_policy: fileSystemPolicy,
  aws_efs_mount_target: mountTarget,
} satisfies Record<string, Behaviour>;
