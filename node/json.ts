/** A value that only Terraform knows, within a document that is otherwise plain: a template such as `${aws_lb.x.dns_name}`. */
export class Hole {
  /** @param raw whether Compose does not read it, so that its `$` stay single */
  constructor(
    readonly template: string,
    readonly raw = false,
  ) {}
}

/** A JSON document that may have holes. */
export type Json = string | number | boolean | null | Hole | readonly Json[] | { readonly [key: string]: Json };
