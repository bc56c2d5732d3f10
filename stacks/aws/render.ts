import { Construct } from "constructs";
import type { Cluster } from "../../constructs/cluster.js";
import { PLATFORM_SCOPE } from "../../constructs/render.js";
import type { Model } from "../../model/schema.js";
import { AwsProvider } from "../../providers/aws/provider.js";
import { defaultTags } from "./cluster-tags.js";
import { renderFleet } from "./fleet.js";
import { renderGateway } from "./gateway.js";
import { renderIdentity, renderRoles } from "./identity.js";
import { renderLogs } from "./logs.js";
import { renderNetwork } from "./network.js";
import { renderOutputs } from "./outputs.js";
import { renderParameters } from "./parameters.js";
import { renderSecurity } from "./security.js";
import type { Site } from "./context.js";
import { renderStorage } from "./storage.js";
import { renderVolumes } from "./volumes.js";

/** Below this construct stand all our resources, clear of the user's ids. */
const SCOPE = `${PLATFORM_SCOPE}aws`;

/** Adds all resources of a model to its cluster. */
export function renderCluster(cluster: Cluster, model: Model): void {
  const site: Site = { scope: new Construct(cluster, SCOPE), model };
  new AwsProvider(site.scope, "provider", {
    region: model.platform.region,
    ...(model.account !== null && { allowed_account_ids: [model.account] }),
    default_tags: [{ tags: defaultTags(model) }],
  });
  const network = renderNetwork(site);
  const groups = renderSecurity(site, network);
  const volumeHosts = renderVolumes(site, network, groups);
  const storage = renderStorage(site, { volumeHosts });
  const roles = renderRoles(site);
  renderParameters(site, storage, roles.pull);
  renderLogs(site);
  const gateways = model.gateways.map((gateway) => renderGateway(site, network, groups, gateway));
  const targets = gateways.flatMap((gateway) => gateway.targets);
  for (const fleet of model.fleets) {
    const profile = renderIdentity(site, storage, fleet, roles);
    renderFleet(site, { network, groups, profile, targets, fleet });
  }
  renderOutputs(site, storage, gateways);
}
