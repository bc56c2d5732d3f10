import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readInventory } from "../../../sandbox/aws/inventory.js";
import { openInventory } from "../inventory.js";
import { id, Local, network, services } from "../local.js";

test("a cluster's load balancers, objects and counts are told as plain data", () => {
  const cloud = new Local();
  const { subnets } = network(cloud);
  const balancer = cloud.apply("aws_lb", { name: "public", subnets: subnets.map(id) });
  const action = [{ type: "fixed-response", fixed_response: [{ content_type: "text/plain" }] }];
  for (const port of [8080, 80])
    cloud.apply("aws_lb_listener", { load_balancer_arn: id(balancer), port, protocol: "HTTP", default_action: action });
  cloud.apply("aws_s3_bucket", { bucket: "shop-releases" });
  cloud.apply("aws_s3_object", { bucket: "shop-releases", key: "release.json", content: "{}" });
  const told = openInventory(cloud);
  expect(told.loadBalancers).toMatchObject([
    {
      name: "public",
      region: "eu-west-1",
      internal: false,
      dnsName: balancer["dns_name"],
      listeners: [{ port: 80 }, { port: 8080 }],
    },
  ]);
  expect(told.bucketObjects).toEqual([
    {
      bucket: "shop-releases",
      key: "release.json",
      etag: "99914b932bd37a50b983c5e7c90ae93b",
      versionId: "",
      content: "{}",
    },
  ]);
  // What a network comes with is not counted.
  expect(told.counts).toEqual({
    aws_lb: 1,
    aws_lb_listener: 2,
    aws_s3_bucket: 1,
    aws_s3_object: 1,
    aws_subnet: 3,
    aws_vpc: 1,
  });
});

test("clusters share the account, and are told apart", () => {
  const shop = services("shop");
  const other = { ...shop, owner: "other" };
  network(new Local(shop));
  new Local(other).apply("aws_vpc", { cidr_block: "10.0.0.0/16" });
  expect(readInventory(shop.store, "shop").counts).toEqual({ aws_subnet: 3, aws_vpc: 1 });
  expect(readInventory(shop.store, "other").counts).toEqual({ aws_vpc: 1 });
});

test("a file that is no object any more is named", () => {
  const cloud = new Local();
  const { vpc } = network(cloud);
  const file = cloud.at.store.file({ account: "000000000000", region: "eu-west-1" }, "aws_vpc", id(vpc));
  for (const content of ["{", "[]", '{"type":"aws_vpc"}']) {
    writeFileSync(file, content);
    expect(() => openInventory(cloud)).toThrow(
      expect.objectContaining({ code: "LF082", message: expect.stringContaining(file) }),
    );
    expect(() => cloud.read("aws_vpc", vpc)).toThrow(file);
  }
  writeFileSync(file, JSON.stringify({ type: "aws_vpc", key: id(vpc), owner: "shop", attributes: { tags: "red" } }));
  expect(() => cloud.read("aws_vpc", vpc)).toThrow("tags: expected map");
});
