import { expect, test } from "vitest";
import { takeDraft } from "../../../operations/program/synthesis-draft.js";
import { fleetModel, modelOf } from "../../program/random-model.js";
import { errorOf } from "../../program/synthesize.js";

const { numbers, ...rest } = modelOf([fleetModel("core")], [], []);
const draft = (model: object): object => ({ rules: [], clusters: [{ model, locate: () => ({ path: "shop" }) }] });

test("what an older library describes is taken in today's shape, so that its checks run", () => {
  expect(takeDraft(draft({ ...rest, version: 1 }))?.clusters[0]?.model).toEqual({ ...rest, numbers });
});

test("what a newer library describes is refused, and not left unchecked", () => {
  expect(errorOf(() => takeDraft(draft({ ...rest, version: 99 })))).toMatchObject({ code: "LF034" });
});

test("what is no draft is none", () => {
  expect(takeDraft({ clusters: [] })).toBeUndefined();
  expect(takeDraft(draft({}))).toBeUndefined();
});
