import { Construct, type IConstruct } from "constructs";
import { isLegalId, LEGAL_ID } from "../model/ids.js";
import type { AcknowledgementModel } from "../model/schema.js";
import { Acknowledgements } from "./acknowledgements.js";
import type { Cluster } from "./cluster.js";
import { Border } from "./border.js";
import { report } from "./problems.js";
import { capture, type Capture } from "./source.js";

const CLUSTER = Symbol.for("lightfleet/Cluster");

/** Marks a construct as a cluster, for whichever copy of the library asks. */
export function markCluster(cluster: Cluster): void {
  Object.defineProperty(cluster, CLUSTER, { value: true });
}

/** Whether two constructs stand in the same cluster. */
export const sameCluster = (a: IConstruct, b: IConstruct): boolean => tryClusterOf(a) === tryClusterOf(b);

export function isCluster(construct: IConstruct): construct is Cluster {
  return CLUSTER in construct;
}

/** What stands where does not change: the tree is climbed once for each construct. */
const clusters = new WeakMap<IConstruct, Cluster>();

/** The cluster that a construct stands in, or undefined where it stands in none. */
export function tryClusterOf(construct: IConstruct): Cluster | undefined {
  const known = clusters.get(construct);
  if (known !== undefined) return known;
  const { scope } = construct.node;
  const found = isCluster(construct) ? construct : scope && tryClusterOf(scope);
  if (found !== undefined) clusters.set(construct, found);
  return found;
}

/**
 * A noun of the language: something that a cluster consists of. It may be declared in the cluster or in a construct of the
 * user's within it; its `name` is its path below the cluster, joined by `-`.
 */
export abstract class Element extends Construct {
  /** The name in the model, in Terraform addresses and in DNS. */
  readonly name: string;
  protected readonly declared: Capture;
  protected readonly border: Border;
  private readonly acknowledgements = new Acknowledgements();

  constructor(scope: Construct, id: string, entry: new (...args: never[]) => Element) {
    const taken = scope.node.tryFindChild(id) !== undefined;
    super(scope, taken ? freeId(scope, id) : id || freeId(scope, "unnamed"));
    this.declared = capture(entry as unknown as (...args: never[]) => unknown);
    this.border = new Border(this, this.declared);
    const cluster = tryClusterOf(scope);
    this.name = scope === cluster ? this.node.id : nameBelow(cluster, this);
    if (cluster === undefined)
      this.border.refuse(
        "LF021",
        `the ${entry.name.toLowerCase()} "${id}" stands in no Cluster`,
        "pass a Cluster as its first argument",
      );
    if (taken || cluster?.has(this.name))
      this.border.refuse(
        "LF002",
        taken
          ? `the id "${id}" is used twice in '${scope.node.path}'`
          : `the name "${this.name}" is used twice in '${cluster?.node.path ?? ""}'`,
        "ids are names: give each its own",
      );
    else if (id === "" || !isLegalId(this.name))
      this.border.refuse("LF001", `the id "${id === "" ? id : this.name}" must be ${LEGAL_ID}`);
    cluster?.admit(this);
    this.refuseLate(this.declared);
  }

  /**
   * Takes a finding of the checks as it is. It is shown with its reason in every report, and fails nothing.
   * @param code the rule's code, as in `"LF204"`
   * @param reason why this is right here, as one sentence
   */
  acknowledge(code: string, reason: string): this {
    const at = capture(this.acknowledge as (...args: never[]) => unknown);
    this.refuseLate(at);
    this.acknowledgements.add({ code, reason, at });
    return this;
  }

  /** @internal Where it was declared. */
  declaredAt(_edge?: string): Capture {
    return this.declared;
  }

  /** @internal Notes a mistake that the whole cluster makes with this. */
  refuse(...problem: Parameters<Border["refuse"]>): void {
    this.border.refuse(...problem);
  }

  /** @internal What it acknowledges. */
  acknowledged(): AcknowledgementModel[] {
    return this.acknowledgements.toModel(this, this.name);
  }

  /** The cluster that this belongs to. */
  protected get cluster(): Cluster | undefined {
    return tryClusterOf(this);
  }

  /** Refuses what is declared when the cluster's model is read already: it would be missing there. */
  protected refuseLate(at: Capture): void {
    if (this.cluster?.isRead)
      this.refuseAt(
        at,
        "LF023",
        "the cluster's model was read before this",
        "declare all of it before 'cluster.model'",
      );
  }

  /** Notes a mistake made by a later call on this construct. */
  protected refuseAt(at: Capture, ...problem: Parameters<Border["refuse"]>): void {
    report(this, at, ...problem);
  }
}

/** The ids on the way from the cluster, or else from the root, down to a construct. */
function nameBelow(cluster: Cluster | undefined, construct: Construct): string {
  const depth = cluster === undefined ? 1 : cluster.node.scopes.length;
  const below = construct.node.scopes.slice(depth);
  return below.map((part) => part.node.id).join("-");
}

/** An id that is free in a scope, to go on with where the given one cannot be taken. */
export function freeId(scope: Construct, id: string): string {
  for (let turn = 2; ; turn++) if (scope.node.tryFindChild(`${id}~${turn}`) === undefined) return `${id}~${turn}`;
}
