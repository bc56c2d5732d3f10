import type { PlanClassifier, ResourceRole } from "../../../terraform/classifier.js";
import { exposures } from "./public-exposure.js";
import { exposed } from "./security-rules.js";
import { SHOWN_ATTRIBUTES } from "./shown-attributes.js";
import { keptBy } from "./stateful-types.js";

const ROLES: Readonly<Record<string, (name: string) => ResourceRole | undefined>> = {
  aws_autoscaling_group: () => "fleet",
  aws_launch_template: () => "fleet-template",
  aws_efs_file_system: () => "volume",
  aws_s3_bucket: (name) => (name === "cluster" ? "cluster-bucket" : undefined),
  aws_s3_object: (name) => (name === "release" || name === "programs" ? name : undefined),
};

/**
 * What AWS documents as an outage of a database, in "Settings for DB instances" of the RDS user guide: it comes in the maintenance
 * window, or at once with `apply_immediately`.
 */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["engine_version", "instance_class"],
};

/** What the provider stops a VM for, and starts it again afterwards. */
const STOPS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ["instance_type", "user_data", "user_data_base64"],
};

/** What Lightfleet knows of the resource types of AWS. */
export const awsClassifier: PlanClassifier = {
  stores: keptBy,
  role: ({ type, name }) => ROLES[type]?.(name),
  replacesVms: (paths) => paths.some((path) => /^(launch_template|mixed_instances_policy)\b/.test(path)),
  exposures,
  exposed,
  downtime: (type) => ({ restarts: RESTARTS[type] ?? [], stops: STOPS[type] ?? [] }),
  isShown: (attribute) => SHOWN_ATTRIBUTES.has(attribute),
  describeTemplate,
};

const TAGS = /^(tags|tags_all|tag_specifications|tag)\b/;

function describeTemplate(path: string): string | undefined {
  if (path === "user_data") return "what its VMs boot with changed: see the boot data";
  if (TAGS.test(path)) return "tags of its VMs changed";
  return /^(latest_version|default_version|tags_all)/.test(path)
    ? undefined
    : `${path.replace(/[.[].*$/s, "")} changed`;
}
