const KEEPERS: Readonly<Record<string, string>> = {
  aws_db_instance: "a database",
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

/** All types that keep something. */
export const KEEPER_TYPES = Object.keys(KEEPERS);

/** What a type of resource keeps that nothing else has, as in `a database`; undefined for what keeps nothing. */
export const keptBy = (type: string): string | undefined => KEEPERS[type];
