"use strict";
/** A comparable stack for CloudFormation, L1 classes. Counts come from FLEETS and SERVICES. */
const { App, Stack } = require("aws-cdk-lib");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const ec2 = require("aws-cdk-lib/aws-ec2");
const elb = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const iam = require("aws-cdk-lib/aws-iam");

const fleets = Number(process.env.FLEETS);
const services = Number(process.env.SERVICES);
const zones = ["a", "b", "c"];

class Comparable extends Stack {
  constructor(scope, id) {
    super(scope, id);
    this.vpc = new ec2.CfnVPC(this, "vpc", { cidrBlock: "10.0.0.0/16" });
    const subnets = (kind, offset) =>
      zones.map(
        (zone, index) =>
          new ec2.CfnSubnet(this, `${kind}-${zone}`, {
            vpcId: this.vpc.ref,
            cidrBlock: `10.0.${index + offset}.0/24`,
            availabilityZone: `eu-west-1${zone}`,
          }),
      );
    this.privateSubnets = subnets("private", 0).map((subnet) => subnet.ref);
    const publicSubnets = subnets("public", 3).map((subnet) => subnet.ref);
    this.balancer = new elb.CfnLoadBalancer(this, "public", { type: "application", subnets: publicSubnets });
    for (let index = 0; index < fleets; index++) this.fleet(`fleet-${index}`);
    for (let index = 0; index < services; index++) this.service(`service-${index}`, index);
  }

  fleet(name) {
    const group = new ec2.CfnSecurityGroup(this, `${name}-sg`, { groupDescription: name, vpcId: this.vpc.ref });
    for (const port of [2377, 7946, 8080])
      new ec2.CfnSecurityGroupIngress(this, `${name}-${port}`, {
        groupId: group.attrGroupId,
        sourceSecurityGroupId: group.attrGroupId,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    const role = new iam.CfnRole(this, `${name}-role`, {
      assumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      },
    });
    const profile = new iam.CfnInstanceProfile(this, `${name}-profile`, { roles: [role.ref] });
    const template = new ec2.CfnLaunchTemplate(this, `${name}-template`, {
      launchTemplateData: {
        imageId: "ami-0123456789abcdef0",
        instanceType: "m7g.large",
        iamInstanceProfile: { arn: profile.attrArn },
        securityGroupIds: [group.attrGroupId],
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      },
    });
    new autoscaling.CfnAutoScalingGroup(this, `${name}-group`, {
      minSize: "3",
      maxSize: "9",
      vpcZoneIdentifier: this.privateSubnets,
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
    });
  }

  service(name, index) {
    const target = new elb.CfnTargetGroup(this, `${name}-target`, {
      port: 8080,
      protocol: "HTTP",
      vpcId: this.vpc.ref,
      healthCheckPath: "/healthz",
    });
    new elb.CfnListener(this, `${name}-listener`, {
      loadBalancerArn: this.balancer.ref,
      port: 10_000 + index,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: target.ref }],
    });
  }
}

// More than 500 resources are more than CloudFormation takes: the limit is lifted, since only synthesis is measured.
const app = new App({
  outdir: process.env.CDK_OUTDIR,
  analyticsReporting: false,
  context: { "@aws-cdk/core:stackResourceLimit": 0 },
});
new Comparable(app, "comparable");
app.synth();
