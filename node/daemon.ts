import { NODE_RANGES } from "../model/addresses.js";
import type { FleetModel, Model } from "../model/schema.js";
import { carries } from "./firewall.js";

/**
 * The engine's configuration, but for the labels that only the instance knows (zone, lifecycle, instance id): the VM adds
 * them at boot. `default-ulimits` is set since what containers inherit depends on the version of containerd.
 */
export function daemonConfig(model: Model, fleet: FleetModel): object {
  const { openFiles } = fleet.os;
  return {
    labels: [
      `lightfleet.cluster=${model.cluster}`,
      `lightfleet.fleet=${fleet.id}`,
      ...(carries(model, fleet) ? [] : ["lightfleet.drained=true"]),
    ],
    "log-driver": "json-file",
    "log-opts": { "max-size": "10m", "max-file": "3" },
    "default-ulimits": { nofile: { Name: "nofile", Soft: openFiles, Hard: openFiles } },
    bip: NODE_RANGES.bridge.replace(".0/", ".1/"),
    // More networks than the one that is needed: at a restart the engine wants a free one beside it, or does not start.
    "default-address-pools": [{ base: NODE_RANGES.gateway, size: 18 }],
    "metrics-addr": "127.0.0.1:9323",
    "max-concurrent-downloads": 6,
  };
}
