import { Fn, TerraformLocal, TerraformResource } from "cdktf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { external, Service, type ServiceProps } from "lightfleet";
import { resourceAt, textAt, type Document } from "../../program/document.js";
import { small } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";
import { applied, terraformIsThere } from "../../program/terraform.js";
import { anyTemplateText } from "../../program/texts.js";

const SECRET = 'pa$$"w${0}rd%{x}{{.Node.ID}}\n';

/** A program whose service "api" has what only Terraform knows: the output of a raw resource. */
function program(props: (secret: string) => Partial<ServiceProps> & { readonly host?: string }): Document {
  return synthesize((app) => {
    const { cluster, fleet } = small(app, { gateway: false });
    const raw = new TerraformResource(cluster, "secret", { terraformResourceType: "terraform_data" });
    raw.addOverride("input", "${var.secret}");
    const { host, ...others } = props(raw.getStringAttribute("output"));
    const api = new Service(cluster, "api", { on: fleet, image: "api:1", ...others });
    if (host !== undefined) api.uses(external(host, 5432), { as: "DB" });
  }).document;
}

const serviceShape = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
});
const bundleShape = z.looseObject({ stack: z.looseObject({ services: z.record(z.string(), serviceShape) }) });

/** The bundle that Terraform makes of a document, with the raw resource applied. */
function bundleOf(document: Document, service = "api"): z.infer<typeof serviceShape> {
  const content = textAt(resourceAt(document, "aws_s3_object.release"), "content");
  const { terraform_data } = document.resource;
  const { bundle } = applied({
    variable: { secret: { default: SECRET } },
    locals: document.locals,
    ...(terraform_data && { resource: { terraform_data } }),
    output: { bundle: { value: content } },
  });
  return bundleShape.parse(JSON.parse(z.string().parse(bundle))).stack.services[service]!;
}

/** What Compose reads as the text itself. */
const composed = (text: string): string => text.replaceAll("$", () => "$$");
/** What Compose and then Swarm's templates read as the text itself. */
const variable = (text: string): string => composed(text).replaceAll("{{", '{{"{{"}}');

describe.skipIf(!terraformIsThere())("the release bundle, as Terraform writes it", () => {
  test("holds values of raw resources in env, args, image and hosts outside, whatever signs they have", () => {
    const document = program((secret) => ({
      image: `registry/${secret}:1`,
      args: ["--password", secret, "--plain=${HOME}"],
      env: { WHOLE: secret, PLAIN: '${HOME} %{x} $5 "\n', JOINED: Fn.join("-", ["a", secret]) },
      host: secret,
    }));
    const api = bundleOf(document);
    expect(api).toMatchObject({
      image: composed(`registry/${SECRET}:1`),
      command: ["--password", composed(SECRET), composed("--plain=${HOME}")],
      environment: {
        WHOLE: variable(SECRET),
        PLAIN: variable('${HOME} %{x} $5 "\n'),
        JOINED: variable(`a-${SECRET}`),
        DB: variable(`${SECRET}:5432`),
      },
    });
  });

  test("holds any text around such a value as it was written", () => {
    const texts = fc.sample(fc.tuple(anyTemplateText, anyTemplateText), 120);
    const document = program((secret) => ({
      env: Object.fromEntries(
        texts.flatMap(([before, after], index) => [
          [`AROUND_${index}`, before + secret + after],
          [`TWICE_${index}`, secret + before + secret],
          [`ALONE_${index}`, before],
        ]),
      ),
    }));
    const { environment } = bundleOf(document);
    for (const [index, [before, after]] of texts.entries())
      expect([
        environment?.[`AROUND_${index}`],
        environment?.[`TWICE_${index}`],
        environment?.[`ALONE_${index}`],
      ]).toEqual([before + SECRET + after, SECRET + before + SECRET, before].map(variable));
  });

  test("holds numbers as text, since that is what an environment has", () => {
    const document = synthesize((app) => {
      const { cluster, fleet } = small(app, { gateway: false });
      const port = new TerraformLocal(cluster, "db-port", 5432);
      new Service(cluster, "api", { on: fleet, image: "api:1", env: { PORT: port.asString } });
    }).document;
    expect(bundleOf(document).environment).toEqual({ PORT: "5432" });
  });
});

test("the bundle of a program without such values is plain JSON", () => {
  const { document } = synthesize((app) => {
    small(app);
  });
  expect(Object.keys(document.locals)).toEqual(["release"]);
  const content: unknown = JSON.parse(z.string().parse(document.locals["release"]));
  expect(bundleShape.parse(content).stack.services["web"]).toMatchObject({ image: "nginx:1.29" });
});
