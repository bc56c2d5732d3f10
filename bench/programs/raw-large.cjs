"use strict";
/** Fleets and services as plain cdktf has them: a resource each. Counts come from FLEETS and SERVICES. */
const { App, TerraformStack } = require("cdktf");
const { AutoscalingGroup } = require("@cdktf/provider-aws/lib/autoscaling-group");
const { IamInstanceProfile } = require("@cdktf/provider-aws/lib/iam-instance-profile");
const { IamRole } = require("@cdktf/provider-aws/lib/iam-role");
const { LaunchTemplate } = require("@cdktf/provider-aws/lib/launch-template");
const { Lb } = require("@cdktf/provider-aws/lib/lb");
const { LbListener } = require("@cdktf/provider-aws/lib/lb-listener");
const { LbTargetGroup } = require("@cdktf/provider-aws/lib/lb-target-group");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { SecurityGroup } = require("@cdktf/provider-aws/lib/security-group");
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
    for (let index = 0; index < services; index++) this.service(`service-${index}`, index);
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

  service(name, index) {
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
