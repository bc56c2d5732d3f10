/**
 * The provider's answers, one method a request: what Terraform asks, in values, to what the embedded cloud does. Nothing here
 * knows of processes or sockets.
 */
import { Account, type Configuration } from "./aws/account.js";
import { collectionOf, create, find, keyOf, remove, update, type Resource } from "./apply.js";
import { check } from "./check.js";
import { configure } from "./configure.js";
import { readData } from "./aws/data/registry.js";
import { isOfFramework } from "./aws/framework.js";
import { Locked, type RunLock } from "./lock.js";
import type { Change } from "./change.js";
import { plan } from "./plan.js";
import type { Diagnostic, Request, Response } from "./protocol/messages.js";
import { conform, Misfit, type Block, type Facts } from "./schema.js";
import { BrokenFile, type Store } from "./store.js";
import type { Tables } from "./tables.js";
import { adjustTags } from "./aws/tags.js";
import { Refusal } from "./aws/types/resource-handler.js";
import { behaviourOf } from "./aws/types/registry.js";
import { isObject, type ObjectValue, type Value } from "./value.js";

/** What all sessions of a process share. */
export interface Services {
  readonly tables: Tables;
  readonly store: Store;
  readonly lock: RunLock;
  /** The cluster that is planned or applied. */
  readonly owner: string;
}

type Method = (request: Request) => Response;

/** One configured provider: Terraform opens a connection for each provider block. */
export class Session {
  #account: Account | undefined;

  constructor(readonly services: Services) {}

  readonly methods: { readonly [name: string]: Method } = {
    PrepareProviderConfig: ({ config }) => ({ state: config }),
    Configure: ({ config }) => this.#configure(config),
    ValidateResourceTypeConfig: ({ type, config }) => this.#validate(type, config),
    ValidateDataSourceConfig: () => ({}),
    UpgradeResourceState: ({ type, prior }) => ({ state: this.#shape(type, prior) }),
    ReadResource: (request) => this.#read(request),
    PlanResourceChange: (request) => this.#plan(request),
    ApplyResourceChange: (request) => this.#apply(request),
    ImportResourceState: ({ type, id }) => this.#import(type, id),
    ReadDataSource: ({ type, config }) => this.#readData(type, config),
  };

  /** Answers a request; what goes wrong becomes a diagnostic. */
  answer(method: string, request: Request): Response {
    try {
      return this.methods[method]?.(request) ?? {};
    } catch (error) {
      const failed = explain(error, method, request);
      // Whatever could not be deleted or changed is still as it was.
      return method === "ApplyResourceChange" ? { state: request.prior, ...failed } : failed;
    }
  }

  #configure(config: Value): Response {
    const { configuration, diagnostics } = configure(isObject(config) ? config : {}, process.env);
    if (configuration !== undefined) this.#account = this.#open(configuration);
    return { diagnostics };
  }

  #open(configuration: Configuration): Account {
    const { store, owner, tables, lock } = this.services;
    return new Account(store, owner, configuration, (type) => tables.resources[type]?.block ?? {}, lock.run);
  }

  get #configured(): Account {
    if (this.#account === undefined) throw new Refusal("the provider is not configured");
    return this.#account;
  }

  #resource(type: string): Resource {
    const schema = this.services.tables.resources[type];
    if (schema === undefined) throw new Refusal(`the sandbox does not know the resource type ${type}`);
    return { type, block: schema.block, behaviour: behaviourOf(type) };
  }

  #shape(type: string, value: Value): Value {
    return isObject(value) ? conform(this.#resource(type).block, value) : null;
  }

  #object(type: string, value: Value): ObjectValue | null {
    const shaped = this.#shape(type, value);
    return isObject(shaped) ? shaped : null;
  }

  #validate(type: string, value: Value): Response {
    const resource = this.#resource(type);
    const config = this.#object(type, value);
    return { diagnostics: config === null ? [] : check(resource, config) };
  }

  #read({ type, prior, private: kept }: Request): Response {
    const resource = this.#resource(type);
    const before = this.#object(type, prior);
    const object = before === null ? undefined : find(this.#configured, resource, before);
    if (before === null || object === undefined) return { state: null };
    return { state: current(resource.block, object.attributes, before), private: kept };
  }

  #plan({ type, prior, proposed, config, private: kept }: Request): Response {
    if (proposed === null) return { state: null, private: kept };
    const { block, behaviour } = this.#resource(type);
    const facts = combine(this.services.tables.facts[type] ?? {}, behaviour.facts ?? {});
    const account = this.#configured;
    const change: Change = {
      block,
      facts,
      prior: this.#object(type, prior),
      config: this.#object(type, config) ?? {},
      framework: isOfFramework(type),
    };
    const { planned, replace } = plan(change, (draft) => {
      adjustTags(type, draft, change, account.config.defaultTags);
      return behaviour.plan?.(draft, change) ?? [];
    });
    return { state: planned, replace, private: kept };
  }

  #apply({ type, prior, planned, private: kept }: Request): Response {
    this.services.lock.hold();
    const resource = this.#resource(type);
    const before = this.#object(type, prior);
    const after = this.#object(type, planned);
    if (after === null) {
      if (before !== null) remove(this.#configured, resource, before);
      return { state: null };
    }
    const done =
      before === null ? create(this.#configured, resource, after) : update(this.#configured, resource, before, after);
    return { state: current(resource.block, done, after), private: kept };
  }

  #import(type: string, id: string): Response {
    const resource = this.#resource(type);
    const sought = resource.behaviour.import?.(id) ?? { id };
    const object = find(this.#configured, resource, sought);
    if (object === undefined)
      throw new Refusal(
        `the sandbox has no ${collectionOf(resource)} '${keyOf(resource, sought)}' in ${this.#configured.region}`,
      );
    return { state: conform(resource.block, object.attributes) };
  }

  #readData(type: string, value: Value): Response {
    const schema = this.services.tables.data[type];
    if (schema === undefined || !isObject(value))
      throw new Refusal(`the sandbox does not know the data source ${type}`);
    return { state: conform(schema.block, readData(this.#configured, type, conform(schema.block, value))) };
  }
}

/** The facts of the real provider, with what it did not tell. */
const combine = (facts: Facts, more: Facts): Facts => ({
  ...facts,
  updates_when: { ...facts.updates_when, ...more.updates_when },
  removed: { ...facts.removed, ...more.removed },
  computed_blocks: [...(facts.computed_blocks ?? []), ...(more.computed_blocks ?? [])],
});

/** The stored object in the shape of its schema. How long to wait is the configuration's, not the object's. */
function current(block: Block, attributes: ObjectValue, state: ObjectValue): ObjectValue {
  return conform(
    block,
    "timeouts" in (block.block_types ?? {}) ? { ...attributes, timeouts: state["timeouts"] ?? null } : attributes,
  );
}

/** What no program can do anything about. */
const UNWRITABLE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO"]);

/** An error as Terraform shows it. */
function explain(error: unknown, method: string, { type, prior, planned }: Request): Response {
  const verbs: { readonly [method: string]: string } = {
    ApplyResourceChange: prior === null ? "creating" : planned === null ? "deleting" : "updating",
    ReadDataSource: "reading",
    ReadResource: "reading",
    ImportResourceState: "importing",
  };
  const subject = [verbs[method], type].filter(Boolean).join(" ") || undefined;
  const fail = (diagnostic: Diagnostic): Response => ({ diagnostics: [diagnostic] });
  if (error instanceof Refusal)
    return fail({
      summary: subject === undefined ? error.message : `${subject}: ${error.message}`,
      ...(error.attribute !== undefined && { path: [error.attribute] }),
    });
  if (error instanceof Misfit)
    return fail({ summary: `${type} does not fit its schema: ${error.message}`, path: error.path });
  if (error instanceof BrokenFile)
    return fail({
      summary: "the sandbox cannot read one of its files",
      detail: `${error.message}. Repair or delete it.`,
    });
  if (error instanceof Locked)
    return fail({
      summary: "the sandbox is being changed by another run",
      detail: `Process ${error.holder} is at work on the same cluster. Wait until it is done. (${error.file})`,
    });
  if (error instanceof Error && "code" in error && UNWRITABLE.has(String(error.code)))
    return fail({ summary: "the sandbox cannot write its files", detail: `${error.message}.` });
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return fail({ summary: `the sandbox failed at ${type}: this is a defect of Lightfleet`, detail: message });
}
