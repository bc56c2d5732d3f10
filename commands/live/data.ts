import type { Model } from "../../model/schema.js";
import type { PlannedChange, PlanSummary } from "../../terraform/summary.js";

/** What of a plan takes data with it. */
export interface DataLoss {
  /** What is asked for, and what `--allow-destroy` takes: the name in the program. */
  readonly name: string;
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** What is lost, as in `a file system`. */
  readonly what: string;
}

/** Resource types that keep data which nothing else has. */
const KEEPERS: Readonly<Record<string, string>> = {
  aws_db_instance: "a database",
  aws_db_cluster: "a database",
  aws_rds_cluster: "a database",
  aws_docdb_cluster: "a database",
  aws_neptune_cluster: "a database",
  aws_redshift_cluster: "a database",
  aws_dynamodb_table: "a table",
  aws_ebs_volume: "a disk",
  aws_efs_file_system: "a file system",
  aws_fsx_lustre_file_system: "a file system",
  aws_fsx_openzfs_file_system: "a file system",
  aws_elasticache_cluster: "a cache",
  aws_elasticache_replication_group: "a cache",
  aws_elasticsearch_domain: "a search index",
  aws_opensearch_domain: "a search index",
  aws_kinesis_stream: "a stream",
  aws_kms_key: "a key, and with it all that it encrypts",
  aws_msk_cluster: "a log",
  aws_s3_bucket: "a bucket",
  aws_secretsmanager_secret: "a secret",
  aws_sqs_queue: "a queue",
};

/** The cluster's own bucket: releases are made anew from the program, and the status is what managers say. */
const OWN_BUCKET = "aws_s3_bucket.cluster";

/**
 * What a plan destroys or replaces that holds data: databases, file systems and the like, and fleets whose services write
 * to disks of their VMs. That it is deployed anew afterwards brings nothing of it back.
 */
export function dataLosses({ changes }: PlanSummary, model: Model): DataLoss[] {
  return changes.flatMap((change) => {
    const { address, name, action } = change;
    const what = action === "destroy" || action === "replace" ? keeps(change, model) : undefined;
    return what === undefined || (action !== "destroy" && action !== "replace")
      ? []
      : [{ name, address, action, what }];
  });
}

function keeps({ type, name, address }: PlannedChange, model: Model): string | undefined {
  if (address === OWN_BUCKET) return undefined;
  if (type !== "aws_autoscaling_group") return KEEPERS[type];
  const volumes = volumesOn(name, model);
  return volumes.length === 0 ? undefined : `what VMs keep of ${volumes.map((volume) => `'${volume}'`).join(", ")}`;
}

/** Volumes on the VMs' own disks that services of a fleet write to. */
function volumesOn(fleet: string, { services, volumes }: Model): string[] {
  const local = new Set(volumes.filter(({ kind }) => kind === "node").map(({ id }) => id));
  const used = services.filter(({ on }) => on.includes(fleet)).flatMap((service) => Object.values(service.volumes));
  return [...new Set(used.filter((id) => local.has(id)))].sort();
}
