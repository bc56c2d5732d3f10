import { freeAddress, takenAddresses } from "../addresses.js";
import { refuseDisk } from "../../../providers/aws/limits/disks.js";
import { count, objects, text, texts, type ObjectValue } from "../../value.js";
import { Refusal, type Behaviour, type Scene } from "./resource-handler.js";
import { always, companion, ec2Arn, newId, publicAddress } from "./common.js";

const subnetOf = ({ account, draft }: Scene): string =>
  text(draft["subnet_id"]) ??
  account
    .list("aws_subnet")
    .map(({ key }) => key)
    .sort()[0] ??
  "";

const attributeOfSubnet = (scene: Scene, name: string): string =>
  text(scene.account.find("aws_subnet", subnetOf(scene))?.attributes[name]) ?? "";

/** Why some disk of these cannot be; the type that EC2 takes where none is said is gp2. */
export const refuseDisks = (disks: readonly ObjectValue[]): string | undefined =>
  disks
    .map((disk) => refuseDisk(text(disk["volume_type"]) || "gp2", count(disk["volume_size"]) || 1))
    .find((message) => message !== undefined);

/** A virtual machine on its own. */
const instance: Behaviour = {
  id: newId("i"),
  plan: (draft, { prior }) =>
    prior !== null && draft["user_data_replace_on_change"] === true
      ? ["user_data", "user_data_base64"].filter((name) => draft[name] !== prior[name]).map((name) => [name])
      : [],
  refs: { subnet_id: "subnet", "vpc_security_group_ids[]": "securityGroup", iam_instance_profile: "instanceProfile" },
  refuse: (scene) =>
    subnetOf(scene) === ""
      ? "VPCIdNotSpecified: No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC"
      : refuseDisks([...objects(scene.draft["root_block_device"]), ...objects(scene.draft["ebs_block_device"])]),
  computed: {
    arn: ec2Arn("instance"),
    instance_state: always("running"),
    subnet_id: subnetOf,
    availability_zone: (scene) => attributeOfSubnet(scene, "availability_zone"),
    private_ip: (scene) => freeAddress(scene.account, subnetOf(scene), scene.seed, takenAddresses(scene.account)) ?? "",
    private_dns: ({ account, draft }) =>
      `ip-${(text(draft["private_ip"]) ?? "").replaceAll(".", "-")}.${account.region}.compute.internal`,
    primary_network_interface_id: companion("eni"),
    public_ip: ({ draft, seed }) => (draft["associate_public_ip_address"] === true ? publicAddress(seed) : ""),
    tenancy: always("default"),
    vpc_security_group_ids: (scene) => {
      const network = scene.account.find("aws_vpc", attributeOfSubnet(scene, "vpc_id"));
      return texts([network?.attributes["default_security_group_id"] ?? null]);
    },
  },
};

const volume: Behaviour = {
  id: newId("vol"),
  settle: ({ draft }) => {
    const message = refuseDisk(text(draft["type"]) ?? "", count(draft["size"]) ?? 1);
    if (message !== undefined) throw new Refusal(message, "size");
  },
  computed: {
    arn: ec2Arn("volume"),
    create_time: () => new Date().toISOString(),
    encrypted: always(false),
    size: always(8),
    type: always("gp2"),
    iops: ({ draft }) => (draft["type"] === "gp3" ? 3000 : 100),
    throughput: ({ draft }) => (draft["type"] === "gp3" ? 125 : 0),
  },
};

export const instanceTypes = { aws_instance: instance, aws_ebs_volume: volume } satisfies Record<string, Behaviour>;
