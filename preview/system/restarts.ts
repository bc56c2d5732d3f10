import { changedKeys } from "../values.js";
import { isRecord } from "../../lib/records.js";

/** What Docker starts tasks anew for: all but their number, how they are rolled out, and labels of the service. */
export function template(bundle: unknown): unknown {
  if (!isRecord(bundle)) return bundle;
  const { deploy, ...rest } = bundle;
  if (!isRecord(deploy)) return rest;
  const kept = Object.entries(deploy).filter(
    ([name]) => !["mode", "replicas", "update_config", "rollback_config", "labels", "placement"].includes(name),
  );
  return { ...rest, deploy: Object.fromEntries(kept) };
}

/**
 * Why tasks start anew although nothing of the service itself changed.
 * @param moved why it is on other networks, where that is not for edges between others
 */
export function dragged(before: unknown, after: unknown, moved: readonly string[]): string[] {
  if (!isRecord(before) || !isRecord(after)) return ["its container changed"];
  return changedKeys(before, after).flatMap((key) => {
    if (key === "ports") return [portsText(before[key], after[key])];
    if (key !== "networks") return [`${key} of its container changed`];
    return moved.length > 0 ? moved : ["it joins or leaves networks, since edges between others changed"];
  });
}

const portsText = (before: unknown, after: unknown): string =>
  isEmpty(before)
    ? "a gateway reaches it now: its port is published on VMs"
    : isEmpty(after)
      ? "no gateway reaches it any more: its port is published no longer"
      : "gateways reach it by other ports";

const isEmpty = (ports: unknown): boolean => !Array.isArray(ports) || ports.length === 0;
