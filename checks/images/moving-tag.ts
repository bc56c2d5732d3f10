/** Words that name whatever is newest of something, and not a version. */
const CHANNELS =
  /^(latest|nightly|edge|stable|mainline|main|master|trunk|dev|develop|development|head|tip|canary|next|beta|alpha|rc|preview|lts|current|rolling|unstable|testing|snapshot|weekly|daily|staging|prod|production)(?![a-z])/i;

/** Distributions, with or without their own version: what is built on them moves all the same. */
const BASES =
  /^(alpine|debian|ubuntu|bookworm|bullseye|buster|trixie|jammy|noble|focal|slim|distroless|ubi|busybox|scratch|windowsservercore|management|perl|fpm|apache|cli)[\d.]*(-|$)/i;

/** A day, a run of digits or a commit makes a build of its own: `nightly-20260102`, `main-1a2b3c4`. */
const BUILD = /\d{6,}|\d{4}-\d{2}-\d{2}|(^|[-_.])(?=[0-9a-f]*\d)[0-9a-f]{7,40}($|[-_.])/i;

const VERSION = /(^|[-_.])v?\d+(\.\d+)/i;

/**
 * Whether a tag names no version, so that it is pushed again for each: `latest`, `nightly`, `alpine`, `stable-alpine3.20`, `main`. A tag of a
 * major version alone (`16`) moves too, but within what its users count on.
 */
export function isMovingTag(tag: string): boolean {
  if (BUILD.test(tag)) return false;
  const rest = CHANNELS.test(tag) ? tag.replace(CHANNELS, "").replace(/^[-_.]/, "") : tag;
  if (rest !== tag) return rest === "" || BASES.test(rest) || !VERSION.test(rest);
  return BASES.test(tag) || !/\d/.test(tag);
}
