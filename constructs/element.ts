import { Construct, type IConstruct } from "constructs";
import { LightfleetError } from "../errors/error.js";
import { idProblem } from "../model/ids.js";
import type { AcknowledgementModel } from "../model/schema.js";
import { Acknowledgements } from "./acknowledgements.js";
import type { Cluster } from "./cluster.js";
import { Border } from "./props-validator.js";
import { report } from "./diagnostics.js";
import { showValue } from "./show.js";
import { pathOf, showAs } from "./shown-path.js";
import { capture, locate, type Capture } from "./source.js";

/** What an element is, in a word of the language. */
export type Noun = "fleet" | "service" | "gateway" | "secret" | "volume" | "mesh";

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

  constructor(
    scope: Construct,
    id: string,
    entry: new (...args: never[]) => Element,
    /** @internal What it is. */
    readonly noun: Noun,
  ) {
    const inside = requireScope(scope, noun, entry);
    const written: unknown = id;
    const given = typeof written === "string" ? written : "";
    const twin = given === "" ? undefined : inside.node.tryFindChild(given);
    const taken = twin !== undefined && sharesName(twin, noun);
    super(inside, twin === undefined && given !== "" ? given : freeId(inside, given === "" ? "unnamed" : given));
    showAs(this, given);
    this.declared = capture(entry as unknown as (...args: never[]) => unknown);
    this.border = new Border(this, this.declared);
    const cluster = tryClusterOf(inside);
    const name = inside === cluster ? given : [...idsBelow(cluster, inside), given].join("-");
    const twice = taken || cluster?.has(noun, name) === true;
    // Two of one name would be told again wherever names are compared.
    this.name = twice ? `${name}~2` : name;
    if (cluster === undefined)
      this.border.refuse(
        "LF021",
        `the ${noun} ${showValue(written)} stands in no Cluster`,
        "pass a Cluster as its first argument",
      );
    this.checkId(written, { name, twice, taken }, cluster);
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

  private checkId(
    written: unknown,
    { name, twice, taken }: { readonly name: string; readonly twice: boolean; readonly taken: boolean },
    cluster: Cluster | undefined,
  ): void {
    if (written === undefined) this.border.refuseUndefined("id");
    else if (typeof written !== "string") this.border.refuseType("id", written, "a text");
    else if (twice)
      this.border.refuse(
        "LF002",
        taken
          ? `the id "${written}" is used twice in '${this.node.scope === undefined ? "" : pathOf(this.node.scope)}'`
          : `the name "${name}" is used twice in '${cluster === undefined ? "" : pathOf(cluster)}'`,
        SHARED_NAMES.includes(this.noun)
          ? "fleets, services and gateways are found by their names: give each its own"
          : `give each ${this.noun} its own`,
      );
    else {
      const id = written === "" ? "" : name;
      const problem = idProblem(this.noun, id, cluster?.name);
      if (problem !== undefined) this.border.refuse("LF001", `the id ${showValue(id)} ${problem}`);
    }
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

/** Findings, targets and previews name these by their names alone: they share them. */
const SHARED_NAMES: readonly Noun[] = ["fleet", "service", "gateway"];

/** The kinds that a name of this kind is taken for. */
export const namesake = (noun: Noun): Noun => (SHARED_NAMES.includes(noun) ? "service" : noun);

/** Whether what stands in the tree under an id takes it from something of this kind. */
const sharesName = (twin: IConstruct, noun: Noun): boolean =>
  !(twin instanceof Element) || namesake(twin.noun) === namesake(noun);

/**
 * The scope, where it is one.
 * @throws LF021 where it is none: there is no tree that the mistake could be noted in; LF041 where it is one of another copy of the
 * package `constructs`
 */
export function requireScope(scope: unknown, noun: string, entry: unknown): Construct {
  if (scope instanceof Construct) return scope;
  const source = locate(capture(entry as (...args: never[]) => unknown));
  const { code, message, hint } = Construct.isConstruct(scope) ? ofAnotherCopy(noun) : noScope(scope, noun);
  throw new LightfleetError(message, {
    code,
    kind: "config",
    hint,
    findings: [{ code, message, hint, ...(source && { source }) }],
  });
}

const ofAnotherCopy = (noun: string) => ({
  code: "LF041" as const,
  message: `the first argument of the ${noun} was made by another copy of the package 'constructs' than Lightfleet's`,
  hint: "keep one copy in the project: 'npm ls constructs' says who wants which version, and 'npm dedupe' may be enough",
});

const noScope = (scope: unknown, noun: string) => ({
  code: "LF021" as const,
  message: `the first argument of the ${noun} (${showValue(scope)}) must be the construct that it stands in`,
  hint: noun === "cluster" ? "pass the App" : "pass a Cluster, or a Construct within one",
});

/** The ids on the way from the cluster, or else from the root, down to a scope. */
function idsBelow(cluster: Cluster | undefined, scope: Construct): string[] {
  const depth = cluster === undefined ? 1 : cluster.node.scopes.length;
  return scope.node.scopes.slice(depth).map((part) => part.node.id);
}

/** An id that is free in a scope, to go on with where the given one cannot be taken. */
export function freeId(scope: Construct, id: string): string {
  for (let turn = 2; ; turn++) if (scope.node.tryFindChild(`${id}~${turn}`) === undefined) return `${id}~${turn}`;
}
