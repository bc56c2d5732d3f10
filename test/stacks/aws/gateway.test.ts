import { describe, expect, test } from "vitest";
import { Gateway, http, Service, tcp } from "lightfleet";
import { resourceAt, resourcesOf, textAt, type Document } from "../../program/document.js";
import { small, type SmallOptions } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";

const written = (options: SmallOptions = {}): Document =>
  synthesize((app) => {
    small(app, options);
  }).document;

/** A gateway over these paths, all to one service. */
const routed = (paths: readonly string[], hosts: readonly string[] = []): Document =>
  synthesize((app) => {
    const { cluster, service } = small(app, { gateway: false });
    const routes = Object.fromEntries(paths.map((path) => [path, service]));
    new Gateway(cluster, "public", { routes, hosts });
  }).document;

describe("a gateway", () => {
  test("listens for HTTP, in the public subnets", () => {
    const document = written();
    expect(resourceAt(document, "aws_lb.public")).toMatchObject({
      name: "shop-public",
      internal: false,
      load_balancer_type: "application",
      drop_invalid_header_fields: true,
      security_groups: ["${aws_security_group.public.id}"],
      subnets: ["a", "b", "c"].map((zone) => `\${aws_subnet.public_${zone}.id}`),
    });
    expect(resourcesOf(document, "aws_lb_listener")).toMatchObject({
      public: {
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.public_web_80.arn}" }],
      },
    });
    expect(document.output["public_url"]).toMatchObject({ value: "http://${aws_lb.public.dns_name}" });
  });

  test("with a certificate speaks TLS, and HTTP only redirects", () => {
    const document = written({ gateway: { certificate: CERTIFICATE } });
    expect(resourcesOf(document, "aws_lb_listener")).toMatchObject({
      public: {
        port: 443,
        protocol: "HTTPS",
        certificate_arn: CERTIFICATE,
        ssl_policy: expect.stringMatching(/TLS13/),
      },
      public_redirect: {
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
      },
    });
    expect(document.output["public_url"]).toMatchObject({ value: "https://${aws_lb.public.dns_name}" });
    expect(Object.keys(resourcesOf(document, "aws_vpc_security_group_ingress_rule"))).toEqual(
      expect.arrayContaining(["public_from_world_80", "public_from_world_443"]),
    );
  });

  test("that is internal stands in private subnets, open to the VPC alone", () => {
    const document = written({ gateway: { internal: true } });
    expect(resourceAt(document, "aws_lb.public")).toMatchObject({
      internal: true,
      subnets: ["a", "b", "c"].map((zone) => `\${aws_subnet.private_${zone}.id}`),
    });
    const rules = resourcesOf(document, "aws_vpc_security_group_ingress_rule");
    expect(rules["public_from_vpc_80"]).toMatchObject({ cidr_ipv4: "10.0.0.0/16" });
    expect(rules).not.toHaveProperty("public_from_world_80");
  });

  test("with hosts answers to no others", () => {
    const document = routed(["/", "/cart"], ["shop.example.com", "*.example.org"]);
    expect(resourceAt(document, "aws_lb_listener.public")).toMatchObject({
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
    });
    const rules = Object.values(resourcesOf(document, "aws_lb_listener_rule"));
    expect(rules).toHaveLength(2);
    for (const { condition } of rules)
      expect(condition).toContainEqual({ host_header: { values: ["*.example.org", "shop.example.com"] } });
  });

  test("without '/' answers 404 to what no route takes", () => {
    expect(resourceAt(routed(["/cart"]), "aws_lb_listener.public")).toMatchObject({
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
    });
  });

  test("gives each path a rule of its own, whatever signs it has", () => {
    const paths = ["/a/b", "/a_b", "/a-b", "/a.b", "/root", "/redirect", "/"];
    const rules = resourcesOf(routed(paths, ["shop.example.com"]), "aws_lb_listener_rule");
    expect(Object.keys(rules)).toHaveLength(paths.length);
    expect(rules["public_a_b"]).toMatchObject({ condition: [{ path_pattern: { values: ["/a/b", "/a/b/*"] } }, {}] });
    expect(rules["public"]).toMatchObject({ condition: [{ path_pattern: { values: ["/*"] } }, {}] });
  });

  test("has names of AWS's length, and none that AWS keeps for itself", () => {
    const document = synthesize((app) => {
      const { cluster, service } = small(app, { gateway: false });
      new Gateway(cluster, "a-very-long-name-for-a-gateway", { routes: { "/": service } });
    }).document;
    for (const type of ["aws_lb", "aws_lb_target_group"])
      for (const resource of Object.values(resourcesOf(document, type)))
        expect(textAt(resource, "name").length).toBeLessThanOrEqual(32);
  });
});

describe("a target group", () => {
  const check = (options: SmallOptions) => resourceAt(written(options), "aws_lb_target_group.public_web_80");

  test("asks as the service's own check does", () => {
    const health = http("/healthz", { every: "15s", timeout: "4s", retries: 5 });
    expect(check({ service: { health } })["health_check"]).toMatchObject({
      path: "/healthz",
      matcher: "200-399",
      interval: 15,
      timeout: 4,
      unhealthy_threshold: 5,
    });
  });

  test("keeps within what a load balancer takes", () => {
    const health = http("/", { every: "1s", timeout: "30s", retries: 99 });
    expect(check({ service: { health } })["health_check"]).toMatchObject({
      interval: 5,
      timeout: 4,
      unhealthy_threshold: 10,
    });
  });

  test.each([
    ["no check", {}],
    ["a check without a path", { health: tcp() }],
    ["a check of another port", { health: http("/admin", { port: 9000 }) }],
  ])(
    "takes any answer as a good one where the service has %s",
    (_, { health }: { health?: ReturnType<typeof tcp> }) => {
      const document = synthesize((app) => {
        const { cluster, fleet } = small(app, { gateway: false });
        const api = new Service(cluster, "api", { on: fleet, image: "api:1", port: 8080, ...(health && { health }) });
        new Gateway(cluster, "public", { routes: { "/": api } });
      }).document;
      expect(resourceAt(document, "aws_lb_target_group.public_api_8080")["health_check"]).toMatchObject({
        path: "/",
        matcher: "200-499",
      });
    },
  );

  test("goes to a port that is published for it, or to the host port that the service binds", () => {
    const [routedPort] = [check({})["port"]];
    expect(routedPort).toBeGreaterThanOrEqual(30_000);
    expect(check({ service: { hostPort: 8080 } })["port"]).toBe(8080);
  });

  test("is one for each service port, however many paths lead there", () => {
    expect(Object.keys(resourcesOf(routed(["/", "/a", "/b"]), "aws_lb_target_group"))).toEqual(["public_web_80"]);
  });
});
