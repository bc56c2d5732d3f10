import { aws, Cluster, external, Fleet, Gateway, s3, Secret, Service, ssm, Volume, type App } from "lightfleet";
import { describe, expect, test } from "vitest";
import { permissionsBoundary } from "../../../../stacks/aws/iam/boundary.js";
import { deployerPolicy } from "../../../../stacks/aws/iam/deployer-policy.js";
import { readProgram } from "../../../../stacks/aws/iam/program.js";
import { evaluate, type Request } from "../../../iam/evaluate.js";
import { synthesize } from "../../../program/synthesize.js";

const BOUNDARY = "arn:aws:iam::123456789012:policy/shop-boundary";
const state = { bucket: "acme-state", key: "shop/terraform.tfstate", region: "eu-west-1" };
const suffix = "20261130170752123400000001";
const account = "123456789012";
const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:${account}:${resource}`;
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}-${suffix}`;

interface Options {
  readonly id?: string;
  readonly boundary?: string;
  readonly more?: (cluster: Cluster) => void;
}

function programOf({ id = "shop", boundary, more }: Options = {}) {
  const { document, model } = synthesize((app: App) => {
    const platform = aws({
      ...{ region: "eu-west-1", zones: 2 },
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
    });
    const cluster = new Cluster(app, id, { platform, account, state: s3({ bucket: state.bucket }) });
    const core = new Fleet(cluster, "core", { machine: "m7g.large", size: 3 });
    const files = new Volume(cluster, "files", { shared: true });
    const image = `${account}.dkr.ecr.eu-west-1.amazonaws.com/web:1`;
    const web = new Service(cluster, "web", {
      ...{ on: core, image, port: 80, memory: "64MiB", volumes: { "/files": files } },
      secrets: { KEY: new Secret(cluster, "key", { source: ssm("/shop/key") }) },
    });
    new Gateway(cluster, "public", { routes: { "/web": web } });
    more?.(cluster);
  }, id);
  return readProgram(document, model);
}

const policyOf = (options?: Options) => deployerPolicy(programOf(options), state);
const tag = (kind: "Request" | "Resource", cluster: string) => ({ [`aws:${kind}Tag/lightfleet:cluster`]: cluster });
const vpc = (cluster: string) => tag("Resource", cluster);

/** What is done to a cluster, by its id. */
const WORK = (id: string): Readonly<Record<string, Request>> => ({
  group: {
    action: "autoscaling:UpdateAutoScalingGroup",
    resource: arn("autoscaling", `autoScalingGroup:u-1:autoScalingGroupName/${id}-core`),
  },
  balancer: {
    action: "elasticloadbalancing:DeleteLoadBalancer",
    resource: arn("elasticloadbalancing", `loadbalancer/app/${id}-public/50dc`),
  },
  listener: {
    action: "elasticloadbalancing:ModifyListener",
    resource: arn("elasticloadbalancing", `listener/app/${id}-public/50dc/60ac`),
  },
  rule: {
    action: "elasticloadbalancing:DeleteRule",
    resource: arn("elasticloadbalancing", `listener-rule/app/${id}-public/50dc/60ac/70`),
  },
  settings: { action: "ssm:PutParameter", resource: arn("ssm", `parameter/lightfleet/${id}/settings`) },
  swarm: { action: "ssm:DeleteParameters", resource: arn("ssm", `parameter/lightfleet/${id}/swarm/manager`) },
  logs: { action: "logs:DeleteLogGroup", resource: arn("logs", `log-group:/lightfleet/${id}`) },
  role: { action: "iam:PutRolePolicy", resource: role(`${id}-core`), context: { "iam:PermissionsBoundary": BOUNDARY } },
  newRole: { action: "iam:CreateRole", resource: role(`${id}-core`), context: { "iam:PermissionsBoundary": BOUNDARY } },
  pull: { action: "iam:CreateRole", resource: role(`${id}-pull`), context: { "iam:PermissionsBoundary": BOUNDARY } },
  pass: {
    action: "iam:PassRole",
    resource: role(`${id}-core`),
    context: { "iam:PassedToService": "ec2.amazonaws.com" },
  },
  profile: {
    action: "iam:DeleteInstanceProfile",
    resource: role(`${id}-core`).replace(":role/", ":instance-profile/"),
  },
  bucket: { action: "s3:PutBucketPolicy", resource: `arn:aws:s3:::lightfleet-${id}-${suffix}` },
  release: { action: "s3:PutObject", resource: `arn:aws:s3:::lightfleet-${id}-${suffix}/release.json` },
  state: { action: "s3:PutObject", resource: `arn:aws:s3:::acme-state/${id}/terraform.tfstate` },
  lock: { action: "s3:DeleteObject", resource: `arn:aws:s3:::acme-state/${id}/terraform.tfstate.tflock` },
  subnet: { action: "ec2:CreateSubnet", resource: arn("ec2", "vpc/vpc-1"), context: vpc(id) },
  network: { action: "ec2:DeleteVpc", resource: arn("ec2", "vpc/vpc-1"), context: vpc(id) },
  rules: { action: "ec2:AuthorizeSecurityGroupIngress", resource: arn("ec2", "security-group/sg-1"), context: vpc(id) },
  template: {
    action: "ec2:CreateLaunchTemplateVersion",
    resource: arn("ec2", "launch-template/lt-1"),
    context: vpc(id),
  },
  launch: { action: "ec2:RunInstances", resource: arn("ec2", "launch-template/lt-1"), context: vpc(id) },
  files: {
    action: "elasticfilesystem:PutFileSystemPolicy",
    resource: arn("elasticfilesystem", "file-system/fs-1"),
    context: vpc(id),
  },
});
const MADE = (id: string): Readonly<Record<string, Request>> => ({
  vpc: { action: "ec2:CreateVpc", resource: arn("ec2", "vpc/vpc-1"), context: tag("Request", id) },
  subnet: { action: "ec2:CreateSubnet", resource: arn("ec2", "subnet/subnet-1"), context: tag("Request", id) },
  rule: {
    action: "ec2:AuthorizeSecurityGroupIngress",
    resource: arn("ec2", "security-group-rule/sgr-1"),
    context: tag("Request", id),
  },
  instance: { action: "ec2:RunInstances", resource: arn("ec2", "instance/i-1"), context: tag("Request", id) },
  files: { action: "elasticfilesystem:CreateFileSystem", resource: "*", context: tag("Request", id) },
  tags: {
    action: "ec2:CreateTags",
    resource: arn("ec2", "vpc/vpc-1"),
    context: { ...tag("Request", id), "ec2:CreateAction": "CreateVpc" },
  },
});
const named = (works: Readonly<Record<string, Request>>) => Object.entries(works);

describe("the policy of who deploys the cluster 'shop'", () => {
  const { policies, uncovered } = policyOf({ boundary: BOUNDARY });
  const allowed = (request: Request): boolean => evaluate(policies, request).allowed;

  test.each(named({ ...WORK("shop"), ...MADE("shop") }))("allows what a deploy does (%s)", (_, request) =>
    expect(allowed(request)).toBe(true),
  );

  test.each(["shop-prod", "shop2", "my-shop", "sho"])("allows nothing of that for the cluster '%s'", (id) => {
    const taken = [...named(WORK(id)), ...named(MADE(id))].filter(([, request]) => allowed(request));
    expect(taken).toEqual([]);
  });

  test("lets nobody work in another's network under its own tag, nor take a resource of another by a tag", () => {
    const both = { ...tag("Request", "shop"), ...tag("Resource", "shop-prod") };
    const inVpc = ["CreateSubnet", "CreateRouteTable", "CreateSecurityGroup", "CreateVpcEndpoint", "CreateTags"];
    for (const action of inVpc)
      expect([action, allowed({ action: `ec2:${action}`, resource: arn("ec2", "vpc/vpc-1"), context: both })]).toEqual([
        action,
        false,
      ]);
    for (const [action, kind] of [
      ...["AuthorizeSecurityGroupIngress", "CreateTags", "RunInstances"].map((one) => [one, "security-group"]),
      ...["CreateNatGateway", "RunInstances"].map((one) => [one, "subnet"]),
      ["RunInstances", "launch-template"],
    ])
      expect([
        action,
        allowed({ action: `ec2:${action}`, resource: arn("ec2", `${kind}/x-1`), context: both }),
      ]).toEqual([action, false]);
  });

  test("makes and changes roles within the boundary alone, and hands them to EC2 alone", () => {
    for (const action of ["CreateRole", "PutRolePolicy", "DeleteRolePolicy", "PutRolePermissionsBoundary"])
      for (const context of [{}, { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/other` }])
        expect([action, allowed({ action: `iam:${action}`, resource: role("shop-core"), context })]).toEqual([
          action,
          false,
        ]);
    for (const action of ["DeleteRolePermissionsBoundary", "UpdateAssumeRolePolicy", "AttachRolePolicy"])
      expect([action, allowed({ action: `iam:${action}`, resource: role("shop-core") })]).toEqual([action, false]);
    const pass = (name: string, service: string) =>
      allowed({ action: "iam:PassRole", resource: role(name), context: { "iam:PassedToService": service } });
    expect(pass("shop-core", "lambda.amazonaws.com")).toBe(false);
    // Managers assume it: no VM has it.
    expect(pass("shop-pull", "ec2.amazonaws.com")).toBe(false);
  });

  test("reads the image parameters that its templates name, and changes none", () => {
    const images = arn("ssm", "parameter/lightfleet/images/photon-5.0-arm64");
    expect(allowed({ action: "ssm:GetParameters", resource: images })).toBe(true);
    for (const action of ["ssm:PutParameter", "ssm:DeleteParameter", "ssm:DeleteParameters", "ssm:AddTagsToResource"])
      expect([action, allowed({ action, resource: images })]).toEqual([action, false]);
    expect(allowed({ action: "ssm:GetParameters", resource: images.replace("arm64", "x86_64") })).toBe(false);
  });

  test("covers all resources that a cluster has, in policies that IAM takes", () => {
    expect(uncovered).toEqual([]);
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
    const sids = policies.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  });
});

test("each statement on everything, or on resources without the cluster's mark, says why", () => {
  const { policies, notes } = policyOf();
  const wide = policies
    .flatMap(({ Statement }) => Statement)
    .filter(
      ({ Resource, Condition }) => Condition === undefined && Resource.some((one) => !/shop|lightfleet/.test(one)),
    );
  const explained = notes.map(({ sid }) => sid);
  expect(wide.map(({ Sid }) => Sid).filter((sid) => !explained.includes(sid) && sid !== "ReadImages")).toEqual([]);
  expect(explained).toContain("MakeRoles");
});

test("a program without load balancers, volumes and a state in S3 gets no rights for them", () => {
  const { document, model } = synthesize((app: App) => {
    const shop = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }) });
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const web = new Service(shop, "web", { on: core, image: "web:1", memory: "64MiB" });
    web.uses(external("db.example.com", 5432), { as: "DB" });
  });
  const actions = deployerPolicy(readProgram(document, model), undefined).policies.flatMap(({ Statement }) =>
    Statement.flatMap(({ Action }) => Action),
  );
  expect(actions.filter((action) => /^(elasticloadbalancing|elasticfilesystem|kms):/.test(action))).toEqual([]);
});

test("hundreds of names are divided among policies, each within its size", () => {
  const more = (cluster: Cluster): void => {
    for (let i = 0; i < 120; i++) new Fleet(cluster, `fleet-${i}`, { machine: "m7g.large", size: 1 });
  };
  const { policies } = policyOf({ more });
  expect(policies.length).toBeGreaterThan(3);
  for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
  const request = WORK("shop")["group"]!;
  for (const i of [0, 60, 119])
    expect(evaluate(policies, { ...request, resource: request.resource.replace("core", `fleet-${i}`) }).allowed).toBe(
      true,
    );
});

describe("the permissions boundary", () => {
  const { policy, uncovered } = permissionsBoundary(programOf());
  const allowed = (action: string, resource: string): boolean => evaluate([policy], { action, resource }).allowed;

  test("allows what the roles of the cluster are given", () => {
    expect(uncovered).toEqual([]);
    expect(allowed("ssm:GetParameter", arn("ssm", "parameter/lightfleet/shop/settings"))).toBe(true);
    expect(allowed("ssm:GetParameter", arn("ssm", "parameter/shop/key"))).toBe(true);
    expect(allowed("s3:GetObject", `arn:aws:s3:::lightfleet-shop-${suffix}/release.json`)).toBe(true);
    expect(allowed("sts:AssumeRole", role("shop-pull"))).toBe(true);
    expect(
      allowed(
        "autoscaling:CompleteLifecycleAction",
        arn("autoscaling", "autoScalingGroup:u:autoScalingGroupName/shop-core"),
      ),
    ).toBe(true);
  });

  test("allows no role more, whatever policy it is given", () => {
    for (const action of ["iam:CreateUser", "iam:PassRole", "ec2:RunInstances", "s3:DeleteObject", "kms:Decrypt"])
      expect([action, allowed(action, "*")]).toEqual([action, false]);
    expect(allowed("ssm:GetParameter", arn("ssm", "parameter/lightfleet/shop-prod/swarm/manager"))).toBe(false);
    expect(allowed("s3:GetObject", `arn:aws:s3:::lightfleet-shop-prod-${suffix}/release.json`)).toBe(false);
    expect(allowed("sts:AssumeRole", role("shop-prod-pull"))).toBe(false);
  });

  test("fits into one managed policy, or is refused", () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
    const more = (cluster: Cluster): void => {
      const on = new Fleet(cluster, "many", { machine: "m7g.large", size: 3 });
      for (let i = 0; i < 150; i++) {
        const secret = new Secret(cluster, `secret-${i}`, { source: ssm(`/shop/secrets/of-some-length/${i}`) });
        new Service(cluster, `service-${i}`, { on, image: "web:1", memory: "16MiB", secrets: { KEY: secret } });
      }
    };
    expect(() => permissionsBoundary(programOf({ more }))).toThrow(expect.objectContaining({ code: "LF646" }));
  });
});
