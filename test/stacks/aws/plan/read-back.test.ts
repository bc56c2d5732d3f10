import fc from "fast-check";
import { TerraformResource } from "cdktf";
import { expect, test } from "vitest";
import { Service } from "lightfleet";
import { readRelease } from "../../../../stacks/aws/plan/read-back.js";
import { small } from "../../../program/small.js";
import { synthesize } from "../../../program/synthesize.js";
import { anyTemplateText } from "../../../program/texts.js";

/** The variables of a service in the release, as it is read back out of the Terraform JSON. */
function readBack(env: Readonly<Record<string, string>>, unknown = false): unknown {
  const { files } = synthesize((app) => {
    const { cluster, fleet } = small(app, { gateway: false });
    const raw = new TerraformResource(cluster, "secret", { terraformResourceType: "terraform_data" });
    const more = unknown ? { UNKNOWN: raw.getStringAttribute("output") } : {};
    new Service(cluster, "api", { on: fleet, image: "api:1", env: { ...env, ...more } });
  });
  const release = readRelease(JSON.parse(files.document), () => "(unknown)");
  return (release as { stack: { services: { api: { environment: unknown } } } }).stack.services.api.environment;
}

/** As Compose and Swarm are to read it: dollars doubled, two braces as a template of themselves. */
const escaped = (text: string): string => text.replaceAll("$", "$$$$").replaceAll("{{", '{{"{{"}}');

test.each([
  "${HOME}",
  "$${HOME}",
  "%{if}",
  "%%{if}",
  "${jsonencode(1)}",
  'a${"x"}b',
  '${"$$"}{x',
  "100%",
  "$%%{",
  "$$$$",
])("a release with %j is read back as it was declared, with what Compose and Swarm would read escaped", (text) => {
  expect(readBack({ X: text })).toEqual({ X: escaped(text) });
  expect(readBack({ X: text }, true)).toEqual({ X: escaped(text), UNKNOWN: "(unknown)" });
});

test("so is one with any text", () => {
  const texts = fc.sample(anyTemplateText, 300);
  const env = Object.fromEntries(texts.map((text, i) => [`X${i}`, text]));
  expect(readBack(env)).toEqual(Object.fromEntries(texts.map((text, i) => [`X${i}`, escaped(text)])));
});
