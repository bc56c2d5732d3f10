import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRealProvider, whyNoRealProvider } from "./real-provider.js";
import type { RunningProvider } from "./running-provider.js";

if (whyNoRealProvider !== undefined) console.log(`skipped: ${whyNoRealProvider}`);

const configuration = (subnet: string, object: string): Record<string, unknown> => ({
  terraform: {
    backend: { local: { path: "elsewhere.tfstate" } },
    required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
  },
  provider: { aws: [{ region: "eu-west-1", default_tags: [{ tags: { System: "shop" } }] }] },
  resource: {
    aws_subnet: { a: { vpc_id: "vpc-1", cidr_block: subnet, availability_zone: "eu-west-1a" } },
    aws_s3_object: { bundle: { bucket: "shop", key: "bundle.json", content: object } },
  },
});

const instance = (attributes: Record<string, unknown>, version: number): Record<string, unknown> => ({
  schema_version: version,
  attributes: { tags_all: { System: "shop" }, ...attributes },
});

const state = JSON.stringify({
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "a",
  outputs: {},
  resources: [
    {
      mode: "managed",
      type: "aws_subnet",
      name: "a",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        instance(
          {
            id: "subnet-1",
            vpc_id: "vpc-1",
            cidr_block: "10.0.0.0/20",
            availability_zone: "eu-west-1a",
            map_public_ip_on_launch: false,
            enable_dns64: false,
            ipv6_native: false,
            assign_ipv6_address_on_creation: false,
            enable_resource_name_dns_a_record_on_launch: false,
            enable_resource_name_dns_aaaa_record_on_launch: false,
          },
          1,
        ),
      ],
    },
    {
      mode: "managed",
      type: "aws_s3_object",
      name: "bundle",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        instance(
          {
            id: "bundle.json",
            bucket: "shop",
            key: "bundle.json",
            content: "one",
            force_destroy: false,
            version_id: "v1",
            etag: "e",
          },
          0,
        ),
      ],
    },
  ],
});

describe.skipIf(whyNoRealProvider !== undefined)("the real provider", () => {
  let real: RunningProvider;
  beforeAll(async () => {
    real = await startRealProvider();
  });
  afterAll(async () => {
    await real.close();
  });

  it("validates beyond the schema", async () => {
    await real.validate(configuration("10.0.0.0/20", "one"));
    await expect(real.validate(configuration("10.0.0.0", "one"))).rejects.toThrow("is not a valid CIDR block");
  });

  it("plans creations where nothing exists", async () => {
    const { actions, changes } = await real.plan(configuration("10.0.0.0/20", "one"));
    expect(actions).toEqual([
      ["aws_s3_object.bundle", "create"],
      ["aws_subnet.a", "create"],
    ]);
    expect(changes[1]?.after).toMatchObject({ tags_all: { System: "shop" } });
  });

  it("plans a change against a prior state, and says what replaces", async () => {
    expect((await real.plan(configuration("10.0.0.0/20", "one"), state)).changes).toEqual([]);
    const { changes } = await real.plan(configuration("10.0.16.0/20", "two"), state);
    expect(changes.map(({ address, actions, replacePaths }) => [address, actions, replacePaths])).toEqual([
      ["aws_s3_object.bundle", ["update"], []],
      ["aws_subnet.a", ["delete", "create"], ["cidr_block"]],
    ]);
    expect(changes[0]?.afterUnknown).toMatchObject({ version_id: true });
  });
});
