import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import type { Value } from "../model/schema.js";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * A text of the user's as the model keeps it: what holds a cdktf token becomes a Terraform template, all else stays as it is.
 * @param scope a construct of the stack that the value is used in
 */
export function toValue(scope: IConstruct, text: string): Value {
  if (!Token.isUnresolved(text)) return text;
  return { terraform: String(Tokenization.resolve(text, { scope, resolver, preparing: true })) };
}
