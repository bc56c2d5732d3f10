import type { EdgeModel, Model } from "../../model/schema.js";
import { hostText } from "../references.js";
import type { Change } from "../schema.js";
import { change, type Subject } from "./change.js";

/** Edges that are opened and closed: what may talk to what. */
export function edgeChanges(base: Model, head: Model): Change[] {
  const [before, after] = [edgesOf(base), edgesOf(head)];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key): Change[] => {
    const [was, now] = [before.get(key), after.get(key)];
    const one = now ?? was;
    if (one === undefined || (was !== undefined && now !== undefined)) return [];
    const { from, to, port, outside } = one;
    const subject: Subject = { id: `edge:${key}`, kind: "edge", what: `edge ${from} -> ${to}:${port}` };
    return now !== undefined
      ? [
          change(subject, "add", {
            weight: outside ? "warning" : "plain",
            effect: [`${from} may reach ${to} on ${port}${outside ? ", outside of the cluster" : ""}`],
            marks: ["opens-edge", ...(outside ? ["opens-outside"] : [])],
          }),
        ]
      : [
          change(subject, "remove", {
            effect: [`${from} can reach ${to} on ${port} no longer`],
            marks: ["closes-edge"],
          }),
        ];
  });
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly outside: boolean;
}

/** The edges of a model by who, whom and on which port: under what variable does not matter to the network. */
export function edgesOf({ services }: Model): Map<string, Edge> {
  return new Map(
    services.flatMap(({ id, uses }) =>
      uses.map((edge): [string, Edge] => {
        const to = target(edge);
        return [`${id}/${to}:${edge.port}`, { from: id, to, port: edge.port, outside: "host" in edge.to }];
      }),
    ),
  );
}

const target = ({ to }: EdgeModel): string => ("service" in to ? to.service : hostText(to.host));
