/** A reference to another resource's attribute, written as Terraform writes it: it may stand wherever a value may. */
export type Ref = `\${${string}}`;

export type Numeric = number | Ref;
export type Bool = boolean | Ref;
export type List = readonly string[] | Ref;
export type NumberList = readonly number[] | Ref;
export type StringMap = Readonly<Record<string, string>> | Ref;

/** An attribute, or a path that starts in one: `names[0]`, `certificate_authority[0].data`. */
export type Path<Attribute extends string> = Attribute | `${Attribute}[${string}` | `${Attribute}.${string}`;
