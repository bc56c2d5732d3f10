import { TerraformResource } from "cdktf";
import { Fleet, Gateway, Service, type App } from "lightfleet";
import { describe, expect, test } from "vitest";
import { readDeclared } from "../../../stacks/aws/plan/declared.js";
import { tellApart, type Difference } from "../../../operations/status/differences.js";
import { parseState } from "../../../stacks/aws/plan/deployed.js";
import { readRelease } from "../../../stacks/aws/plan/read-back.js";
import { small, type SmallOptions } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

interface Block {
  readonly [name: string]: unknown;
}
interface Root {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

/** The state that a deploy of a program leaves, as far as a status reads it; `more` goes into the attributes of all. */
function stateOf(document: string, more: Block = {}): string {
  const root = JSON.parse(document) as Root;
  const content = JSON.stringify(readRelease(root, () => "made by Terraform"));
  const types = ["aws_autoscaling_group", "aws_launch_template", "aws_lb", "aws_s3_object"];
  const resources = types.flatMap((type) =>
    Object.entries(root.resource[type] ?? {}).map(([name, block]) => {
      const attributes = { ...block, ...(name === "release" && { content }), ...more };
      return { mode: "managed", type, name, instances: [{ attributes }] };
    }),
  );
  return JSON.stringify({ version: 4, resources });
}

type Declare = (app: App) => void;
const shop =
  (options: SmallOptions = {}, more: (parts: ReturnType<typeof small>) => void = () => undefined): Declare =>
  (app) =>
    more(small(app, options));

/** What is to be deployed still where one program was deployed, and another is declared. */
function changes(before: Declare, after: Declare): readonly Difference[] {
  const { files, model } = synthesize(after);
  const state = parseState(stateOf(synthesize(before).files.document));
  const there = { fleets: [], gateways: [] };
  return tellApart(model, there, state, readDeclared(JSON.parse(files.document))).change;
}

const api = ({ cluster, fleet }: ReturnType<typeof small>): void => {
  new Service(cluster, "api", { on: fleet, image: "api:1" });
};
const service = (props: SmallOptions["service"]): Declare => shop({ service: { ...props } });

describe("what is declared, and not deployed yet", () => {
  test("is nothing where the same program was deployed, also with what only Terraform knows", () => {
    const withOutput = shop({}, ({ cluster, fleet }) => {
      const raw = new TerraformResource(cluster, "secret", { terraformResourceType: "terraform_data" });
      const env = { KEY: raw.getStringAttribute("output"), PRICE: "${5}" };
      new Service(cluster, "api", { on: fleet, image: "api:1", env, files: { "/etc/api.conf": "a" } });
    });
    expect(changes(withOutput, withOutput)).toEqual([]);
  });

  test("is a service that is new, and one that is gone and still runs", () => {
    expect(changes(shop(), shop({}, api))).toEqual([{ on: "api", what: "service", from: "(none)", to: "declared" }]);
    expect(changes(shop({}, api), shop())).toEqual([{ on: "api", what: "service", from: "deployed", to: "(none)" }]);
  });

  test("is an image, a number of replicas, and settings by their names", () => {
    expect(changes(service({ replicas: 2 }), service({ replicas: 6, image: "nginx:1.30" }))).toEqual([
      { on: "web", what: "image", from: "nginx:1.29", to: "nginx:1.30" },
      { on: "web", what: "replicas", from: "2", to: "6" },
    ]);
    expect(changes(service({ env: { A: "1" } }), service({ env: { A: "2" }, labels: { tier: "front" } }))).toEqual([
      { on: "web", what: "settings", from: "as deployed", to: "other environment, labels" },
    ]);
    const file = (text: string): Declare => service({ files: { "/etc/nginx.conf": text } });
    expect(changes(file("a"), file("b"))).toEqual([
      { on: "web", what: "settings", from: "as deployed", to: "other files" },
    ]);
  });

  test("is a gateway that is new, and one that is gone; a load balancer of the program's own is neither", () => {
    const own = (parts: ReturnType<typeof small>): void => {
      for (const terraformResourceType of ["aws_lb", "aws_autoscaling_group"])
        new TerraformResource(parts.cluster, terraformResourceType, { terraformResourceType });
    };
    const both = shop({}, (parts) => {
      new Gateway(parts.cluster, "ops", { routes: { "/": parts.service } });
      own(parts);
    });
    const [added, gone] = [changes(shop({}, own), both), changes(both, shop({}, own))];
    expect(added).toContainEqual({ on: "ops", what: "gateway", from: "(none)", to: "declared" });
    expect(gone).toContainEqual({ on: "ops", what: "gateway", from: "deployed", to: "(none)" });
    expect([...added, ...gone].filter(({ what }) => what === "gateway" || what === "fleet")).toHaveLength(2);
  });

  test("is a fleet that is new, and one that is gone", () => {
    const batch = shop({}, ({ cluster }) => void new Fleet(cluster, "batch", { machine: "t4g.small", size: 1 }));
    expect(changes(shop(), batch)).toEqual([{ on: "batch", what: "fleet", from: "(none)", to: "t4g.small" }]);
    expect(changes(batch, shop())).toEqual([{ on: "batch", what: "fleet", from: "deployed", to: "(none)" }]);
  });

  test("is the image that the lock file pins, as the launch template names it", () => {
    const { files, model } = synthesize(shop());
    const root = JSON.parse(files.document) as Root;
    const pinned = { ...root.resource["aws_launch_template"]?.["core"], image_id: "ami-2" };
    const declared = readDeclared({ resource: { ...root.resource, aws_launch_template: { core: pinned } } });
    const from = (image_id: string): readonly Difference[] =>
      tellApart(model, { fleets: [], gateways: [] }, parseState(stateOf(files.document, { image_id })), declared)
        .change;
    expect(from("ami-2")).toEqual([]);
    expect(from("ami-1")).toEqual([{ on: "core", what: "image", from: "ami-1", to: "ami-2" }]);
    const looked = "resolve:ssm:/lightfleet/images/photon-5.0-arm64";
    expect(from(looked)).toEqual([{ on: "core", what: "image", from: looked, to: "ami-2" }]);
  });

  test("is not guessed at where the release is of another format", () => {
    const { files, model } = synthesize(shop());
    const state = stateOf(files.document).replaceAll('\\"version\\":1', '\\"version\\":9');
    const declared = readDeclared(JSON.parse(files.document));
    expect(tellApart(model, { fleets: [], gateways: [] }, parseState(state), declared).change).toEqual([]);
  });
});
