import { freeAddress, takenAddresses } from "../addresses.js";
import { text, texts } from "../value.js";
import type { Behaviour, Scene } from "./behaviour.js";
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
      : undefined,
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
