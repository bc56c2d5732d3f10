import type { RefuseOn, UniqueName } from "../../constructs/platform.js";
import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import type { GatewayModel, Model } from "../../model/schema.js";
import { groupName } from "../../node/programs.js";
import { DISK_GIB, FLEET_DISK } from "../../providers/aws/limits/disks.js";
import { ATTACHED_POLICIES } from "../../providers/aws/limits/policies.js";
import { keysOfOneName, tagLimitOf } from "../../providers/aws/limits/tags.js";
import { CONDITION_VALUES, HEALTH_PATH, HOST_HEADER, PATH_PATTERN } from "../../providers/aws/limits/texts.js";
import { clusterTags, vmTags } from "./cluster-tags.js";
import { balancerName, partitionOf, RELEASE_KEY, targetGroupName, templateName } from "./names.js";
import { fleetPolicies, type FleetPolicies } from "./policies.js";
import { imageRegion } from "./registries.js";

/** Notes what AWS would refuse of a model, where its limits are tighter than the language's own. */
export function checkLimits(model: Model, refuse: RefuseOn): void {
  checkTags(model, refuse);
  checkDisks(model, refuse);
  checkPolicies(model, refuse);
  checkRegistries(model, refuse);
  for (const gateway of model.gateways) {
    checkPaths(gateway, refuse);
    checkHosts(gateway, refuse);
    checkCertificate(gateway, model, refuse);
    checkHealthPaths(gateway, model, refuse);
  }
}

/** A rule compares with a path and with all that is below it. */
const BELOW = "/*";

function checkPaths({ id, routes }: GatewayModel, refuse: RefuseOn): void {
  const longest = PATH_PATTERN.most - BELOW.length;
  for (const { path } of routes) {
    const odd = [...new Set(path)].filter((character) => !PATH_PATTERN.shape.test(character));
    if (odd.length > 0)
      refuse(
        id,
        "LF011",
        `the route ${JSON.stringify(path)} holds ${odd.map((one) => `'${one}'`).join(", ")}, which a load balancer's rule does not take`,
        `a path is made of ${PATH_PATTERN.allowed}; route a shorter path, and let the service tell the rest apart`,
      );
    if (path.length > longest) refuse(id, "LF011", `the route "${path}" must have ${longest} characters or fewer`);
  }
}

/** A path takes two of the values that a rule compares with. */
const MOST_HOSTS = CONDITION_VALUES - 2;

function checkHosts({ id, hosts }: GatewayModel, refuse: RefuseOn): void {
  if (hosts.length > MOST_HOSTS)
    refuse(id, "LF004", `'hosts' (${hosts.length}) must be ${MOST_HOSTS} or fewer`, "declare another Gateway");
  for (const host of hosts)
    if (!HOST_HEADER.shape.test(host))
      refuse(
        id,
        "LF018",
        `'hosts' (${JSON.stringify(host)}) must be ${HOST_HEADER.allowed}, as in "shop.example.com"`,
        "a load balancer's rule takes no other; leave 'hosts' out to answer to all",
      );
    else if (host.length > HOST_HEADER.most)
      refuse(id, "LF018", `'hosts' (${JSON.stringify(host)}) must have ${HOST_HEADER.most} characters or fewer`);
}

/** A load balancer takes a certificate of its own region and account (Elastic Load Balancing, "SSL certificates"). */
function checkCertificate({ id, certificate }: GatewayModel, { platform, account }: Model, refuse: RefuseOn): void {
  if (typeof certificate !== "string") return;
  const [, partition, service, region, owner] = certificate.split(":");
  const { region: here } = platform;
  if (partition !== partitionOf(here))
    refuse(
      id,
      "LF044",
      `'certificate' (${certificate}) is of the partition ${partition}, and ${here} of ${partitionOf(here)}`,
    );
  else if (service === "acm" && region !== here)
    refuse(
      id,
      "LF044",
      `'certificate' (${certificate}) is of the region ${region === "" ? "(none)" : region}, and the cluster's is ${here}`,
      `request or import one in ${here}: a load balancer takes no other`,
    );
  else if (account !== null && owner !== account)
    refuse(
      id,
      "LF044",
      `'certificate' (${certificate}) is of the account ${owner}, and the cluster's is ${account}`,
      "use one of the cluster's account: a load balancer takes no other",
    );
}

/** AWS keeps accounts and roles of its partitions apart: no role of one gets a token of another's registry. */
function checkRegistries({ services, platform: { region: here } }: Model, refuse: RefuseOn): void {
  for (const { id, image } of services) {
    const region = imageRegion(image);
    if (region !== undefined && partitionOf(region) !== partitionOf(here))
      refuse(
        id,
        "LF412",
        `'image' (${JSON.stringify(image)}) is in Amazon ECR of the partition ${partitionOf(region)}, and ${here} is of ${partitionOf(here)}: its VMs get no token there`,
        `copy it to a registry of ${here} or another region of ${partitionOf(here)}`,
      );
  }
}

function checkHealthPaths({ routes }: GatewayModel, { services }: Model, refuse: RefuseOn): void {
  for (const { id, health } of services)
    if (
      health?.kind === "http" &&
      health.path.length > HEALTH_PATH &&
      routes.some(({ service, port }) => service === id && port === health.port)
    )
      refuse(
        id,
        "LF018",
        `the path of 'health' must have ${HEALTH_PATH} characters or fewer: a load balancer asks for it`,
      );
}

function checkTags(model: Model, refuse: RefuseOn): void {
  const { most } = tagLimitOf("aws_autoscaling_group");
  const ours = Object.keys(vmTags({ ...model, tags: {} }, { id: "", tags: {} }));
  const all = Object.keys(vmTags(model, { id: "", tags: {} }));
  const added = `Lightfleet adds ${ours.map((key) => `"${key}"`).join(", ")}`;
  if (all.length > most)
    refuse(
      null,
      "LF046",
      `'tags' (${Object.keys(model.tags).length}) come to ${all.length} tags of a VM, and AWS takes ${most}: ${added}`,
    );
  for (const keys of keysOfOneName(Object.keys(clusterTags(model)))) refuse(null, "LF046", ...caseText(keys));
  for (const { id, tags } of model.fleets) {
    const count = Object.keys(vmTags(model, { id, tags })).length;
    if (count > most && all.length <= most)
      refuse(
        id,
        "LF046",
        `'tags' (${Object.keys(tags).length}) come to ${count} tags of a VM with the cluster's, and AWS takes ${most}: ${added}`,
      );
    for (const keys of keysOfOneName([...Object.keys(clusterTags(model)), ...Object.keys(tags)]))
      if (keys.some((key) => key in tags)) refuse(id, "LF046", ...caseText(keys));
  }
}

const caseText = (keys: readonly string[]): [string, string] => [
  `'tags' holds ${keys.map((key) => `"${key}"`).join(" and ")}, which are one key to IAM`,
  `keep one spelling: IAM tells keys of roles apart by more than case${keys.includes("Name") ? '; "Name" is Lightfleet\'s own' : ""}`,
];

function checkDisks({ fleets }: Model, refuse: RefuseOn): void {
  const { max } = DISK_GIB[FLEET_DISK]!;
  for (const { id, diskGiB, dataDiskGiB } of fleets)
    for (const [prop, gib] of [
      ["disk", diskGiB],
      ["dataDisk", dataDiskGiB],
    ] as const)
      if (gib !== null && gib > max)
        refuse(id, "LF004", `'${prop}' ("${gib}GiB") must be ${max} GiB or less: a ${FLEET_DISK} volume has no more`);
}

function checkPolicies(model: Model, refuse: RefuseOn): void {
  for (const fleet of model.fleets) {
    const { further }: FleetPolicies = fleetPolicies(model, fleet, { bucketArn: "${bucket}", releaseKey: RELEASE_KEY });
    if (further.length > ATTACHED_POLICIES)
      refuse(
        fleet.role === "control" ? null : fleet.id,
        "LF084",
        `what the VMs of '${fleet.id}' may read comes to ${further.length} policies, and a role of AWS takes ${ATTACHED_POLICIES}`,
        "keep several values in one secret, or divide the services over two clusters",
      );
  }
}

/** The names of a cluster's resources that AWS takes once in a region of an account. Roles and buckets have a random end. */
export function uniqueNames(model: Model): UniqueName[] {
  const { cluster, platform, fleets, gateways } = model;
  const within = platform.region;
  const published = publishedPorts(model);
  return [
    ...fleets.flatMap(({ id }) => [
      { on: id, what: "autoscaling group", name: groupName(cluster, id), within },
      { on: id, what: "launch template", name: templateName(cluster, id), within },
    ]),
    ...gateways.flatMap(({ id, routes }) => [
      { on: id, what: "load balancer", name: balancerName(cluster, id), within },
      ...new Map(
        routes.map((route) => [
          publishedKey(route),
          {
            on: id,
            what: "target group",
            name: targetGroupName(model, id, route.service, published.get(publishedKey(route))!),
            within,
          },
        ]),
      ).values(),
    ]),
  ];
}
