import { add, becomesWhole, forget, replaceInstance } from "./cluster.js";
import { answersOf } from "./hooks.js";
import { setLifecycle, terminate, until, type NodePlan } from "./lab.js";

/** Until a node has told its group to go on; how long that took. */
const answered = ({ name, instance }: NodePlan, hook: string, seconds: number) =>
  until(
    `${name} answers the hook "${hook}"`,
    seconds,
    () => Promise.resolve(answersOf(instance)),
    (all) => all.some((answer) => answer.hook === hook && answer.result === "CONTINUE"),
  );

/**
 * What a group of EC2 does to replace a VM: it wants it gone, waits until the VM has left, terminates it, and starts
 * another. Answers how long the leaving took, in seconds.
 */
export async function replace(node: NodePlan): Promise<number> {
  setLifecycle(node.name, "Terminated");
  const { seconds } = await answered(node, "terminating", 400);
  await terminate(node.name);
  await replaceInstance(node.instance);
  forget(node.name);
  const next = await add(node.fleet, node.zone);
  const { seconds: ready } = await answered(next, "launching", 400);
  console.log(`${next.name}: a healthy member ${ready} s after cloud-init was done`);
  await becomesWhole();
  return seconds;
}
