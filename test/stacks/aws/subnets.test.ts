import fc from "fast-check";
import { expect, test } from "vitest";
import { tryParseCidr, type Network } from "../../../model/units.js";
import { placeOf, VPC_PREFIX, zoneNetworks } from "../../../stacks/aws/subnets.js";

const vpc = fc
  .record({ prefix: fc.integer(VPC_PREFIX), block: fc.nat() })
  .map(({ prefix, block }): Network => ({ prefix, base: (block % 2 ** prefix) * 2 ** (32 - prefix) }));
const zones = Array.from("abcdef", (letter) => `eu-west-1${letter}`);

/** First and last address. */
function range(cidr: string): [number, number] {
  const { base, prefix } = tryParseCidr(cidr)!;
  return [base, base + 2 ** (32 - prefix) - 1];
}

test("subnets lie within the VPC and apart from each other, with 16 addresses or more each", () => {
  fc.assert(
    fc.property(vpc, (network) => {
      const parts = zones.map((zone) => zoneNetworks(network, zone));
      const ranges = parts.flatMap((part) => [part.private, part.public]).map(range);
      const end = network.base + 2 ** (32 - network.prefix) - 1;
      ranges.sort(([a], [b]) => a - b);
      for (const [index, [first, last]] of ranges.entries()) {
        expect(last - first + 1).toBeGreaterThanOrEqual(16);
        expect(first).toBeGreaterThan(ranges[index - 1]?.[1] ?? network.base - 1);
        expect(last).toBeLessThanOrEqual(end);
      }
    }),
  );
});

test("a zone's subnets depend on its letter alone", () => {
  fc.assert(
    fc.property(vpc, fc.constantFrom(..."abcdef"), (network, letter) => {
      expect(zoneNetworks(network, `us-east-2${letter}`)).toEqual(zoneNetworks(network, `eu-west-1${letter}`));
    }),
  );
});

test("a zone beyond the sixth has no place", () => {
  expect(placeOf("us-east-1f")).toBe(5);
  expect(placeOf("us-east-1g")).toBeUndefined();
  expect(placeOf("us-east-1")).toBeUndefined();
  expect(() => zoneNetworks({ base: 0, prefix: 16 }, "us-east-1g")).toThrow(RangeError);
});
