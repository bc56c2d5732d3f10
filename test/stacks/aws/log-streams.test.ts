import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logStreamPrefixes } from "../../../stacks/aws/log-streams.js";
import { fleetPolicies } from "../../../stacks/aws/policies.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

const [core, load] = [fleetModel("core"), fleetModel("load")];
const stream = (service: string): string => `shop_${service}.1.9k2`;

describe("log streams that the VMs of a fleet may write to", () => {
  const model = modelOf(
    [core, load],
    [serviceModel("cart", ["core"]), serviceModel("cart-api", ["load"]), serviceModel("web", ["core", "load"])],
    [],
  );

  test("are those of its services, and of no other that is called alike", () => {
    expect(logStreamPrefixes(model, core)).toEqual(["shop_cart.", "shop_w"]);
    expect(logStreamPrefixes(model, load)).toEqual(["shop_cart-", "shop_w"]);
    const control = model.fleets.find(({ role }) => role === "control")!;
    expect(logStreamPrefixes(model, control)).toEqual([]);
  });

  test("stand in the policy of its role", () => {
    const { inline } = fleetPolicies(model, core, { bucketArn: "${aws_s3_bucket.b.arn}", releaseKey: "r" });
    const { Statement } = JSON.parse(inline) as { Statement: object[] };
    expect(Statement).toContainEqual({
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:PutLogEvents"],
      Resource: ["cart.", "w"].map(
        (name) => `arn:aws:logs:eu-west-1:*:log-group:/lightfleet/shop:log-stream:shop_${name}*`,
      ),
    });
  });

  test("are all of its services and none else, whatever they are called", () => {
    const name = fc.stringMatching(/^[a-c][a-c-]{0,5}$/);
    const services = fc.uniqueArray(fc.tuple(name, fc.subarray(["core", "load"], { minLength: 1 })), {
      selector: ([id]) => id,
      minLength: 1,
    });
    fc.assert(
      fc.property(services, (all) => {
        const found = logStreamPrefixes(
          { cluster: "shop", services: all.map(([id, on]) => serviceModel(id, on)) },
          core,
        );
        for (const [id, on] of all)
          expect(
            found.some((prefix) => stream(id).startsWith(prefix)),
            id,
          ).toBe(on.includes("core"));
      }),
    );
  });

  test("of a thousand services are few where their names tell the fleets apart", () => {
    const services = Array.from({ length: 500 }, (_, place) => [
      serviceModel(`a${place}`, ["core"]),
      serviceModel(`b${place}`, ["load"]),
    ]).flat();
    expect(logStreamPrefixes({ cluster: "shop", services }, core)).toEqual(["shop_a"]);
  });
});
