import { ec2Id } from "../ids.js";
import { findZone, zonesOf } from "../regions.js";
import { text } from "../value.js";
import type { Behaviour, Scene } from "./behaviour.js";

const id = ({ draft }: Scene): string => text(draft["id"]) ?? "";
const arn =
  (kind: string) =>
  (scene: Scene): string =>
    scene.account.arn("ec2", `${kind}/${id(scene)}`);
const owner = ({ account }: Scene): string => account.id;
const related =
  (prefix: string) =>
  ({ seed }: Scene): string =>
    ec2Id(prefix, [...seed, prefix]);

const vpc: Behaviour = {
  id: ({ seed }) => ec2Id("vpc", seed),
  computed: {
    arn: arn("vpc"),
    owner_id: owner,
    default_network_acl_id: related("acl"),
    default_route_table_id: related("rtb"),
    default_security_group_id: related("sg"),
    main_route_table_id: ({ draft }) => draft["default_route_table_id"] ?? "",
    dhcp_options_id: ({ account }) => ec2Id("dopt", [account.id, account.region]),
    instance_tenancy: () => "default",
  },
};

const subnet: Behaviour = {
  id: ({ seed }) => ec2Id("subnet", seed),
  refs: { vpc_id: "vpc" },
  computed: {
    arn: arn("subnet"),
    owner_id: owner,
    availability_zone: ({ account, draft }) =>
      findZone(account.region, text(draft["availability_zone_id"]) ?? "")?.name ?? zonesOf(account.region)[0]?.name ?? "",
    availability_zone_id: ({ account, draft }) => findZone(account.region, text(draft["availability_zone"]) ?? "")?.id ?? "",
  },
};

export const network = { aws_vpc: vpc, aws_subnet: subnet } satisfies Record<string, Behaviour>;
