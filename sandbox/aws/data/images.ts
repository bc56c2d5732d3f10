import { ec2Id } from "../ids.js";
import { Refusal } from "../types/resource-handler.js";
import { objects, text, texts, type ObjectValue } from "../../value.js";
import { matches } from "./filters.js";
import type { Reader } from "./reader.js";

/** Owners that are known by a name. */
const aliases: { readonly [name: string]: string } = { amazon: "137112412989", "aws-marketplace": "679593333241" };

function filterValues(config: ObjectValue, name: string): string[] {
  return objects(config["filter"])
    .filter((filter) => filter["name"] === name)
    .flatMap((filter) => texts(filter["values"]));
}

/**
 * A machine image that fits the question: there is one for every question, since the sandbox has no list of images. It is the
 * same for the same owner and filters.
 */
const ami: Reader = (account, config) => {
  const [pattern = text(config["name_regex"])?.replace(/[\^$\\]/g, "") ?? "image-*"] = filterValues(config, "name");
  const name = pattern.replace(/\.?\*/g, "sandbox").replaceAll("?", "0");
  const [architecture = /arm64|aarch64/.test(pattern) ? "arm64" : "x86_64"] = filterValues(config, "architecture");
  const owners = texts(config["owners"]);
  const [owner = "self"] = owners;
  const ownerId = owner === "self" ? account.id : (aliases[owner] ?? owner);
  const [wanted] = [...filterValues(config, "image-id"), ...filterValues(config, "image_id")];
  const id = wanted ?? ec2Id("ami", [account.region, ownerId, name, architecture]);
  if (!matches("ami-*", id)) throw new Refusal(`InvalidAMIID.Malformed: Invalid id: "${id}"`, "filter");
  return {
    id,
    image_id: id,
    name,
    architecture,
    arn: `arn:${account.partition}:ec2:${account.region}::image/${id}`,
    owner_id: ownerId,
    image_owner_alias: aliases[owner] === undefined ? "" : owner,
    image_location: `${ownerId}/${name}`,
    image_type: "machine",
    boot_mode: architecture === "arm64" ? "uefi" : "uefi-preferred",
    creation_date: "2025-01-01T00:00:00.000Z",
    deprecation_time: "2027-01-01T00:00:00.000Z",
    description: "made up by the sandbox of Lightfleet",
    ena_support: true,
    hypervisor: "xen",
    imds_support: "v2.0",
    platform_details: "Linux/UNIX",
    public: true,
    root_device_name: "/dev/xvda",
    root_device_type: "ebs",
    root_snapshot_id: ec2Id("snap", [id]),
    sriov_net_support: "simple",
    state: "available",
    usage_operation: "RunInstances",
    virtualization_type: "hvm",
    block_device_mappings: [
      {
        device_name: "/dev/xvda",
        ebs: {
          delete_on_termination: "true",
          encrypted: "false",
          iops: "0",
          snapshot_id: ec2Id("snap", [id]),
          throughput: "0",
          volume_size: "8",
          volume_type: "gp3",
        },
        no_device: "",
        virtual_name: "",
      },
    ],
    tags: {},
  };
};

export const imageData = { aws_ami: ami } satisfies Record<string, Reader>;
