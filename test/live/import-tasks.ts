import { CreateSnapshotCommand, CreateVolumeCommand, type EC2Client } from "@aws-sdk/client-ec2";
import type { Answer, Call, Wire } from "./wire.js";

interface Task {
  readonly id: string;
  readonly token: string;
  readonly description: string;
  looks: number;
  status: "active" | "completed" | "deleted";
  snapshot: string | undefined;
}

export interface ImportTasks {
  readonly tasks: Task[];
  /** What AWS says of tasks from now on, where it gives up. */
  fail: string | undefined;
}

const NS = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"';

/**
 * Answers for EC2's import tasks, which moto does not know: a task goes on for one look, and then there is a snapshot in moto.
 */
export function answerImports(wire: Wire, ec2: EC2Client): ImportTasks {
  const state: ImportTasks = { tasks: [], fail: undefined };
  const done = new Map<string, (call: Call) => Answer | Promise<Answer>>([
    [
      "ImportSnapshot",
      ({ form }) => {
        const token = form.get("ClientToken") ?? "";
        if (form.get("RoleName") === "nobody")
          return refuse("InvalidParameter", "The service role nobody provided does not exist");
        let task = state.tasks.find((one) => one.token === token);
        if (task === undefined) {
          const id = `import-snap-${state.tasks.length}`;
          const description = form.get("Description") ?? "";
          task = { id, token, description, looks: 0, status: "active", snapshot: undefined };
          state.tasks.push(task);
        }
        return answer("ImportSnapshot", `<importTaskId>${task.id}</importTaskId>`);
      },
    ],
    [
      "DescribeImportSnapshotTasks",
      async () => {
        for (const task of state.tasks) await advance(task);
        const items = state.tasks.map(
          ({ id, description, status, snapshot }) =>
            `<item><importTaskId>${id}</importTaskId><description>${description}</description><snapshotTaskDetail>` +
            `<status>${status}</status><progress>50</progress><statusMessage>${state.fail ?? "converting"}</statusMessage>` +
            `${snapshot === undefined ? "" : `<snapshotId>${snapshot}</snapshotId>`}</snapshotTaskDetail></item>`,
        );
        return answer(
          "DescribeImportSnapshotTasks",
          `<importSnapshotTaskSet>${items.join("")}</importSnapshotTaskSet>`,
        );
      },
    ],
    [
      "CancelImportTask",
      ({ form }) => {
        const task = state.tasks.find(({ id }) => id === form.get("ImportTaskId"));
        if (task !== undefined) task.status = "deleted";
        return answer("CancelImportTask", "");
      },
    ],
  ]);
  wire.answer = (call) => done.get(call.action)?.(call);
  return state;

  async function advance(task: Task): Promise<void> {
    if (task.status !== "active") return;
    if (state.fail !== undefined) task.status = "deleted";
    else if (++task.looks > 1) {
      const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: "eu-west-1a", Size: 8 }));
      task.snapshot = (await ec2.send(new CreateSnapshotCommand({ VolumeId }))).SnapshotId;
      task.status = "completed";
    }
  }
}

const answer = (action: string, body: string): Answer => ({
  status: 200,
  body: `<${action}Response ${NS}>${body}</${action}Response>`,
});

const refuse = (code: string, message: string): Answer => ({
  status: 400,
  body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
});
