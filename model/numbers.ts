import { INGRESS, ingressRange } from "./ingress.js";
import { networkRanges } from "./network-ranges.js";
import { sortedRecord } from "./order.js";
import { boundPorts, publishedPorts } from "./published-ports.js";
import { routePriorities, ruledPaths } from "./route-priorities.js";
import type { Model, NumbersModel } from "./schema.js";

export const NO_NUMBERS: NumbersModel = { ports: {}, priorities: {}, networks: {} };

/**
 * All numbers of a model: what was noted of it stays, and what is new gets a number that nothing has, or had.
 * @param model `numbers` are what was noted, of things that are not there any more too
 */
export function assignNumbers(model: Model): NumbersModel {
  const bound = boundPorts(model);
  const ingress = ingressRange(model);
  return {
    ports: recordOf([...publishedPorts(model)].filter(([key]) => !bound.has(key))),
    priorities: recordOf(
      model.gateways.flatMap((gateway) => {
        const given = routePriorities(ruledPaths(gateway), model.numbers.priorities[gateway.id]);
        return given.size > 0 ? [[gateway.id, recordOf([...given])] as const] : [];
      }),
    ),
    networks: recordOf([...networkRanges(model), ...(ingress === undefined ? [] : [[INGRESS, ingress] as const])]),
  };
}

const recordOf = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  sortedRecord(Object.fromEntries(entries));
