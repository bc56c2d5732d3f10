import {
  CancelImportTaskCommand,
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  ImportSnapshotCommand,
  paginateDescribeImportSnapshotTasks,
  type ImportSnapshotTask,
} from "@aws-sdk/client-ec2";
import { setTimeout as sleep } from "node:timers/promises";
import { LightfleetError } from "../../../../errors/error.js";
import { asking } from "../../api/call.js";
import { TAGS } from "../images.js";
import { pauseOf, sending, type ImportWork } from "./context.js";

/** What a task says in its description, by which it is found again. */
const mark = (digest: string): string => `lightfleet ${digest}`;

/** A snapshot of the disk: the one that there is, the one that is being made, or a new one. @throws LF633, LF634 */
export async function importSnapshot(work: ImportWork, role: string): Promise<string> {
  const there = await findSnapshots(work, { tag: work.digest });
  if (there[0] !== undefined) return there[0];
  const tasks = await tasksOf(work);
  const task = (await usable(work, tasks)) ?? (await start(work, role, tasks.length));
  const snapshot = await awaitTask(work, task);
  const Tags = [
    { Key: TAGS.digest, Value: work.digest },
    { Key: "Name", Value: `lightfleet-${work.digest.slice(7, 19)}` },
  ];
  await asking("ec2:CreateTags", () =>
    work.ec2.send(new CreateTagsCommand({ Resources: [snapshot], Tags }), sending(work)),
  );
  return snapshot;
}

/** Ends tasks of the disk that go on, and takes away its snapshots. */
export async function removeSnapshots(work: ImportWork): Promise<void> {
  const tasks = await tasksOf(work);
  for (const { ImportTaskId, SnapshotTaskDetail } of tasks)
    if (SnapshotTaskDetail?.Status === "active")
      await asking("ec2:CancelImportTask", () =>
        work.ec2.send(new CancelImportTaskCommand({ ImportTaskId }), sending(work)),
      );
  const made = tasks.flatMap(({ SnapshotTaskDetail }) => SnapshotTaskDetail?.SnapshotId ?? []);
  const untagged = made.length === 0 ? [] : await findSnapshots(work, { ids: made });
  const tagged = await findSnapshots(work, { tag: work.digest });
  for (const SnapshotId of new Set([...untagged, ...tagged]))
    await asking("ec2:DeleteSnapshot", () => work.ec2.send(new DeleteSnapshotCommand({ SnapshotId }), sending(work)));
}

async function findSnapshots(
  work: ImportWork,
  by: { readonly tag: string } | { readonly ids: readonly string[] },
): Promise<string[]> {
  const Filters =
    "tag" in by ? [{ Name: `tag:${TAGS.digest}`, Values: [by.tag] }] : [{ Name: "snapshot-id", Values: [...by.ids] }];
  const { Snapshots = [] } = await asking("ec2:DescribeSnapshots", () =>
    work.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"], Filters }), sending(work)),
  );
  return Snapshots.flatMap(({ SnapshotId, State }) =>
    SnapshotId === undefined || State !== "completed" ? [] : [SnapshotId],
  );
}

async function tasksOf(work: ImportWork): Promise<ImportSnapshotTask[]> {
  return asking("ec2:DescribeImportSnapshotTasks", async () => {
    const found: ImportSnapshotTask[] = [];
    for await (const page of paginateDescribeImportSnapshotTasks({ client: work.ec2 }, {}))
      for (const task of page.ImportSnapshotTasks ?? []) if (task.Description === mark(work.digest)) found.push(task);
    return found;
  });
}

/** A task that goes on, or one whose snapshot is there. */
async function usable(work: ImportWork, tasks: readonly ImportSnapshotTask[]): Promise<string | undefined> {
  const active = tasks.find(({ SnapshotTaskDetail }) => SnapshotTaskDetail?.Status === "active");
  if (active !== undefined) return active.ImportTaskId;
  for (const { ImportTaskId, SnapshotTaskDetail } of tasks) {
    const { Status, SnapshotId } = SnapshotTaskDetail ?? {};
    if (Status !== "completed" || SnapshotId === undefined) continue;
    if ((await findSnapshots(work, { ids: [SnapshotId] })).length > 0) return ImportTaskId;
  }
  return undefined;
}

/** @param earlier how many tasks there were: a repeated question makes no second task, and a second try makes one */
async function start(work: ImportWork, RoleName: string, earlier: number): Promise<string> {
  const { bucket: S3Bucket, key: S3Key, digest } = work;
  const command = new ImportSnapshotCommand({
    Description: mark(digest),
    ClientToken: `lightfleet-${digest.slice(7, 47)}-${earlier}`,
    RoleName,
    DiskContainer: { Description: mark(digest), Format: "RAW", UserBucket: { S3Bucket, S3Key } },
    TagSpecifications: [{ ResourceType: "import-snapshot-task", Tags: [{ Key: TAGS.digest, Value: digest }] }],
  });
  return asking("ec2:ImportSnapshot", async () => {
    try {
      return (await work.ec2.send(command, sending(work))).ImportTaskId ?? "";
    } catch (error) {
      if (!(error instanceof Error && /service role/i.test(error.message))) throw error;
      throw new LightfleetError(`AWS cannot read the bucket ${S3Bucket} as the role '${RoleName}': ${error.message}`, {
        code: "LF634",
        kind: "external",
        hint: "docs/images.md has the role that AWS imports with, and its policy; --role names another",
        cause: error,
      });
    }
  });
}

/** Looks in which AWS may not know of a task yet that it has just begun. */
const UNKNOWN = 6;

async function awaitTask(work: ImportWork, ImportTaskId: string | undefined): Promise<string> {
  for (let unknown = 0, looks = 0; ; looks++) {
    const task = (await tasksOf(work)).find((one) => one.ImportTaskId === ImportTaskId);
    const { Status, Progress, StatusMessage, SnapshotId } = task?.SnapshotTaskDetail ?? {};
    if (Status === "completed" && SnapshotId !== undefined) return SnapshotId;
    const lost = Status === undefined && ++unknown > UNKNOWN;
    if (lost || /^delet|error|fail/i.test(Status ?? ""))
      throw new LightfleetError(`AWS gave up importing the disk: ${StatusMessage ?? Status ?? "its task is gone"}`, {
        code: "LF633",
        kind: "external",
        hint: "what was uploaded is taken away; look at the disk and at the role, and run it again",
      });
    work.tell(`AWS makes the snapshot: ${Progress ?? 0} %${StatusMessage === undefined ? "" : `, ${StatusMessage}`}`);
    await sleep(pauseOf(work, looks), undefined, { signal: work.signal });
  }
}
