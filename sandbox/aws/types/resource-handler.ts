import type { Account } from "../account.js";
import type { Fleet } from "../fleet.js";
import type { Adjust } from "../../plan.js";
import type { Diagnostic } from "../../protocol/messages.js";
import type { Facts } from "../../schema.js";
import type { StoredObject } from "../../store.js";
import type { Draft, ObjectValue, Value } from "../../value.js";
import type { Kind } from "./references.js";

/** An object in the making, or in change. */
export interface Scene {
  readonly account: Account;
  readonly type: string;
  /** What Terraform planned; unknown attributes are filled in, one after the other, `id` first. */
  readonly draft: Draft;
  /** What it was; null while it is being created. */
  readonly prior: ObjectValue | null;
  /** What generated identifiers are made from. */
  readonly seed: readonly unknown[];
}

/** What the schema does not say of a resource type: how its objects come about, and what they depend on. */
export interface Behaviour {
  /** Its objects belong to no region. */
  readonly global?: boolean;
  /** The type among whose objects its own are stored, where it is not its own. */
  readonly collection?: string;
  /** What tells its objects apart, from their attributes: `id` where nothing is said. Must not need more than `import` gives. */
  readonly key?: (attributes: ObjectValue) => string;
  /** The id of a new object. */
  readonly id: (scene: Scene) => string;
  /** Why the cloud's API would not make it; nothing where it would. */
  readonly refuse?: (scene: Scene) => string | undefined;
  /** The error of the cloud's API where an object of that key is there; without it, the next id is tried. */
  readonly duplicate?: (draft: ObjectValue) => string;
  /** Making it again replaces what is there, as writing an object does. */
  readonly overwrites?: boolean;
  /** Arguments that must name something that exists. */
  readonly refs?: { readonly [path: string]: Kind };
  /** What its objects are parts of: they do not keep that from being deleted. */
  readonly partOf?: Kind;
  /** Attributes that the cloud decides. */
  readonly computed?: { readonly [attribute: string]: (scene: Scene) => Value };
  /** What else follows, once all attributes are there; it may change the draft. @throws Refusal */
  readonly settle?: (scene: Scene) => void;
  /** Additions to the facts of the real provider. */
  readonly facts?: Facts;
  /** Rules of the real provider's that the schema does not tell, for planning. */
  readonly plan?: Adjust;
  /** Rules on the configuration that the schema does not tell. */
  readonly check?: (config: ObjectValue) => readonly Diagnostic[];
  /** What else the cloud does, once the object is stored; `previous` is undefined on creation. */
  readonly after?: (scene: Scene, previous: StoredObject | undefined) => void;
  /** The instances that the object makes. */
  readonly fleet?: (scene: Scene, previous: Fleet | undefined) => Fleet;
  /** Says why an object cannot be deleted, as the cloud's API would; nothing where it can. */
  readonly hold?: (account: Account, object: StoredObject) => string | undefined;
  /** What goes along with an object that is deleted. */
  readonly remove?: (account: Account, object: StoredObject) => void;
  /** Deleting the resource leaves the object where it is, since the cloud does. */
  readonly keep?: boolean;
  /** The attributes that an import id stands for: `id` itself where nothing is said. @throws Refusal */
  readonly import?: (id: string) => ObjectValue;
}

/** What the cloud's API would refuse; the message is the API's. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** The argument that is to blame. */
    readonly attribute?: string,
  ) {
    super(message);
  }
}
