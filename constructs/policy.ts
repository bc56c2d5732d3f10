import type { PolicyRule, PrivilegeKind } from "../model/policy.js";

/** A rule over what a change does, for {@link App.preview}. */
export type PreviewRule = PolicyRule;

/** A change that may pass although a rule is against it. */
export interface PreviewAcceptance {
  /** The rule that is passed over, as in `replaces("stateful")`. */
  readonly rule: PreviewRule;
  /**
   * Id of the fleet, service, volume or gateway, address of the resource, `public/orders` of a route or `api/db:5432` of an edge.
   * @default whatever the rule is against
   */
  readonly on?: string;
  /** Why it may pass: every preview shows it. */
  readonly reason: string;
}

/** Options of {@link App.preview}. */
export interface PreviewOptions {
  /** What blocks a change. */
  readonly block: readonly PreviewRule[];
  /** What may pass all the same. @default nothing */
  readonly accept?: readonly PreviewAcceptance[];
}

/**
 * Against replacements of what holds data (`"stateful"`), of all (`"any"`), of a kind of thing (`"fleet"`), or of one by its id.
 */
export const replaces = (of: string = "any"): PreviewRule => ({ rule: "replaces", of });

/** Against removals, of the same as {@link replaces}. */
export const destroys = (of: string = "any"): PreviewRule => ({ rule: "destroys", of });

/** Against ways that are opened: from everywhere (`"public"`), to hosts outside (`"outside"`), or any edge (`"any"`). */
export const opensEdge = (to: "public" | "outside" | "any" = "any"): PreviewRule => ({ rule: "opensEdge", of: to });

/** Against times in which something does not run, or the managers' quorum is at risk; of the same as {@link replaces}. */
export const interrupts = (of: string = "any"): PreviewRule => ({ rule: "interrupts", of });

/** Against the loss of data; of the same as {@link replaces}. */
export const losesData = (of: string = "any"): PreviewRule => ({ rule: "losesData", of });

/**
 * Against a rise of what containers may do or read: of one kind (`"capabilities"`, `"root"`, a `"writable"` root file system, an image of
 * another `"registry"` or owner, another `"secret"` or source of one, a `"host-port"`), of all (`"any"`), or of one service or secret by its id.
 */
export const raisesPrivilege = (of: PrivilegeKind | "any" | (string & {}) = "any"): PreviewRule => ({
  rule: "raisesPrivilege",
  of,
});
