/** Terraform's expressions, as far as programs of ours write them: references, texts, numbers, lists, calls. */
export type Expression =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "text"; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: "reference"; readonly name: string; readonly steps: readonly Step[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  /** What is not read here: two of these are the same where their texts are. */
  | { readonly kind: "opaque"; readonly text: string };

export type Step = string | number;

class NotRead extends Error {}

/** Reads a template: text with `${…}` in it. A template that is one sequence alone keeps the sequence's type. */
export function parseTemplate(template: string): Expression {
  try {
    const parts = splitTemplate(template);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && typeof only !== "string") return only;
    return parts.every((part) => typeof part === "string")
      ? { kind: "value", value: parts.join("") }
      : { kind: "text", parts };
  } catch (error) {
    if (error instanceof NotRead) return { kind: "opaque", text: template };
    throw error;
  }
}

/** Where text of a template ends: an expression, a directive, or either with its sign doubled, which is text. */
const MARK = /\$\$\{|%%\{|\$\{|%\{/g;

function splitTemplate(template: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let plain = "";
  let at = 0;
  for (;;) {
    MARK.lastIndex = at;
    const mark = MARK.exec(template);
    plain += template.slice(at, mark?.index);
    if (mark === null) break;
    const [sign] = mark;
    at = mark.index + sign.length;
    if (sign.length === 3) plain += sign.slice(1);
    else if (sign === "%{") throw new NotRead();
    else {
      const reader = new Reader(template, at);
      const expression = reader.expression();
      reader.expect("}");
      if (plain !== "") parts.push(plain);
      plain = "";
      parts.push(expression);
      at = reader.at;
    }
  }
  if (plain !== "") parts.push(plain);
  return parts;
}

const NAME = /[A-Za-z_][\w-]*/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

class Reader {
  constructor(
    private readonly source: string,
    public at: number,
  ) {}

  expression(): Expression {
    this.space();
    const start = this.source[this.at];
    if (start === '"') return this.text();
    if (start === "[") return { kind: "list", items: this.sequence("[", "]") };
    const number = this.match(NUMBER);
    if (number !== undefined) return this.end({ kind: "value", value: Number(number) });
    const name = this.match(NAME);
    if (name === undefined) throw new NotRead();
    if (name === "true" || name === "false") return this.end({ kind: "value", value: name === "true" });
    if (name === "null") return this.end({ kind: "value", value: null });
    if (this.source[this.at] === "(") return this.end({ kind: "call", name, args: this.sequence("(", ")") });
    return this.end({ kind: "reference", name, steps: this.steps() });
  }

  expect(sign: string): void {
    this.space();
    if (!this.source.startsWith(sign, this.at)) throw new NotRead();
    this.at += sign.length;
  }

  private steps(): Step[] {
    const steps: Step[] = [];
    for (;;) {
      const sign = this.source[this.at];
      if (sign === ".") {
        this.at++;
        const step = this.match(NAME) ?? this.match(NUMBER);
        if (step === undefined) throw new NotRead();
        steps.push(/^\d+$/.test(step) ? Number(step) : step);
      } else if (sign === "[") {
        this.at++;
        const index = this.expression();
        this.expect("]");
        if (index.kind !== "value" || typeof index.value === "boolean" || index.value === null) throw new NotRead();
        steps.push(index.value);
      } else return steps;
    }
  }

  private text(): Expression {
    this.at++;
    const parts: (string | Expression)[] = [];
    let plain = "";
    for (;;) {
      const sign = this.source[this.at];
      if (sign === undefined) throw new NotRead();
      if (sign === '"') break;
      const three = this.source.slice(this.at, this.at + 3);
      if (sign === "\\") {
        const escaped = ESCAPES[this.source[this.at + 1] ?? ""];
        if (escaped === undefined) throw new NotRead();
        plain += escaped;
        this.at += 2;
      } else if (three === "$${" || three === "%%{") {
        plain += three.slice(1);
        this.at += 3;
      } else if (three.startsWith("%{")) throw new NotRead();
      else if (three.startsWith("${")) {
        this.at += 2;
        if (plain !== "") parts.push(plain);
        plain = "";
        parts.push(this.expression());
        this.expect("}");
      } else {
        plain += sign;
        this.at++;
      }
    }
    this.at++;
    if (plain !== "") parts.push(plain);
    const all: Expression = parts.every((part) => typeof part === "string")
      ? { kind: "value", value: parts.join("") }
      : { kind: "text", parts };
    return this.end(all);
  }

  private sequence(open: string, close: string): Expression[] {
    this.expect(open);
    const items: Expression[] = [];
    for (;;) {
      this.space();
      if (this.source[this.at] === close) break;
      items.push(this.expression());
      this.space();
      if (this.source[this.at] === ",") this.at++;
      else if (this.source[this.at] !== close) throw new NotRead();
    }
    this.at++;
    return items;
  }

  /** Operators, splats and the like are not read. */
  private end(expression: Expression): Expression {
    this.space();
    const next = this.source[this.at];
    if (next === undefined || next === "}" || next === "," || next === ")" || next === "]") return expression;
    throw new NotRead();
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.source) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private space(): void {
    while (/\s/.test(this.source[this.at] ?? "")) this.at++;
  }
}
