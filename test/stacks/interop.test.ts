import {
  Aspects,
  LocalBackend,
  S3Backend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { App, aws, Cluster, external, Fleet, Gateway, Service } from "lightfleet";
import { AwsProvider } from "../../providers/aws/provider.js";
import { addressesOf, readDocument, resourceAt, resourcesOf, textAt } from "../program/document.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { small } from "../program/small.js";
import { errorOf, readCluster, synthesize, withOutput } from "../program/synthesize.js";

/** A resource of cdktf's own, as generated bindings are. */
class Raw extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly own: Record<string, unknown> = {},
  ) {
    super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: "aws" } });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.own;
  }
}

describe("raw resources beside ours", () => {
  test("refer to what constructs offer, before and after it is declared", () => {
    const { document } = synthesize((app) => {
      const { cluster, fleet } = small(app, { gateway: false });
      const names = {
        group: fleet.securityGroupId,
        role: fleet.roleName,
        vms: fleet.autoscalingGroupName,
        vpc: cluster.vpcId,
        bucket: cluster.bucketName,
        control: cluster.control.securityGroupId,
      };
      new Raw(cluster, "db", "aws_db_instance", { ...names, url: `postgres://${fleet.securityGroupId}/x` });
      const gateway = new Gateway(cluster, "public", {
        routes: { "/": new Service(cluster, "api", { on: fleet, image: "a:1", port: 1 }) },
      });
      new Raw(cluster, "record", "aws_route53_record", {
        records: [gateway.dnsName],
        arn: gateway.arn,
        group: gateway.securityGroupId,
      });
    });
    expect(document["//"]).toMatchObject({ own: ["aws_db_instance.db", "aws_route53_record.record"] });
    expect(resourceAt(document, "aws_db_instance.db")).toEqual({
      group: "${aws_security_group.core.id}",
      role: "${aws_iam_role.core.name}",
      vms: "${aws_autoscaling_group.core.name}",
      vpc: "${aws_vpc.cluster.id}",
      bucket: "${aws_s3_bucket.cluster.bucket}",
      control: "${aws_security_group.control.id}",
      url: "postgres://${aws_security_group.core.id}/x",
    });
    expect(resourceAt(document, "aws_route53_record.record")).toEqual({
      records: ["${aws_lb.public.dns_name}"],
      arn: "${aws_lb.public.arn}",
      group: "${aws_security_group.public.id}",
    });
  });

  test("every reference leads to a resource that is there", () => {
    const { document, files } = synthesize((app) => {
      small(app, { platform: { nat: "per-zone" }, gateway: { hosts: ["a.example.com"] }, fleet: { spot: 0.5 } });
    });
    const addresses = addressesOf(document);
    const referred = [...files.document.matchAll(/\$\{(aws_[a-z0-9_]+\.[a-z0-9_-]+)\./g)].map(([, address]) => address);
    expect(referred.length).toBeGreaterThan(50);
    expect(new Set(referred.filter((address) => !addresses.includes(address!)))).toEqual(new Set());
  });

  test("are referred to by services, in the model as templates", () => {
    const { model } = synthesize((app) => {
      const { cluster, fleet } = small(app, { gateway: false });
      const db = new Raw(cluster, "db", "aws_db_instance");
      const address = db.getStringAttribute("address");
      new Service(cluster, "api", {
        on: fleet,
        image: `api:${address}`,
        args: ["plain ${x}", `--db=${address}`],
        env: { DB: address, BOTH: `\${x}$${address}%{y}` },
      }).uses(external(address, 5432), { as: "DB_ADDR" });
    });
    expect(model.services.find(({ id }) => id === "api")).toMatchObject({
      image: { terraform: "api:${aws_db_instance.db.address}" },
      args: ["plain ${x}", { terraform: "--db=${aws_db_instance.db.address}" }],
      env: {
        DB: { terraform: "${aws_db_instance.db.address}" },
        BOTH: { terraform: '$${x}${"$"}${aws_db_instance.db.address}%%{y}' },
      },
      uses: [{ as: "DB_ADDR", to: { host: { terraform: "${aws_db_instance.db.address}" } }, port: 5432 }],
    });
  });

  test("at an address of ours are refused as LF042", () => {
    const error = errorOf(() =>
      synthesize((app) => {
        new Raw(small(app).cluster, "mine", "aws_security_group").overrideLogicalId("core");
      }),
    );
    expect(error).toMatchObject({
      code: "LF042",
      kind: "config",
      message: expect.stringContaining("aws_security_group.core"),
    });
  });

  test("an output with a name of ours is refused as LF042", () => {
    const declare = (app: App): void => {
      new TerraformOutput(small(app).cluster, "bucket", { value: "mine" });
    };
    expect(errorOf(() => synthesize(declare))).toMatchObject({
      code: "LF042",
      message: expect.stringContaining("output.bucket"),
    });
  });

  test("of another copy of cdktf are refused as LF041", () => {
    /** What marks an element for cdktf, of whichever copy. */
    const mark = Object.getOwnPropertySymbols(
      new Raw(new TerraformStack(new Construct(undefined!, ""), "x"), "y", "z"),
    ).find((symbol) => symbol.description === "cdktf/TerraformElement")!;
    class Foreign extends Construct {
      readonly fqn = "aws_x.y";
      toTerraform(): object {
        return {};
      }
      toMetadata(): object {
        return {};
      }
    }
    const error = errorOf(() =>
      synthesize((app) => {
        const foreign = new Foreign(small(app).cluster, "foreign");
        Object.defineProperty(foreign, mark, { value: true });
        expect(TerraformElement.isTerraformElement(foreign)).toBe(true);
      }),
    );
    expect(error).toMatchObject({ code: "LF041", kind: "config", message: expect.stringContaining("shop/foreign") });
  });
});

describe("what cdktf offers", () => {
  test("overrides on the stack reach the document", () => {
    const { document } = synthesize((app) => {
      const { cluster } = small(app);
      cluster.addOverride("terraform.required_version", ">= 1.6");
      cluster.addOverride("resource.aws_vpc.cluster.tags.Team", "shop");
      cluster.addOverride("output.bucket", undefined);
    });
    expect(document.terraform).toMatchObject({ required_version: ">= 1.6" });
    expect(resourceAt(document, "aws_vpc.cluster")["tags"]).toEqual({ Name: "shop", Team: "shop" });
    expect(document.output).not.toHaveProperty("bucket");
  });

  test("a resource that an override adds is the program's own, and one that it changes is not", () => {
    const { files } = synthesize((app) => {
      const { cluster } = small(app);
      cluster.addOverride("resource.aws_vpc.cluster.tags.Team", "shop");
      cluster.addOverride("resource.aws_sqs_queue.jobs.name", "jobs");
    });
    expect(JSON.parse(files.document)["//"]).toMatchObject({ own: ["aws_sqs_queue.jobs"] });
  });

  test("aspects reach our resources, and their overrides the document", () => {
    const { document } = synthesize((app) => {
      Aspects.of(small(app).cluster).add({
        visit: (node) => {
          if (node instanceof TerraformResource && node.terraformResourceType === "aws_s3_bucket")
            node.addOverride("force_destroy", true);
          if (node instanceof TerraformResource && node.terraformResourceType === "aws_nat_gateway")
            node.lifecycle = { preventDestroy: true };
        },
      });
    });
    expect(resourceAt(document, "aws_s3_bucket.cluster")["force_destroy"]).toBe(true);
    expect(resourceAt(document, "aws_nat_gateway.a")["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("a backend of the program's takes the place of the local one", () => {
    const { document, files } = synthesize((app) => {
      new S3Backend(small(app).cluster, { bucket: "states", key: "shop", region: "eu-west-1" });
    });
    expect(document.terraform?.["backend"]).toEqual({ s3: { bucket: "states", key: "shop", region: "eu-west-1" } });
    expect(JSON.parse(files.document)).toMatchObject({ "//": { metadata: { backend: "s3" } } });
  });

  test("without one, the state lies at the project's top, by a path that no machine is part of", () => {
    const { document } = synthesize((app) => {
      small(app);
    });
    expect(document.terraform?.["backend"]).toEqual({ local: { path: "../../../terraform.shop.tfstate" } });
  });

  test("another provider configuration stands beside ours", () => {
    const { document } = synthesize((app) => {
      new AwsProvider(small(app).cluster, "us", { region: "us-east-1", alias: "us" });
    });
    expect(document.provider?.["aws"]).toMatchObject([{ region: "us-east-1", alias: "us" }, { region: "eu-west-1" }]);
  });

  test("a program can be synthesized twice, to the same bytes", () => {
    withOutput((outdir) => {
      const app = new App({ outdir });
      small(app);
      app.synth();
      const first = readCluster(outdir, "shop").files;
      app.synth();
      expect(readCluster(outdir, "shop").files).toEqual(first);
    });
  });
});

describe("constructs of the user's own", () => {
  test("hold elements, whose names tell where they stand", () => {
    const { model, document } = synthesize((app) => {
      const { cluster } = small(app, { gateway: false });
      const team = new Construct(cluster, "team");
      const fleet = new Fleet(team, "core", { machine: "t4g.small", size: 1 });
      new Service(new Construct(team, "inner"), "api", { on: fleet, image: "api:1" });
    });
    expect(model.fleets.map(({ id }) => id)).toEqual(["control", "core", "team-core"]);
    expect(model.services.find(({ id }) => id === "team-inner-api")?.on).toEqual(["team-core"]);
    expect(resourcesOf(document, "aws_launch_template")).toHaveProperty("team-core");
  });

  test("hold clusters, which stay apart", () => {
    const twins = (app: App): void => {
      for (const id of ["blue", "green"]) {
        const cluster = new Cluster(new Construct(app, `of-${id}`), id, { platform: aws({ region: "eu-west-1" }) });
        const fleet = new Fleet(cluster, "core", { machine: "t4g.small", size: 1 });
        new Service(cluster, "api", { on: fleet, image: `api:${id}` });
      }
    };
    for (const id of ["blue", "green"])
      expect(synthesize(twins, id).model).toMatchObject({ cluster: id, services: [{ image: `api:${id}` }] });
  });
});

describe("two clusters", () => {
  test("refer to each other through Terraform's remote state", () => {
    withOutput((outdir) => {
      const app = new App({ outdir });
      const { cluster } = small(app);
      const other = new Cluster(app, "tools", { platform: aws({ region: "eu-west-1" }) });
      const fleet = new Fleet(other, "core", { machine: "t4g.small", size: 1 });
      new Raw(other, "peering", "aws_vpc_peering_connection", { peer_vpc_id: cluster.vpcId });
      new Service(other, "probe", { on: fleet, image: "probe:1", env: { BUCKET: cluster.bucketName } });
      app.synth();
      const tools = readCluster(outdir, "tools");
      const state = tools.document.data["terraform_remote_state"]!;
      const [remote] = Object.keys(state);
      expect(state[remote!]).toMatchObject({ backend: "local", config: { path: "../../../terraform.shop.tfstate" } });
      const reference = textAt(resourceAt(tools.document, "aws_vpc_peering_connection.peering"), "peer_vpc_id");
      const [, output] = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)\}$/.exec(reference) ?? [];
      const shop = readCluster(outdir, "shop").document;
      expect(shop.output[output!]).toMatchObject({ value: "${aws_vpc.cluster.id}" });
      expect(tools.model.services[0]?.env["BUCKET"]).toMatchObject({
        terraform: expect.stringContaining("terraform_remote_state"),
      });
    });
  });

  test("stand beside stacks of cdktf's own", () => {
    withOutput((outdir) => {
      const app = new App({ outdir });
      small(app);
      const stack = new TerraformStack(app, "plain");
      new LocalBackend(stack, { path: "x" });
      new AwsProvider(stack, "aws", {});
      new Raw(stack, "queue", "aws_sqs_queue");
      app.synth();
      const document = readDocument(readFileSync(join(outdir, "stacks/plain/cdk.tf.json"), "utf8"));
      expect(resourcesOf(document, "aws_sqs_queue")).toHaveProperty("queue");
    });
  });
});
