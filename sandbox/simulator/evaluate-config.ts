import { RunLock } from "../lock.js";
import { EMPTY_REQUEST, type Diagnostic, type Response } from "../protocol/messages.js";
import { Misfit, type Block, type Path } from "../schema.js";
import { Session, type Services } from "../service.js";
import type { Store } from "../store.js";
import type { Tables } from "../tables.js";
import { isObject, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from "../value.js";
import type { Declared, Document } from "./document.js";
import { expand } from "./dynamic.js";
import { descend, evaluate, stand, type Lookup } from "./evaluate.js";
import { same } from "./deep-equal.js";
import type { Step } from "./parse.js";
import { shapeConfig } from "./coerce.js";
import { changesAt, readTrigger } from "./triggers.js";
import { hasUnsupported } from "./unsupported.js";

/** An object that was made. */
export interface Made {
  readonly type: string;
  readonly name: string;
  readonly block: Block;
  readonly provider: string;
  readonly value: ObjectValue;
}

export interface PlannedObject {
  readonly prior: ObjectValue | null;
  readonly value: ObjectValue;
  readonly replace: readonly Path[];
  /** Whether it is replaced since something else changes. */
  readonly triggered: boolean;
  readonly block: Block;
}

/** Nobody else is at work in memory. */
class NoLock extends RunLock {
  override hold(): void {
    // Nothing to wait for.
  }
}

/** One program, applied or planned: each object once, when it is first asked for, so that order follows from references. */
export class Play {
  readonly failures: (readonly [string, Diagnostic])[] = [];
  readonly notPlayed: string[] = [];
  private readonly sessions = new Map<string, Session>();
  private readonly values = new Map<string, Value | undefined>();
  private readonly planned = new Map<string, PlannedObject | undefined>();
  private readonly services: Services;

  /**
   * @param state what was applied before; where it is given, objects are planned and not made
   * @param renamed what others are called in the program that comes next: what is not played has a stand-in by that name
   */
  constructor(
    private readonly tables: Tables,
    store: Store,
    cluster: string,
    private readonly document: Document,
    private readonly state?: ReadonlyMap<string, Made>,
    private readonly renamed: ReadonlyMap<string, string> = new Map(),
  ) {
    this.services = { tables, store, owner: cluster, lock: new NoLock("", 1) };
    this.notPlayed.push(...document.modules);
  }

  /** Makes an object, with all that it refers to. */
  apply(one: Declared): Made | undefined {
    const value = this.valueOf(one.address);
    const block = this.blockOf(one);
    return block !== undefined && isObject(value)
      ? { type: one.type, name: one.name, block, provider: one.provider, value }
      : undefined;
  }

  /** An object as the cloud has it once all is made: others may have changed it. */
  refresh(made: Made): Made {
    const { state } = this.sessionOf(made.provider).answer("ReadResource", {
      ...EMPTY_REQUEST,
      type: made.type,
      prior: made.value,
    });
    return isObject(state) ? { ...made, value: state } : made;
  }

  plan(one: Declared): PlannedObject | undefined {
    this.valueOf(one.address);
    return this.planned.get(one.address);
  }

  /** What a block says, expressions worked out as far as they are known; for what is not played. */
  configured(one: Pick<Declared, "config" | "instance">): ObjectValue {
    return expand(one.config, this.lookupOf(one));
  }

  outputs(): Map<string, Value> {
    return new Map(
      Object.entries(this.document.outputs).map(([name, value]) => [name, evaluate(value, this.lookup)] as const),
    );
  }

  private readonly lookup: Lookup = (name, steps) => {
    const [first = "", second = ""] = steps.map(String);
    if (name === "local")
      return this.once(
        `local.${first}`,
        () => evaluate(this.document.locals[first] ?? null, this.lookup),
        steps.slice(1),
      );
    if (name === "var") return descend(this.document.variables[first], steps.slice(1));
    if (name === "data") return this.attribute(`data.${first}.${second}`, steps.slice(2));
    const found = this.attribute(`${name}.${first}`, steps.slice(1));
    const to = found === undefined ? this.renamed.get(`${name}.${first}`) : undefined;
    return to === undefined ? found : stand([...to.split("."), ...steps.slice(1)]);
  };

  /** What an object's own expressions refer to: `count.index`, `each.key` and `each.value` are its own. */
  private lookupOf({ instance }: Pick<Declared, "instance">): Lookup {
    if (instance === undefined) return this.lookup;
    const own: ObjectValue = { index: instance.key, key: instance.key, value: instance.value };
    return (name, steps) => (name === "count" || name === "each" ? descend(own, steps) : this.lookup(name, steps));
  }

  private attribute(address: string, steps: readonly Step[]): Value | undefined {
    return descend(this.valueOf(address), steps);
  }

  private once(key: string, make: () => Value | undefined, steps: readonly Step[]): Value | undefined {
    if (!this.values.has(key)) {
      // A circle, which the engine would refuse, ends here.
      this.values.set(key, undefined);
      this.values.set(key, make());
    }
    return descend(this.values.get(key), steps);
  }

  private valueOf(address: string): Value | undefined {
    return this.once(address, () => this.make(address), []);
  }

  private make(address: string): Value | undefined {
    const repeated = this.document.repeated.get(address);
    if (repeated !== undefined) {
      const all = [...repeated.addresses].map(([key, each]) => [key, this.valueOf(each) ?? null] as const);
      return repeated.list ? all.map(([, value]) => value) : Object.fromEntries(all);
    }
    const one = this.document.declared.get(address);
    const block = one && this.blockOf(one);
    if (one === undefined) return undefined;
    for (const other of one.after) this.valueOf(other);
    const imported = this.state?.has(address) === false && this.document.imports.has(address);
    if (block === undefined || !one.single || imported) {
      this.notPlayed.push(address);
      return undefined;
    }
    try {
      const written = this.configOf(one);
      // A mistake, or what another version of the provider has; or a `dynamic` block of which it is not known what it makes.
      if (hasUnsupported(block, written)) {
        this.notPlayed.push(address);
        return undefined;
      }
      const config = shapeConfig(block, written);
      return one.mode === "data" ? this.read(one, config) : this.settle(one, block, config);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.failures.push([address, { summary: `its configuration does not fit: ${error.message}` }]);
      return undefined;
    }
  }

  private configOf(one: Declared): ObjectValue {
    const object = this.configured(one);
    const prior = this.state?.get(one.address)?.value;
    if (prior === undefined || one.ignored.length === 0) return object;
    const ignored = one.ignored === "all" ? Object.keys(object) : one.ignored;
    return { ...object, ...Object.fromEntries(ignored.map((name) => [name, prior[name] ?? null])) };
  }

  /** A data source is read while planning, unless what it asks by is not known, or what it waits for changes. */
  private read(one: Declared, config: ObjectValue): Value | undefined {
    const waits = one.after.some((address) => {
      const planned = this.planned.get(address);
      return planned !== undefined && (planned.prior === null || !same(planned.prior, planned.value));
    });
    if (waits || !isWhollyKnown(config)) return UNKNOWN;
    const response = this.sessionOf(one.provider).answer("ReadDataSource", {
      ...EMPTY_REQUEST,
      type: one.type,
      config,
    });
    return this.accepted(one.address, response) ? (response.state ?? undefined) : undefined;
  }

  private settle(one: Declared, block: Block, config: ObjectValue): Value | undefined {
    const session = this.sessionOf(one.provider);
    const ask = (prior: ObjectValue | null): Response =>
      session.answer("PlanResourceChange", { ...EMPTY_REQUEST, type: one.type, prior, proposed: config, config });
    const prior = this.state?.get(one.address)?.value ?? null;
    const response = ask(prior);
    if (!this.accepted(one.address, response) || !isObject(response.state)) return prior ?? undefined;
    if (this.state === undefined) {
      const made = session.answer("ApplyResourceChange", {
        ...EMPTY_REQUEST,
        type: one.type,
        planned: response.state,
        config,
      });
      return this.accepted(one.address, made) ? (made.state ?? undefined) : undefined;
    }
    const replaced = (response.replace ?? []).filter((path) =>
      changesAt({ prior, value: response.state ?? null }, path),
    );
    const triggered = prior !== null && this.isTriggered(one);
    const state = replaced.length > 0 || triggered ? ask(null).state : response.state;
    const value = isObject(state) ? state : response.state;
    this.planned.set(one.address, { prior, value, replace: replaced, triggered, block });
    return value;
  }

  /** Whether something changes that it is to be replaced with. */
  isTriggered(one: Declared): boolean {
    return one.triggers.map(readTrigger).some(({ address, steps }) => {
      const instances = this.document.repeated.get(address)?.addresses.values() ?? [address];
      return [...instances].some((each) => {
        this.valueOf(each);
        return changesAt(this.planned.get(each), steps);
      });
    });
  }

  private accepted(address: string, { diagnostics = [] }: Response): boolean {
    const errors = diagnostics.filter(({ severity }) => severity !== "warning");
    for (const diagnostic of errors) this.failures.push([address, diagnostic]);
    return errors.length === 0;
  }

  private blockOf({ type, mode }: Declared): Block | undefined {
    return this.tables[mode === "data" ? "data" : "resources"][type]?.block;
  }

  private sessionOf(provider: string): Session {
    let session = this.sessions.get(provider);
    if (session === undefined) {
      this.sessions.set(provider, (session = new Session(this.services)));
      const shaped = shapeConfig(this.tables.provider.block, this.providerConfig(provider));
      const response = session.answer("Configure", { ...EMPTY_REQUEST, type: "", config: shaped });
      this.accepted(`provider.${provider}`, response);
    }
    return session;
  }

  /** What a provider block says, expressions worked out as far as they are known. */
  providerConfig(provider: string): ObjectValue {
    return expand(this.document.providers.find(({ key }) => key === provider)?.config ?? {}, this.lookup);
  }
}
