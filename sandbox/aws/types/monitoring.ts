import { text } from "../../value.js";
import type { Behaviour } from "./resource-handler.js";
import { always, idOf, named, nameOf } from "./common.js";

const logGroup: Behaviour = {
  id: (scene) => nameOf(scene),
  duplicate: () => "ResourceAlreadyExistsException: The specified log group already exists",
  computed: {
    ...named,
    arn: (scene) => scene.account.arn("logs", `log-group:${idOf(scene)}`),
    log_group_class: always("STANDARD"),
  },
};

const alarm: Behaviour = {
  id: ({ draft }) => text(draft["alarm_name"]) ?? "",
  overwrites: true,
  computed: {
    arn: (scene) => scene.account.arn("cloudwatch", `alarm:${idOf(scene)}`),
    evaluate_low_sample_count_percentiles: always(""),
  },
};

export const monitoringTypes = {
  aws_cloudwatch_log_group: logGroup,
  aws_cloudwatch_metric_alarm: alarm,
} satisfies Record<string, Behaviour>;
