import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import type { Value } from "../model/schema.js";
import { literalTemplate } from "../model/template.js";

const resolver = new DefaultTokenResolver(new StringConcat());

/** A cdktf token within a text, as cdktf writes it there. */
const TOKEN = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;

/**
 * A text of the user's as the model keeps it: what holds a cdktf token becomes a Terraform template, in which all around
 * the token stands for itself; all else stays as it is.
 * @param scope a construct of the stack that the value is used in
 */
export function toValue(scope: IConstruct, text: string): Value {
  if (!Token.isUnresolved(text)) return text;
  const resolve = (part: string): string => String(Tokenization.resolve(part, { scope, resolver, preparing: true }));
  const parts = text.split(TOKEN);
  const isToken = (index: number): boolean => index % 2 === 1;
  const template = parts.map((part, index) =>
    isToken(index) ? resolve(part) : literalTemplate(part, index + 1 < parts.length),
  );
  return { terraform: template.join("") };
}
