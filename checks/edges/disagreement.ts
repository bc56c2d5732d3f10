/** A way that was declared and does not exist, or one that exists and was not declared. */
export interface Disagreement {
  readonly kind: "missing" | "extra";
  /** As in `cart -> redis:6379`. */
  readonly way: string;
  readonly why: string;
}
