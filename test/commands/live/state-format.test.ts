import { expect, test } from "vitest";
import { refuseOtherFormat } from "../../../commands/live/state-format.js";
import { errorOf } from "../../program/synthesize.js";
import { planSchema } from "../../../terraform/plan-schema.js";

const planOf = (before: object | null) =>
  planSchema.parse({
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_s3_object.release",
        type: "aws_s3_object",
        name: "release",
        change: { actions: ["no-op"], before },
      },
    ],
  });
const holding = (bundle: object) => planOf({ content: JSON.stringify(bundle) });

test("a state of this format, and one that has no release yet, are taken", () => {
  expect(() => refuseOtherFormat("shop", holding({ version: 1, cluster: "shop" }))).not.toThrow();
  expect(() => refuseOtherFormat("shop", planOf(null))).not.toThrow();
  expect(() => refuseOtherFormat("shop", planSchema.parse({ format_version: "1.2" }))).not.toThrow();
});

test("a newer Lightfleet's state is refused with what to do, whoever's it is", () => {
  const error = errorOf(() => refuseOtherFormat("shop", holding({ version: 2, cluster: "shop" })));
  expect(error).toMatchObject({ code: "LF618", hint: expect.stringContaining("update Lightfleet") });
});

test("another cluster's state, and what is no release, are refused", () => {
  expect(errorOf(() => refuseOtherFormat("shop", holding({ version: 1, cluster: "blog" })))).toMatchObject({
    code: "LF617",
    message: /'blog'/,
  });
  expect(errorOf(() => refuseOtherFormat("shop", holding({ hello: 1 })))).toMatchObject({ code: "LF617" });
  expect(errorOf(() => refuseOtherFormat("shop", planOf({ content: "x" })))).toMatchObject({ code: "LF617" });
});
