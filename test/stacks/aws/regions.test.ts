import { describe, expect, test } from "vitest";
import { nearestRegions, regionNames, zonesOf } from "../../../stacks/aws/regions.js";

describe("zones of a region", () => {
  test.each([
    ["eu-west-1", ["eu-west-1a", "eu-west-1b", "eu-west-1c"]],
    ["ap-northeast-1", ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]],
    ["ca-central-1", ["ca-central-1a", "ca-central-1b", "ca-central-1d"]],
    ["us-west-1", ["us-west-1a", "us-west-1b"]],
  ])("%s", (region, zones) => {
    expect(zonesOf(region)).toEqual(zones);
  });

  test("us-east-1 has six", () => {
    expect(zonesOf("us-east-1")).toHaveLength(6);
  });

  test("an answer may be changed by who asked", () => {
    zonesOf("eu-west-1")?.pop();
    expect(zonesOf("eu-west-1")).toHaveLength(3);
  });

  test.each(["", "eu-west-9", "toString", "EU-WEST-1"])("does not know '%s'", (region) => {
    expect(zonesOf(region)).toBeUndefined();
  });

  test("every region has two zones or more, and the list is sorted", () => {
    expect(regionNames().filter((region) => (zonesOf(region) ?? []).length < 2)).toEqual([]);
    expect(regionNames()).toEqual([...regionNames()].sort());
  });
});

describe("near names", () => {
  test.each([
    ["eu-west1", "eu-west-1"],
    ["eu_west_1", "eu-west-1"],
    ["us-est-1", "us-east-1"],
    ["US-EAST-2", "us-east-2"],
    ["eu-centrall-1", "eu-central-1"],
  ])("'%s' may have meant '%s'", (wrong, right) => {
    expect(nearestRegions(wrong, 3)).toContain(right);
    expect(nearestRegions(wrong, 3).length).toBeLessThanOrEqual(3);
  });

  test("has none for a name that is like no other", () => {
    expect(nearestRegions("frankfurt", 3)).toEqual([]);
  });
});
