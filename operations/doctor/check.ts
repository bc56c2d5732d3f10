/** What was found of one thing that Lightfleet needs, or may need. */
export interface Check {
  readonly name: string;
  /** `missing` things may still not be needed: see `required`. */
  readonly status: "ok" | "missing";
  /** What there is, or what is wrong. */
  readonly detail: string;
  /** How to get it. */
  readonly hint?: string;
  /** Whether the sandbox does not work without it. */
  readonly required: boolean;
}
