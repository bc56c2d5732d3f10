import type { AttributeChange } from "../terraform/attributes.js";
import type { PlanClassifier } from "../terraform/classifier.js";

/** What a change of a resource is as far as its values are concerned. */
interface Valued {
  readonly type: string;
  readonly name: string;
  readonly attributes: readonly AttributeChange[];
  readonly madeWith?: readonly AttributeChange[];
}

/**
 * A change without the values that users write into variables, arguments, labels, health checks, files and tags: they may be
 * credentials. What changed is named; images, numbers and ports are shown as they are.
 */
export function withoutValues<T extends Valued>(change: T, { role }: PlanClassifier): T {
  const isRelease = role(change) === "release";
  const hide = <A extends AttributeChange>(attributes: readonly A[]): AttributeChange[] =>
    attributes.map((attribute) => withoutValue(attribute, isRelease));
  return {
    ...change,
    attributes: hide(change.attributes),
    ...(change.madeWith !== undefined && { madeWith: hide(change.madeWith) }),
  };
}

function withoutValue(attribute: AttributeChange, isRelease: boolean): AttributeChange {
  if (isRelease && /^content\b/.test(attribute.path)) return ofRelease(attribute);
  return isUsersTag(attribute.path) ? hidden(attribute) : attribute;
}

/** Parts of a service whose values are the user's texts. */
const TEXTS = /\.(?:environment|command|entrypoint|labels|healthcheck|configs|content)(?:$|[.[])/;

function ofRelease(attribute: AttributeChange): AttributeChange {
  const { inside, ...whole } = attribute;
  if (inside === undefined) return hidden(attribute);
  const shown = inside.map((one) =>
    TEXTS.test(one.path.replace(/^content\b/, "")) || isCompound(one) ? hidden(one) : one,
  );
  return { ...hidden(whole), sensitive: false, inside: shown };
}

/** A service that comes or goes does so as a whole, with all that it has. */
const isCompound = ({ before, after }: AttributeChange): boolean =>
  [before, after].some((value) => typeof value === "object" && value !== null && !isTexts(value));

/** Names of networks and the like. */
const isTexts = (value: object): boolean => Array.isArray(value) && value.every((one) => typeof one === "string");

/** Tags of the program's own; those of Lightfleet and the name say nothing that is secret. */
function isUsersTag(path: string): boolean {
  const name = /^(?:tags|tags_all|tag|default_tags)(?:\.([\w-]+)|\["?([^"\]]+)"?\])?/.exec(path);
  if (name === null) return false;
  const key = name[1] ?? name[2];
  return key === undefined || !(key === "Name" || key.startsWith("lightfleet:"));
}

function hidden({ before: _, after: __, inside: ___, ...attribute }: AttributeChange): AttributeChange {
  return { ...attribute, sensitive: true };
}
