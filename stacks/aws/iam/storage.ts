import { tagged, tagging } from "./network.js";
import { arnOf, namesOf, type Program } from "./program.js";
import { grant, type Grant } from "./statement.js";

const BUCKET = [
  ...["CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "GetAccelerateConfiguration", "GetBucketAcl"],
  ...["GetBucketCORS", "GetBucketLogging", "GetBucketObjectLockConfiguration", "GetBucketOwnershipControls"],
  ...["GetBucketPolicy", "GetBucketPublicAccessBlock", "GetBucketRequestPayment", "GetBucketTagging"],
  ...["GetBucketVersioning", "GetBucketWebsite", "GetEncryptionConfiguration", "GetLifecycleConfiguration"],
  ...["GetReplicationConfiguration", "ListBucket", "ListBucketVersions", "PutBucketOwnershipControls"],
  ...["PutBucketPolicy", "PutBucketPublicAccessBlock", "PutBucketTagging", "PutBucketVersioning"],
  ...["PutEncryptionConfiguration", "PutLifecycleConfiguration"],
];
const OBJECTS = [
  ...["DeleteObject", "DeleteObjectVersion", "GetObject", "GetObjectTagging", "PutObject", "PutObjectTagging"],
];
const FILES = [
  ...[
    "CreateMountTarget",
    "DeleteFileSystem",
    "DeleteFileSystemPolicy",
    "DeleteMountTarget",
    "DescribeFileSystemPolicy",
  ],
  ...["DescribeFileSystems", "DescribeLifecycleConfiguration", "DescribeMountTargetSecurityGroups"],
  ...["DescribeMountTargets", "ModifyMountTargetSecurityGroups", "PutFileSystemPolicy", "TagResource", "UntagResource"],
  "UpdateFileSystem",
];

/** The bucket by its name, and file systems by the cluster's tag: EFS names them itself. */
export function storageGrants(program: Program): readonly Grant[] {
  const buckets = namesOf(program, "aws_s3_bucket", "bucket", "bucket_prefix").map(
    (name) => `arn:${program.partition}:s3:::${name}`,
  );
  const s3 = (actions: readonly string[]): string[] => actions.map((action) => `s3:${action}`);
  return [
    ...grant("Bucket", s3(BUCKET), buckets),
    ...grant(
      "Objects",
      s3(OBJECTS),
      buckets.map((bucket) => `${bucket}/*`),
    ),
    ...(program.of("aws_efs_file_system").length > 0 ? fileGrants(program) : []),
  ];
}

function fileGrants(program: Program): readonly Grant[] {
  const files = [arnOf(program, "elasticfilesystem", "file-system/*")];
  const efs = (actions: readonly string[]): string[] => actions.map((action) => `elasticfilesystem:${action}`);
  return [
    ...grant("MakeFiles", efs(["CreateFileSystem"]), ["*"], {
      when: tagging(program),
      reason: "a file system that is not there yet has no name; it gets the cluster's tag",
    }),
    ...grant("TagFiles", efs(["TagResource"]), files, {
      when: {
        StringEquals: { ...tagging(program)["StringEquals"], "elasticfilesystem:CreateAction": "CreateFileSystem" },
      },
    }),
    ...grant("OwnFiles", efs(FILES), files, { when: tagged(program) }),
  ];
}
