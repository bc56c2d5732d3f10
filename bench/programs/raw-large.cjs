"use strict";
/**
 * Fleets and services as plain cdktf has them: resources for each. Counts come from FLEETS and SERVICES. What a service is
 * comes from SERVICE: `listener` makes a target group and a listener of it, and says nothing of what runs behind them;
 * `task` says what programs/large/main.ts says of it (image, environment, sizes, health, replicas, fleet, name, whom it uses)
 * the way AWS has for containers on VMs: a task definition, a service, and a name to find it by.
 */
const { App, TerraformStack } = require("cdktf");
const { AutoscalingGroup } = require("@cdktf/provider-aws/lib/autoscaling-group");
const { EcsCluster } = require("@cdktf/provider-aws/lib/ecs-cluster");
const { EcsService } = require("@cdktf/provider-aws/lib/ecs-service");
const { EcsTaskDefinition } = require("@cdktf/provider-aws/lib/ecs-task-definition");
const { IamInstanceProfile } = require("@cdktf/provider-aws/lib/iam-instance-profile");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
const { LaunchTemplate } = require("@cdktf/provider-aws/lib/launch-template");
const { Lb } = require("@cdktf/provider-aws/lib/lb");
const { LbListener } = require("@cdktf/provider-aws/lib/lb-listener");
const { LbTargetGroup } = require("@cdktf/provider-aws/lib/lb-target-group");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { SecurityGroup } = require("@cdktf/provider-aws/lib/security-group");
const {
  ServiceDiscoveryPrivateDnsNamespace,
} = require("@cdktf/provider-aws/lib/service-discovery-private-dns-namespace");
const { ServiceDiscoveryService } = require("@cdktf/provider-aws/lib/service-discovery-service");
const { Subnet } = require("@cdktf/provider-aws/lib/subnet");
const { Vpc } = require("@cdktf/provider-aws/lib/vpc");
const { VpcSecurityGroupIngressRule } = require("@cdktf/provider-aws/lib/vpc-security-group-ingress-rule");

const fleets = Number(process.env.FLEETS);
const services = Number(process.env.SERVICES);
const zones = ["a", "b", "c"];

class Large extends TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    this.vpc = new Vpc(this, "vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: id } });
    const subnets = (kind, offset) =>
      zones.map(
        (zone, index) =>
          new Subnet(this, `${kind}-${zone}`, {
            vpcId: this.vpc.id,
            cidrBlock: `10.0.${index + offset}.0/24`,
            availabilityZone: `eu-west-1${zone}`,
          }),
      );
    this.privateSubnetIds = subnets("private", 0).map((subnet) => subnet.id);
    const publicSubnetIds = subnets("public", 3).map((subnet) => subnet.id);
    this.balancer = new Lb(this, "public", { loadBalancerType: "application", subnets: publicSubnetIds });
    for (let index = 0; index < fleets; index++) this.fleet(`fleet-${index}`);
    if (process.env.SERVICE === "task") {
      this.tasks = new EcsCluster(this, "tasks", { name: id });
      this.names = new ServiceDiscoveryPrivateDnsNamespace(this, "names", { name: `${id}.internal`, vpc: this.vpc.id });
    }
    const service = process.env.SERVICE === "task" ? this.task : this.listener;
    for (let index = 0; index < services; index++) service.call(this, `service-${index}`, index);
  }

  fleet(name) {
    const group = new SecurityGroup(this, `${name}-sg`, { vpcId: this.vpc.id, tags: { Name: name } });
    for (const port of [2377, 7946, 8080])
      new VpcSecurityGroupIngressRule(this, `${name}-${port}`, {
        securityGroupId: group.id,
        referencedSecurityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    const role = new IamRole(this, `${name}-role`, {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      }),
    });
    const profile = new IamInstanceProfile(this, `${name}-profile`, { role: role.name });
    const template = new LaunchTemplate(this, `${name}-template`, {
      imageId: "ami-0123456789abcdef0",
      instanceType: "m7g.large",
      iamInstanceProfile: { arn: profile.arn },
      vpcSecurityGroupIds: [group.id],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      tagSpecifications: [{ resourceType: "instance", tags: { Name: name } }],
    });
    new AutoscalingGroup(this, `${name}-group`, {
      minSize: 3,
      maxSize: 9,
      vpcZoneIdentifier: this.privateSubnetIds,
      launchTemplate: { id: template.id, version: "$Latest" },
      tag: [{ key: "Name", value: name, propagateAtLaunch: true }],
    });
  }

  task(name, index) {
    const used = [index + fleets, index + 2 * fleets, ...(index % 3 === 0 ? [index + 1] : [])];
    const addresses = ["FIRST_ADDR", "SECOND_ADDR", "NEXT_ADDR"]
      .slice(0, used.length)
      .map((variable, at) => ({ name: variable, value: `service-${used[at]}.large.internal:8080` }))
      .filter((_, at) => used[at] < services);
    const definition = new EcsTaskDefinition(this, `${name}-task`, {
      family: name,
      requiresCompatibilities: ["EC2"],
      networkMode: "awsvpc",
      containerDefinitions: JSON.stringify([
        {
          name,
          image: `ghcr.io/acme/${name}:1.0.0`,
          essential: true,
          cpu: 20,
          memory: 128,
          memoryReservation: 64,
          portMappings: [{ containerPort: 8080, protocol: "tcp" }],
          environment: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "SERVICE_NUMBER", value: String(index) },
            ...addresses,
          ],
          healthCheck: { command: ["CMD-SHELL", "wget -qO- http://127.0.0.1:8080/healthz"], interval: 10, retries: 3 },
        },
      ]),
      tags: { Name: name },
    });
    const discovery = new ServiceDiscoveryService(this, `${name}-name`, {
      name,
      dnsConfig: { namespaceId: this.names.id, dnsRecords: [{ type: "A", ttl: 10 }] },
      tags: { Name: name },
    });
    new EcsService(this, `${name}-service`, {
      name,
      cluster: this.tasks.arn,
      taskDefinition: definition.arn,
      desiredCount: 2,
      deploymentMinimumHealthyPercent: 100,
      placementConstraints: [{ type: "memberOf", expression: `attribute:fleet == fleet-${index % fleets}` }],
      orderedPlacementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
      networkConfiguration: { subnets: this.privateSubnetIds },
      serviceRegistries: { registryArn: discovery.arn },
      tags: { Name: name },
    });
  }

  listener(name, index) {
    const target = new LbTargetGroup(this, `${name}-target`, {
      port: 8080,
      protocol: "HTTP",
      vpcId: this.vpc.id,
      healthCheck: { path: "/healthz" },
      tags: { Name: name },
    });
    new LbListener(this, `${name}-listener`, {
      loadBalancerArn: this.balancer.arn,
      port: 10_000 + index,
      protocol: "HTTP",
      defaultAction: [{ type: "forward", targetGroupArn: target.arn }],
    });
  }
}

const app = new App();
new Large(app, "large");
app.synth();
