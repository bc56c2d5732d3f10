import { text, type Value } from "../../value.js";

/** What follows a part of an ARN: of the ARN of a load balancer, `app/shop/0a1b2c3d4e5f6071` after `loadbalancer/`. */
export const tail = (arn: Value | undefined, separator: string): string =>
  (text(arn) ?? "").split(separator).slice(1).join(separator);
