import { LightfleetError } from "../../errors/error.js";
import { loadModel } from "../program/load-model.js";
import type { PlannedStack } from "./plan-stack.js";
import type { Session } from "../engine/session.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { dataLosses, type DataLoss } from "../../stacks/aws/plan/data-loss.js";

export interface DataOptions {
  /** Names of what may be destroyed or replaced although it holds data. */
  readonly allowDestroy: readonly string[];
  /** Whether nothing is to be asked. */
  readonly yes: boolean;
}

/**
 * Has the name written of each thing that holds data and would be gone. In the sandbox there is none.
 * @throws LF604 where a name is not given
 */
export async function guardData(
  session: Session,
  cluster: SynthesizedCluster,
  planned: PlannedStack,
  { allowDestroy, yes }: DataOptions,
): Promise<void> {
  if (session.sandbox) return;
  const { acknowledged } = await loadModel(cluster.modelFile);
  const losses = dataLosses(planned.summary, { ...planned.standing, acknowledged });
  const open = losses.filter(({ name, address }) => !allowDestroy.includes(name) && !allowDestroy.includes(address));
  if (open.length === 0) return;
  try {
    if (yes || !session.context.host.canAsk) throw refused(cluster.id, open);
    for (const loss of open) {
      const answer = await session.watch.forAnswer(() => session.context.host.ask(question(loss)));
      if (answer.trim() !== loss.name) throw refused(cluster.id, [loss]);
    }
  } catch (error) {
    await planned.discard();
    throw error;
  }
}

const WILL: Readonly<Record<DataLoss["action"], string>> = {
  destroy: "destroy it",
  replace: "replace it",
  roll: "replace its VMs",
  thin: "end some of its VMs",
  leave: "leave it behind",
};
const DOES: Readonly<Record<DataLoss["action"], string>> = {
  destroy: "destroy",
  replace: "replace",
  roll: "replace the VMs of",
  thin: "end VMs of",
  leave: "leave behind the data of",
};

const question = (loss: DataLoss): string =>
  `${subject(loss)} holds data (${loss.what}), and the plan would ${WILL[loss.action]}: write '${loss.name}' to let it go`;

/** A service that leaves data behind is no resource. */
const subject = ({ action, address }: DataLoss): string =>
  action === "leave" ? address.replace(/^service\./, "") : address;

function refused(cluster: string, losses: readonly DataLoss[]): LightfleetError {
  const list = losses.map((loss) => `${DOES[loss.action]} ${subject(loss)} (${loss.what})`).join(", ");
  const names = losses.map(({ name }) => `--allow-destroy ${/^[\w.-]+$/.test(name) ? name : `'${name}'`}`).join(" ");
  const moves = losses.some(({ action }) => ["roll", "thin", "leave"].includes(action));
  return new LightfleetError(`the plan of ${cluster} takes data with it: ${list}; nothing of ${cluster} was changed`, {
    code: "LF604",
    kind: "aborted",
    hint: `keep it in the program, or let it go by name: ${names}${moves ? '; a service whose files may go with a VM says so for good with acknowledge("LF208", reason)' : ""}`,
  });
}
