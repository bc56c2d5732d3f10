import { describe, expect, test } from "vitest";
import {
  type App,
  aws,
  Cluster,
  Fleet,
  Gateway,
  s3,
  Secret,
  secretsManager,
  Service,
  ssm,
  type Finding,
} from "lightfleet";
import { policySize, POLICY_SIZE } from "../../../providers/aws/limits/policies.js";
import { resourceAt, statementsOf, textAt } from "../../program/document.js";
import { small, type SmallOptions } from "../../program/small.js";
import { findingsOf, synthesize } from "../../program/synthesize.js";

const findings = (options: SmallOptions): readonly Finding[] =>
  findingsOf((app) => {
    small(app, options);
  });
const codes = (options: SmallOptions): string[] => findings(options).map(({ code }) => code);
const written = (options: SmallOptions) => synthesize((app) => void small(app, options));

describe("a route", () => {
  test.each([..."()=%,;!"])("with '%s' is refused at the gateway", (character) => {
    const [finding] = findingsOf((app) => {
      const { cluster, service } = small(app, { gateway: false });
      new Gateway(cluster, "odata", { routes: { [`/a${character}b`]: service } });
    });
    expect(finding).toMatchObject({
      code: "LF011",
      path: "shop/odata",
      source: { file: expect.stringContaining("limits.test") },
    });
  });

  test.each(["/a-b_c.d~e", "/a$b", "/a'b", "/@a:b+c&d"])("like %s is taken", (path) => {
    const { document } = synthesize((app) => {
      const { cluster, service } = small(app, { gateway: false });
      new Gateway(cluster, "odd", { routes: { [path]: service } });
    });
    expect(JSON.stringify(document)).toContain(`"${path}/*"`);
  });
});

describe("a host", () => {
  test.each(["intranet", "10.0.0.7", "shop.xn--p1ai", `${"a.".repeat(64)}com`])("%s is refused", (host) => {
    expect(codes({ gateway: { hosts: [host] } })).toEqual(["LF018"]);
  });

  test.each(["shop.example.com", "*.example.com", "example.io"])("%s is taken", (host) => {
    expect(() => written({ gateway: { hosts: [host] } })).not.toThrow();
  });
});

describe("a certificate", () => {
  const at = (region: string, partition = "aws"): string =>
    `arn:${partition}:acm:${region}:123456789012:certificate/8f2c1f52-0000-4000-8000-000000000000`;

  test("of another region, partition or account is refused", () => {
    expect(codes({ gateway: { certificate: at("us-east-1") } })).toEqual(["LF044"]);
    expect(codes({ gateway: { certificate: at("eu-west-1", "aws-cn") } })).toEqual(["LF044"]);
    expect(codes({ cluster: { account: "210987654321" }, gateway: { certificate: at("eu-west-1") } })).toEqual([
      "LF044",
    ]);
  });

  test("of the cluster's own is taken, and so is one of IAM, which has no region", () => {
    const cluster = { account: "123456789012" };
    expect(() => written({ cluster, gateway: { certificate: at("eu-west-1") } })).not.toThrow();
    const ofIam = "arn:aws:iam::123456789012:server-certificate/shop";
    expect(() => written({ cluster, gateway: { certificate: ofIam } })).not.toThrow();
  });
});

describe("an image in Amazon ECR", () => {
  const of = (host: string): SmallOptions => ({ service: { image: `${host}/web:1.2` } });

  test("of another partition is refused at its service: no VM gets a token there", () => {
    const [finding, ...others] = findings(of("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "LF412", source: { file: expect.stringContaining("small") } });
    expect(codes(of("123456789012.dkr.ecr.us-gov-west-1.amazonaws.com"))).toEqual(["LF412"]);
    expect(codes(of("123456789012.dkr-ecr-fips.us-gov-east-1.on.aws"))).toEqual(["LF412"]);
  });

  test.each(["123456789012.dkr.ecr.us-east-1.amazonaws.com", "123456789012.dkr.ecr.cn-north-1.amazonaws.com"])(
    "%s is none of another partition",
    (host) => {
      expect(() => written(of(host))).not.toThrow();
    },
  );
});

const tags = (count: number, prefix = "Tag"): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, "x"]));

describe("tags", () => {
  test("up to nine stand on the objects of the bucket too, where an object takes ten with Lightfleet's own", () => {
    const { document } = written({ cluster: { tags: tags(9) } });
    expect(resourceAt(document, "aws_s3_object.release")).not.toHaveProperty("override_provider");
  });

  test("of which there are more leave the objects out", () => {
    const { document } = written({ cluster: { tags: tags(10) } });
    for (const name of ["release", "programs"])
      expect(resourceAt(document, `aws_s3_object.${name}`)).toMatchObject({
        override_provider: { default_tags: { tags: {} } },
        tags: { "lightfleet:cluster": "shop" },
      });
  });

  test("of a VM are 50 at most, with Lightfleet's own three", () => {
    expect(() => written({ cluster: { tags: tags(47) } })).not.toThrow();
    expect(findings({ cluster: { tags: tags(48) } })).toMatchObject([{ code: "LF046", path: "shop" }]);
    expect(() => written({ cluster: { tags: tags(40) }, fleet: { tags: tags(7, "Own") } })).not.toThrow();
    expect(findings({ cluster: { tags: tags(40) }, fleet: { tags: tags(8, "Own") } })).toMatchObject([
      { code: "LF046", path: "shop/core" },
    ]);
  });

  test("that differ by case alone are one to IAM", () => {
    expect(codes({ cluster: { tags: { Team: "a", team: "b" } } })).toEqual(["LF046"]);
    expect(codes({ cluster: { tags: { name: "a" } } })).toEqual(["LF046"]);
    expect(findings({ cluster: { tags: { Team: "a" } }, fleet: { tags: { team: "b" } } })).toMatchObject([
      { code: "LF046", path: "shop/core" },
    ]);
  });
});

test("a disk has what a volume of EBS has at most", () => {
  expect(() => written({ fleet: { disk: "65536GiB" } })).not.toThrow();
  expect(codes({ fleet: { disk: "70000GiB" } })).toEqual(["LF004"]);
  expect(codes({ fleet: { dataDisk: "65537GiB" } })).toEqual(["LF004"]);
  expect(codes({ cluster: { control: { disk: "70000GiB" } } })).toEqual(["LF004"]);
});

describe("a range", () => {
  test.each(["224.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "0.0.0.0/16", "240.0.0.0/20"] as const)(
    "%s is for no network",
    (cidr) => {
      expect(codes({ platform: { cidr } })).toEqual(["LF048"]);
      expect(codes({ platform: { peers: [cidr] } })).toEqual(["LF048"]);
    },
  );

  test.each(["10.0.0.0/16", "172.31.0.0/20", "192.168.0.0/22", "100.64.0.0/16", "11.0.0.0/16"] as const)(
    "%s is taken",
    (cidr) => {
      expect(() => written({ platform: { cidr } })).not.toThrow();
    },
  );
});

describe("what managers may read", () => {
  /** Services with so many secrets in all, each of a name as long as people give them. */
  const withSecrets = (count: number, source = ssm) => {
    return (app: App): void => {
      const { cluster, fleet } = small(app);
      const names = Array.from({ length: count }, (_, index) => `key-${index}`);
      const secrets = names.map(
        (name) =>
          [name, new Secret(cluster, `s-${name}`, { source: source(`/shop/production/service/${name}`) })] as const,
      );
      new Service(cluster, "keeper", { on: fleet, image: "keeper:1", secrets: Object.fromEntries(secrets) });
    };
  };
  const policies = (document: ReturnType<typeof synthesize>["document"]): string[] =>
    Object.keys(document.resource["aws_iam_policy"] ?? {});

  test("stands in the one inline policy while it fits there", () => {
    const { document } = synthesize(withSecrets(60));
    expect(policies(document)).toEqual([]);
    expect(resourceAt(document, "aws_iam_role_policy.control")).not.toHaveProperty("depends_on");
  });

  test.each([ssm, secretsManager])("else in managed policies that each fit, secret by secret", (source) => {
    const { document } = synthesize(withSecrets(400, source));
    const names = policies(document);
    expect(names.length).toBeGreaterThan(1);
    expect(policySize(textAt(resourceAt(document, "aws_iam_role_policy.control"), "policy"))).toBeLessThan(
      POLICY_SIZE.inline,
    );
    const allowed = names.flatMap((name) => {
      const policy = resourceAt(document, `aws_iam_policy.${name}`);
      expect(policySize(textAt(policy, "policy"))).toBeLessThanOrEqual(POLICY_SIZE.managed);
      expect(resourceAt(document, `aws_iam_role_policy_attachment.${name}`)).toMatchObject({
        role: "${aws_iam_role.control.name}",
        policy_arn: `\${aws_iam_policy.${name}.arn}`,
      });
      return statementsOf(policy).flatMap(({ Resource }) => Resource);
    });
    expect(allowed).toHaveLength(400);
    expect(new Set(allowed).size).toBe(400);
    expect(allowed.join()).not.toContain("*/");
  });

  test("is refused where a role has no room for it", () => {
    expect(findingsOf(withSecrets(2_000))).toMatchObject([{ code: "LF084", path: "shop" }]);
  });
});

describe("two clusters of a program", () => {
  const pair =
    (options: { region?: string; accounts?: [string?, string?] } = {}) =>
    (app: App): void => {
      for (const [index, [name, fleet, way]] of (
        [
          ["shop", "eu-core", "eu-public"],
          ["shop-eu", "core", "public"],
        ] as const
      ).entries()) {
        const account = options.accounts?.[index];
        const cluster = new Cluster(app, name, {
          platform: aws({ region: index === 1 ? (options.region ?? "eu-west-1") : "eu-west-1" }),
          ...(account !== undefined && { account }),
        });
        const core = new Fleet(cluster, fleet, { machine: "t4g.small", size: 2 });
        const web = new Service(cluster, "web", { on: core, image: "nginx:1.29", port: 80 });
        new Gateway(cluster, way, { routes: { "/": web } });
      }
    };

  test("whose names come to the same are refused, each name where it is made the second time", () => {
    const found = findingsOf(pair());
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "LF045 shop-eu/core",
      "LF045 shop-eu/core",
      "LF045 shop-eu/public",
      "LF045 shop-eu/public",
    ]);
    expect(found.map(({ message }) => /its ([\w ]+?) would/.exec(message)?.[1])).toEqual([
      "autoscaling group",
      "launch template",
      "load balancer",
      "target group",
    ]);
    expect(found[0]?.message).toContain("'shop/eu-core'");
  });

  test("are taken in two regions, or two accounts", () => {
    expect(() => synthesize(pair({ region: "eu-central-1" }))).not.toThrow();
    expect(() => synthesize(pair({ accounts: ["111111111111", "222222222222"] }))).not.toThrow();
    expect(findingsOf(pair({ accounts: ["111111111111"] }))).toHaveLength(4);
  });

  test("do not keep their state in one place", () => {
    const state = s3({ bucket: "acme-state", key: "shop.tfstate" });
    const found = findingsOf((app) => {
      small(app, { cluster: { state } });
      new Cluster(app, "other", { platform: aws({ region: "us-east-1" }), state });
    });
    expect(found).toMatchObject([{ code: "LF047", path: "other" }]);
  });
});
