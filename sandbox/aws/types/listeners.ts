import { CONDITION_VALUES } from "../../../providers/aws/limits/texts.js";
import { digest } from "../ids.js";
import { valuesAt } from "../../paths.js";
import type { Adjust } from "../../plan.js";
import { count, isList, isObject, isUnknown, objects, text, type ObjectValue, type Value } from "../../value.js";
import { tail } from "./arn.js";
import type { Behaviour, Scene } from "./resource-handler.js";
import { always, same } from "./common.js";

/** Actions are numbered in the order in which they stand. */
const numbered = (actions: Value | undefined): Value =>
  objects(actions).map((action, index) => ({
    ...action,
    order: isUnknown(action["order"]) || action["order"] === null ? index + 1 : (action["order"] ?? null),
  }));

/** What an action of each type is made of. */
const parts: { readonly [type: string]: readonly string[] } = {
  "authenticate-cognito": ["authenticate_cognito"],
  "authenticate-oidc": ["authenticate_oidc"],
  "fixed-response": ["fixed_response"],
  forward: ["target_group_arn", "forward"],
  redirect: ["redirect"],
};
/** What is there of another type of action. */
const foreign = (action: ObjectValue): string[] =>
  Object.entries(parts).flatMap(([type, names]) => (type === action["type"] ? [] : names));

const isNothing = (value: Value | undefined): boolean => (value ?? "") === "" || (isList(value) && value.length === 0);

/** The real provider plans no removal of what belongs to an action's former type: the plan shows it until it is applied. */
const keepForeign =
  (block: string): Adjust =>
  (draft, { prior }) => {
    const actions = draft[block];
    if (prior === null || !isList(actions)) return [];
    const before = objects(prior[block]);
    draft[block] = actions.map((action, index) => {
      if (!isObject(action)) return action;
      const kept = foreign(action).filter((name) => isNothing(action[name]) && !isNothing(before[index]?.[name]));
      return { ...action, ...Object.fromEntries(kept.map((name) => [name, before[index]?.[name] ?? null])) };
    });
    return [];
  };

/** What the cloud makes of it: an action has no parts of another type. */
const withoutForeign = (actions: Value | undefined): Value =>
  objects(actions).map((action) => ({
    ...action,
    ...Object.fromEntries(foreign(action).map((name) => [name, name === "target_group_arn" ? "" : []])),
  }));

const targets = (block: string): NonNullable<Behaviour["refs"]> => ({
  [`${block}[].target_group_arn`]: "targetGroup",
  [`${block}[].forward[].target_group[].arn`]: "targetGroup",
});

const listener: Behaviour = {
  id: ({ account, draft, seed }) =>
    account.arn(
      "elasticloadbalancing",
      `listener/${tail(draft["load_balancer_arn"], "loadbalancer/")}/${digest(seed, 16)}`,
    ),
  refs: { load_balancer_arn: "loadBalancer", ...targets("default_action") },
  refuse: ({ account, draft }) => {
    const port = count(draft["port"]);
    const twin = account
      .list("aws_lb_listener")
      .some(
        ({ attributes }) =>
          attributes["load_balancer_arn"] === draft["load_balancer_arn"] && attributes["port"] === port,
      );
    if (twin) return "DuplicateListener: A listener already exists on this port for this load balancer";
    const isSecure = draft["protocol"] === "HTTPS" || draft["protocol"] === "TLS";
    return isSecure && text(draft["certificate_arn"]) === undefined
      ? `ValidationError: A certificate must be specified for ${text(draft["protocol"]) ?? ""} listeners`
      : undefined;
  },
  computed: {
    arn: same("id"),
    protocol: always("HTTP"),
    ssl_policy: ({ draft }) =>
      draft["protocol"] === "HTTPS" || draft["protocol"] === "TLS" ? "ELBSecurityPolicy-2016-08" : "",
    tcp_idle_timeout_seconds: ({ draft }) => (draft["protocol"] === "TCP" ? 350 : null),
    routing_http_response_server_enabled: ({ draft }) =>
      draft["protocol"] === "HTTP" || draft["protocol"] === "HTTPS" ? true : null,
  },
  plan: keepForeign("default_action"),
  settle: ({ draft }) => {
    draft["default_action"] = withoutForeign(numbered(draft["default_action"]));
  },
  remove: (account, { key }) => {
    for (const rule of account.list("aws_lb_listener_rule"))
      if (rule.attributes["listener_arn"] === key) account.store.remove(account.place(), rule.type, rule.key);
  },
};

const rulesOf = ({ account, draft }: Scene): number[] =>
  account
    .list("aws_lb_listener_rule")
    .filter(({ attributes }) => attributes["listener_arn"] === draft["listener_arn"])
    .map(({ attributes }) => count(attributes["priority"]) ?? 0);

/** What a rule compares with. */
const CONDITIONS = [
  ...["host_header", "http_header", "http_request_method", "path_pattern", "source_ip"].map(
    (kind) => `condition[].${kind}[].values[]`,
  ),
  "condition[].query_string[]",
];

const rule: Behaviour = {
  id: ({ account, draft, seed }) =>
    account.arn(
      "elasticloadbalancing",
      `listener-rule/${tail(draft["listener_arn"], ":listener/")}/${digest(seed, 16)}`,
    ),
  refs: { listener_arn: "listener", ...targets("action") },
  refuse: (scene) => {
    const values = CONDITIONS.flatMap((path) => valuesAt(scene.draft, path));
    if (values.length > CONDITION_VALUES)
      return `TooManyConditionValues: A rule can only have '${CONDITION_VALUES}' condition values`;
    const priority = count(scene.draft["priority"]);
    return priority !== undefined && rulesOf(scene).includes(priority)
      ? `PriorityInUse: Priority '${priority}' is currently in use`
      : undefined;
  },
  computed: { arn: same("id"), priority: (scene) => Math.max(0, ...rulesOf(scene)) + 1 },
  plan: keepForeign("action"),
  settle: ({ draft }) => {
    draft["action"] = withoutForeign(numbered(draft["action"]));
  },
};

export const listenerTypes = { aws_lb_listener: listener, aws_lb_listener_rule: rule } satisfies Record<
  string,
  Behaviour
>;
