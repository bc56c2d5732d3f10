import type { Relocated } from "../../terraform/summary.js";
import { isList, isObject, text, type ObjectValue, type Value } from "../value.js";
import type { Declared, Document } from "./document.js";
import { move } from "./moves.js";

/** A program, and what a provider block of it says with its expressions worked out. */
export interface Caring {
  readonly document: Document;
  readonly provider: (key: string) => ObjectValue;
}

/** What the engine looks after otherwise than before, whatever becomes of its arguments. */
export interface Care {
  /** Addresses of what 'prevent_destroy' guarded before, and does not any more. */
  readonly unguarded: readonly string[];
  /** What has its provider in another region or account: it is not found there. */
  readonly elsewhere: readonly Relocated[];
}

/** Compares how both programs have their resources looked after; what the cluster's own provider has is compared by the cluster. */
export function compareCare(before: Caring, after: Caring): Care {
  const managed = [...before.document.declared].filter(([, { mode }]) => mode === "managed");
  const objects = new Map(managed);
  move(objects, after.document);
  const pairs = [...objects].flatMap(([address, was]) => {
    const now = after.document.declared.get(address);
    return now === undefined ? [] : [{ address, was, now }];
  });
  return {
    unguarded: pairs.filter(({ was, now }) => was.guarded && !now.guarded).map(({ address }) => address),
    elsewhere: pairs.flatMap(({ address, was, now }) => {
      if (was.provider === now.provider && isDefault(now)) return [];
      const [from, to] = [placesOf(before.provider(was.provider)), placesOf(after.provider(now.provider))];
      const kinds = GLOBAL.test(now.type) ? (["account"] as const) : (["account", "region"] as const);
      // What one side does not say may be the same.
      const differing = kinds.filter(
        (kind) => from[kind] !== undefined && to[kind] !== undefined && from[kind] !== to[kind],
      );
      const [kind] = differing;
      return kind === undefined ? [] : [{ address, from: from[kind] ?? "", to: to[kind] ?? "" }];
    }),
  };
}

/** The provider block without an alias. */
const isDefault = ({ provider }: Declared): boolean => !provider.includes(".");

/** What is the same from all regions. */
const GLOBAL = /^aws_(iam|route53|cloudfront|organizations|globalaccelerator|budgets|shield)_/;

/** Where a provider works, as far as its block says so. */
function placesOf(config: ObjectValue): { readonly account: string | undefined; readonly region: string | undefined } {
  const [role] = listed(config["assume_role"]);
  const [allowed] = listed(config["allowed_account_ids"]);
  const account = text(isObject(role) ? role["role_arn"] : undefined)?.split(":")[4] ?? text(allowed);
  return { account: account === undefined ? undefined : `account ${account}`, region: text(config["region"]) };
}

const listed = (value: Value | undefined): readonly Value[] =>
  isList(value) ? value : value === undefined ? [] : [value];
