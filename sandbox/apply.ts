import type { Account } from "./aws/account.js";
import { isOfFramework } from "./aws/framework.js";
import { known } from "./aws/ids.js";
import { exceededLimit } from "./aws/limits.js";
import { valuesAt } from "./paths.js";
import { attributesOf, blocksOf, type Block, type Type } from "./schema.js";
import type { StoredObject } from "./store.js";
import { Refusal, type Behaviour, type Scene } from "./aws/types/resource-handler.js";
import { heldMessage, kindOf, missing } from "./aws/types/references.js";
import { behaviours } from "./aws/types/registry.js";
import { isList, isObject, isUnknown, text, type Draft, type ObjectValue, type Value } from "./value.js";

/** A resource type, with all that is known of it. */
export interface Resource {
  readonly type: string;
  readonly block: Block;
  readonly behaviour: Behaviour;
}

const MOST_DUPLICATES = 1000;

export const collectionOf = ({ type, behaviour }: Resource): string => behaviour.collection ?? type;

export const keyOf = ({ behaviour }: Resource, attributes: ObjectValue): string =>
  behaviour.key === undefined ? (text(attributes["id"]) ?? "") : behaviour.key(attributes);

/** The object as it is now; undefined where it is gone. */
export function find(account: Account, resource: Resource, attributes: ObjectValue): StoredObject | undefined {
  return account.find(collectionOf(resource), keyOf(resource, attributes), resource.behaviour.global);
}

/** Makes what was planned. @throws Refusal where the cloud's API would refuse it */
export function create(account: Account, resource: Resource, planned: ObjectValue): ObjectValue {
  const { type, behaviour } = resource;
  checkReferences(account, behaviour, planned);
  for (let duplicate = 0; duplicate < MOST_DUPLICATES; duplicate++) {
    const seed = [account.owner, account.id, behaviour.global ? "" : account.region, type, known(planned), duplicate];
    const scene: Scene = { account, type, draft: { ...planned }, prior: null, seed };
    scene.draft["id"] = behaviour.id(scene);
    const refusal = duplicate === 0 ? behaviour.refuse?.(scene) : undefined;
    if (refusal !== undefined) throw new Refusal(refusal);
    if (behaviour.keep) return adopt(account, resource, scene);
    const object = settle(scene, resource, undefined);
    if (behaviour.overwrites) account.store.remove(account.place(behaviour.global), object.type, object.key);
    if (account.store.create(account.place(behaviour.global), object)) {
      behaviour.after?.(scene, undefined);
      return settled(resource, object);
    }
    if (behaviour.duplicate !== undefined) throw new Refusal(behaviour.duplicate(planned));
  }
  throw new Refusal(`LimitExceeded: too many objects of ${type} are alike`);
}

/** Takes over what the cloud has made by itself. */
function adopt(account: Account, resource: Resource, scene: Scene): ObjectValue {
  const object = settle(scene, resource, find(account, resource, scene.draft));
  account.store.write(account.place(resource.behaviour.global), object);
  return settled(resource, object);
}

/** Changes an object in place to what was planned. @throws Refusal where the cloud's API would refuse it */
export function update(account: Account, resource: Resource, prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const { type, behaviour } = resource;
  checkReferences(account, behaviour, planned);
  const previous = find(account, resource, prior);
  if (previous === undefined) throw new Refusal(`NotFound: ${type} '${keyOf(resource, prior)}' does not exist`);
  const scene: Scene = {
    account,
    type,
    draft: { ...planned },
    prior,
    seed: [account.owner, type, text(prior["id"]), known(planned)],
  };
  const object = settle(scene, resource, previous);
  account.store.write(account.place(behaviour.global), object);
  behaviour.after?.(scene, previous);
  return settled(resource, object);
}

/** Deletes an object; nothing where it is gone already. @throws Refusal while something still needs it */
export function remove(account: Account, resource: Resource, prior: ObjectValue): void {
  const { behaviour } = resource;
  const object = find(account, resource, prior);
  if (object === undefined || behaviour.keep) return;
  const reason =
    behaviour.hold?.(account, { ...object, attributes: { ...object.attributes, ...prior } }) ??
    heldBy(account, resource, object);
  if (reason !== undefined) throw new Refusal(reason);
  behaviour.remove?.(account, object);
  account.store.remove(account.place(behaviour.global), object.type, object.key);
}

/** Fills in what the plan left open. */
function settle(scene: Scene, resource: Resource, previous: StoredObject | undefined): StoredObject {
  const { draft, account } = scene;
  for (const [name, value] of Object.entries(resource.behaviour.computed ?? {}))
    if (isUnknown(draft[name])) draft[name] = value(scene);
  resource.behaviour.settle?.(scene);
  const exceeded = exceededLimit(scene.type, draft);
  if (exceeded !== undefined) throw new Refusal(exceeded.message, exceeded.attribute);
  const fleet = resource.behaviour.fleet?.(scene, previous?.fleet) ?? previous?.fleet;
  const attributes = settled(resource, { attributes: draft });
  return {
    type: collectionOf(resource),
    key: keyOf(resource, attributes),
    owner: previous?.owner ?? account.owner,
    attributes,
    run: previous?.run ?? account.run,
    ...(previous?.automatic && { automatic: true }),
    ...(fleet !== undefined && { fleet }),
  };
}

/** Leaves nothing unknown: what no rule decides is empty. Within blocks, the SDK has what is not set empty too. */
function settled(
  { type, block }: Pick<Resource, "type" | "block">,
  { attributes }: { readonly attributes: ObjectValue },
  inBlock = false,
): ObjectValue {
  const done: Draft = {};
  for (const [name, { type: shape }] of attributesOf(block)) {
    const value = settledValue(shape, attributes[name] ?? null);
    done[name] = value === null && inBlock && !isOfFramework(type) ? empty(shape) : value;
  }
  for (const [name, { block: inner, nesting_mode }] of blocksOf(block)) {
    const value = attributes[name] ?? null;
    const within = (item: ObjectValue, inside: boolean): ObjectValue =>
      settled({ type, block: inner }, { attributes: item }, inside);
    if (isList(value)) done[name] = value.filter(isObject).map((item) => within(item, true));
    else done[name] = isObject(value) ? within(value, false) : nesting_mode === "single" ? null : [];
  }
  return done;
}

function settledValue(type: Type, value: Value): Value {
  if (isUnknown(value)) return empty(type);
  if (typeof type === "string") return value;
  if (isList(value) && type[0] !== "object") return value.map((item) => settledValue(type[1], item));
  if (!isObject(value)) return value;
  const member = (key: string): Type => (type[0] === "object" ? (type[1][key] ?? "string") : type[1]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settledValue(member(key), item)]));
}

function empty(type: Type): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type[0] === "list" || type[0] === "set") return [];
  if (type[0] === "map") return {};
  return Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, empty(member)]));
}

function checkReferences(account: Account, { refs }: Behaviour, planned: ObjectValue): void {
  for (const [path, kind] of Object.entries(refs ?? {})) {
    for (const { value } of valuesAt(planned, path)) {
      if (typeof value !== "string" || value === "") continue;
      const message = missing(account, kind, value);
      if (message !== undefined) throw new Refusal(message, path.split(/[.[]/)[0]);
    }
  }
}

/** Whether some other object names this one, and the cloud minds that. */
function heldBy(account: Account, resource: Resource, object: StoredObject): string | undefined {
  const kind = kindOf(collectionOf(resource));
  const message = kind === undefined ? undefined : heldMessage(kind, object.key);
  if (kind === undefined || message === undefined) return undefined;
  const names = behaviours().flatMap(([type, { refs, global, collection, partOf }]) =>
    Object.entries(refs ?? {})
      .filter(([, named]) => named === kind && partOf !== kind)
      .map(([path]) => ({ type: collection ?? type, path, global })),
  );
  const isNamed = names.some(({ type, path, global }) =>
    account.store
      .list(account.place(global), type)
      .some(
        (other) =>
          (other.type !== object.type || other.key !== object.key) &&
          !other.automatic &&
          valuesAt(other.attributes, path).some(({ value }) => value === object.key),
      ),
  );
  return isNamed ? message : undefined;
}
