import type { Exposure } from "../../../terraform/classifier.js";
import type { ResourceChange } from "../../../terraform/plan-schema.js";
import { groupOf, newlyOpen, openingsOf, type Opening } from "./security-rules.js";
import { type Fields, isRecord } from "../../../lib/records.js";

/** What each change of a plan opens to everybody that was not open before, by it or by another rule of the same group. */
export function exposures(changes: readonly ResourceChange[]): (change: ResourceChange) => Exposure[] {
  const groups = new Map<string, Opening[]>();
  const stay = new Set<string>();
  for (const { type, change } of changes) {
    const [before, after] = [groupOf(type, change.before), groupOf(type, change.after)];
    if (before !== undefined) groups.set(before, [...(groups.get(before) ?? []), ...openingsOf(type, change.before)]);
    if (after !== undefined && after === before) stay.add(after);
  }
  const guarded = guardsAfter(changes);
  return (raw) => {
    const { type, change } = raw;
    const [before, after] = [groupOf(type, change.before), groupOf(type, change.after)];
    // What belongs to another group from now on opens that.
    const same = before === after || (after === undefined && before !== undefined && !stay.has(before));
    const was = [...(same ? openingsOf(type, change.before) : []), ...(groups.get(after ?? "") ?? [])];
    return [...newlyOpen(was, openingsOf(type, afterOf(raw))), ...guardGone(raw, changes, guarded)];
  };
}

/** What it is afterwards, with what is not known yet as it is written. */
const afterOf = ({ change, written }: ResourceChange): unknown =>
  isRecord(change.after) ? { ...written, ...change.after } : change.after;

/** Resources that keep the public out, whatever else allows it, and whose they are. */
const GUARDS: Readonly<Record<string, string>> = {
  aws_s3_bucket_public_access_block: "the bucket's guard against public access goes",
  aws_s3_account_public_access_block: "the account's guard against public access goes",
};
const FLAGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** What guards hold for afterwards: by type and bucket, which of the flags are set. */
function guardsAfter(changes: readonly ResourceChange[]): Map<string, Set<string>> {
  const guarded = new Map<string, Set<string>>();
  for (const { type, change } of changes)
    if (type in GUARDS && isRecord(change.after)) guarded.set(guardOf(type, change.after), flagsOf(change.after));
  return guarded;
}

/** A guard that goes, or is turned off, while what it guards stays. */
function guardGone(
  { type, change }: ResourceChange,
  changes: readonly ResourceChange[],
  guarded: ReadonlyMap<string, ReadonlySet<string>>,
): Exposure[] {
  const text = GUARDS[type];
  const before = change.before;
  if (text === undefined || !isRecord(before) || change.actions[0] === "forget") return [];
  const after = isRecord(change.after) ? flagsOf(change.after) : guarded.get(guardOf(type, before));
  const bucket = before["bucket"];
  const ends = changes.some(
    (other) =>
      other.type === "aws_s3_bucket" &&
      other.change.actions.join() === "delete" &&
      isRecord(other.change.before) &&
      other.change.before["bucket"] === bucket,
  );
  const isOff = [...flagsOf(before)].some((flag) => after?.has(flag) !== true);
  return !ends && isOff ? [{ text, isStatement: true, isWide: false }] : [];
}

const guardOf = (type: string, value: Fields): string => `${type} ${String(value["bucket"])}`;
const flagsOf = (value: Fields): Set<string> => new Set(FLAGS.filter((flag) => value[flag] === true));
