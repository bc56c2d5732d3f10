import { Token } from "cdktf";
import type { Construct } from "constructs";
import { byText } from "../model/order.js";
import type { GatewayModel, PlatformModel, RouteModel } from "../model/schema.js";
import { Element, sameCluster } from "./element.js";
import { readPeerPort } from "./read-edges.js";
import { reference } from "./reference.js";
import type { Service } from "./service.js";
import { either, element, flag, list, map, number, options, text, value } from "./shape.js";
import { toValue } from "./value.js";

const ARN = /^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:\d{12}:[\w/.+=,@-]+$/;

const isCertificate = (text: string): boolean => Token.isUnresolved(text) || ARN.test(text);
const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]+$/;

/** A route to one port of a service that has several. */
export interface RouteTarget {
  /** The service that answers. */
  readonly service: Service;
  /** Container port, 1 to 65535. @default the service's only port */
  readonly port?: number;
}

/** Options of a {@link Gateway}. */
export interface GatewayProps {
  /** Path to service: `"/cart"` takes `/cart` and all below it, `"/"` takes what no other route takes. */
  readonly routes: Readonly<Record<string, Service | RouteTarget>>;
  /** Host names that it answers to. @default all */
  readonly hosts?: readonly string[];
  /** ARN of a TLS certificate; with it the gateway speaks HTTPS, and HTTP only redirects. @default plain HTTP */
  readonly certificate?: string;
  /** Whether it can be reached from within the network only. @default false */
  readonly internal?: boolean;
}

const route = either(
  (given) => given instanceof Element,
  element("service"),
  options<RouteTarget>("a route", { "service!": element("service"), port: number("a port") }),
);
const GATEWAY = options<GatewayProps>("a gateway", {
  "routes!": map(route, "a map of paths to services"),
  hosts: list(text("a host name")),
  certificate: value("the ARN of a certificate"),
  internal: flag,
});

/** The way in: a load balancer with routes to services. */
export class Gateway extends Element {
  private readonly props: Partial<GatewayProps>;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, Gateway, "gateway");
    this.props = this.border.read(GATEWAY, props);
  }

  /** DNS name of the load balancer, for records of your own. */
  get dnsName(): string {
    return reference(this, { of: "gateway", name: this.name, attribute: "dnsName" });
  }

  /** Id of the load balancer's security group. */
  get securityGroupId(): string {
    return reference(this, { of: "gateway", name: this.name, attribute: "securityGroupId" });
  }

  /** ARN of the load balancer. */
  get arn(): string {
    return reference(this, { of: "gateway", name: this.name, attribute: "arn" });
  }

  /** @internal The gateway's part of the model. */
  toModel({ zones }: PlatformModel): GatewayModel {
    const { internal = false, certificate, hosts = [], routes } = this.props;
    if (zones.length === 1)
      this.border.refuse(
        "LF013",
        `a gateway stands in two zones or more, and 'platform.zones' has ${zones.join(", ")} alone`,
        "give the cluster another zone",
      );
    if (certificate !== undefined && !isCertificate(certificate))
      this.border.text("certificate", certificate, ARN, `the ARN of a certificate, as in "arn:aws:acm:…", or a token`);
    if (routes !== undefined && Object.keys(routes).length === 0)
      this.border.refuse("LF019", "'routes' ({}) must hold one route or more");
    for (const host of hosts) this.border.text("hosts", host, HOST, `a host name, as in "shop.example.com"`);
    const model: GatewayModel = {
      id: this.name,
      internal,
      certificate: certificate === undefined || !isCertificate(certificate) ? null : toValue(this, certificate),
      hosts: [...new Set(hosts)].filter((host) => HOST.test(host)).sort(byText),
      routes: this.readRoutes(routes ?? {}),
    };
    return model;
  }

  private readRoutes(routes: GatewayProps["routes"]): RouteModel[] {
    const read: RouteModel[] = [];
    for (const [path, entry] of Object.entries(routes)) {
      const { service, port: said } = entry instanceof Element ? { service: entry, port: undefined } : entry;
      const isPath = /^\/$|^(\/[\w.~!$&'()*+,;=:@%-]+)+$/.test(path) && !path.includes("*");
      if (!isPath)
        this.border.refuse(
          "LF011",
          `the route ${JSON.stringify(path)} must be "/" or a path with no slash at its end, as in "/cart"`,
        );
      if (path.split("/").length > 25)
        this.border.refuse("LF011", `the route "${path}" must have 24 segments or fewer`);
      if (!sameCluster(service, this)) {
        this.border.refuse("LF017", `the route "${path}" goes to '${service.node.path}' of another cluster`);
        continue;
      }
      const port = readPeerPort(service, said, (code, message, hint) => {
        this.border.refuse(code, `the route "${path}": ${message}`, hint);
      });
      if (port !== undefined && !service.isRoutable(port))
        this.border.refuse(
          "LF015",
          `the route "${path}" goes to '${service.node.path}', whose 'discovery' is "dns": Swarm publishes no port of such a service`,
          `give the port a 'hostPort', or take "vip"`,
        );
      if (port !== undefined && isPath) read.push({ path, service: service.name, port });
    }
    return read.sort((a, b) => byText(a.path, b.path));
  }
}
