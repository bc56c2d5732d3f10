import { expect, test } from "vitest";
import { refuseOtherFormat } from "../../../operations/state/state-format.js";
import { errorOf } from "../../program/synthesize.js";
import { planSchema } from "../../../terraform/plan-schema.js";

const planOf = (content: unknown) =>
  planSchema.parse({
    format_version: "1.2",
    prior_state: {
      values: { root_module: { resources: [{ address: "aws_s3_object.release", values: { content } }] } },
    },
  });
const holding = (bundle: object) => planOf(JSON.stringify(bundle));

test("a state of this format, and one that has no release yet, are taken", () => {
  expect(() => refuseOtherFormat("shop", holding({ version: 1, cluster: "shop" }))).not.toThrow();
  expect(() => refuseOtherFormat("shop", planOf(null))).not.toThrow();
  for (const prior_state of [undefined, {}, { values: {} }])
    expect(() => refuseOtherFormat("shop", planSchema.parse({ format_version: "1.2", prior_state }))).not.toThrow();
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
  // There was never a format before the first.
  expect(errorOf(() => refuseOtherFormat("shop", holding({ version: 0, cluster: "shop" })))).toMatchObject({
    code: "LF617",
  });
  expect(errorOf(() => refuseOtherFormat("shop", holding({ hello: 1 })))).toMatchObject({ code: "LF617" });
  expect(errorOf(() => refuseOtherFormat("shop", planOf("x")))).toMatchObject({ code: "LF617" });
});
