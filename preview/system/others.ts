import type { EdgeModel, GatewayModel, Model } from "../../model/schema.js";
import { hostText } from "../references.js";
import type { Change } from "../schema.js";
import { attribute, keysChanged, names, same } from "../values.js";

type Subject = Pick<Change, "id" | "kind" | "what">;

const change = (subject: Subject, action: Change["action"], more: Partial<Change>): Change => ({
  ...subject,
  action,
  weight: "plain",
  stateful: false,
  attributes: [],
  why: [
    action === "add"
      ? "new in the program"
      : action === "remove"
        ? "no longer in the program"
        : "changed in the program",
  ],
  effect: [],
  marks: action === "remove" ? ["destroys"] : action === "add" ? ["adds"] : [],
  ...more,
});

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

/** Gateways and their routes: the way in from outside. */
export function gatewayChanges(base: Model, head: Model): Change[] {
  const before = new Map(base.gateways.map((gateway) => [gateway.id, gateway]));
  const after = new Map(head.gateways.map((gateway) => [gateway.id, gateway]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap((id) => [
    ...gatewayChange(id, before.get(id), after.get(id)),
    ...routeChanges(id, before.get(id), after.get(id)),
  ]);
}

function gatewayChange(id: string, was: GatewayModel | undefined, now: GatewayModel | undefined): Change[] {
  const subject: Subject = { id: `gateway:${id}`, kind: "gateway", what: `gateway ${id}` };
  if (was === undefined && now !== undefined) {
    const open = !now.internal;
    return [
      change(subject, "add", {
        weight: open ? "warning" : "plain",
        effect: [
          `a load balancer, ${open ? "reachable from everywhere" : "reachable within the network"}, ${now.certificate === null ? "without TLS" : "with TLS"}`,
        ],
        marks: ["adds", ...(open ? ["opens-public"] : [])],
      }),
    ];
  }
  if (was !== undefined && now === undefined)
    return [
      change(subject, "remove", {
        weight: "danger",
        effect: ["its address is gone, and nothing comes in by it"],
        marks: ["destroys", "downtime"],
      }),
    ];
  if (was === undefined || now === undefined) return [];
  const attributes = [
    ...attribute("internal", was.internal, now.internal),
    ...(same(was.certificate, now.certificate)
      ? []
      : [
          {
            name: "certificate",
            before: was.certificate === null ? null : "set",
            after: now.certificate === null ? null : was.certificate === null ? "set" : "set anew",
          },
        ]),
    ...attribute("hosts", was.hosts, now.hosts),
  ];
  if (attributes.length === 0) return [];
  const replaced = was.internal !== now.internal;
  const opens = was.internal && !now.internal;
  const bare = was.certificate !== null && now.certificate === null;
  return [
    change(subject, replaced ? "replace" : "change", {
      weight: replaced || bare ? "danger" : "plain",
      attributes,
      why: [`${names(attributes.map(({ name }) => name))} changed`],
      effect: [
        ...(replaced
          ? ["a load balancer with another address takes its place: the old address is gone"]
          : ["no service is touched"]),
        ...(opens ? ["it is reachable from everywhere"] : []),
        ...(bare ? ["what comes in is no longer encrypted"] : []),
      ],
      marks: [
        ...(replaced ? ["replaces", "downtime"] : []),
        ...(opens ? ["opens-public"] : []),
        ...(bare ? ["loses-tls"] : []),
      ],
    }),
  ];
}

function routeChanges(id: string, was: GatewayModel | undefined, now: GatewayModel | undefined): Change[] {
  const routes = (gateway: GatewayModel | undefined) =>
    new Map((gateway?.routes ?? []).map(({ path, service, port }) => [path, `${service}:${port}`] as const));
  const [before, after] = [routes(was), routes(now)];
  const open = now !== undefined && !now.internal;
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path): Change[] => {
    const [from, to] = [before.get(path), after.get(path)];
    if (from === to) return [];
    const subject: Subject = { id: `route:${id}${path}`, kind: "route", what: `route ${path} of ${id}` };
    const action = from === undefined ? "add" : to === undefined ? "remove" : "change";
    const attributes = [{ name: "to", before: from ?? null, after: to ?? null }];
    return [
      change(subject, action, {
        weight: action === "remove" || (action === "add" && open) ? "warning" : "plain",
        attributes,
        effect: [
          to === undefined
            ? `requests for ${path} no longer reach ${from}`
            : `requests for ${path} reach ${to}${open ? ", from everywhere" : ""}`,
        ],
        marks: [
          ...(action === "remove" ? ["destroys"] : action === "add" ? ["adds"] : []),
          ...(open && action !== "remove" ? ["opens-public"] : []),
        ],
      }),
    ];
  });
}

/** Secrets, volumes, and the cluster itself. */
export function otherChanges(base: Model, head: Model): Change[] {
  return [...secretChanges(base, head), ...volumeChanges(base, head), ...clusterChanges(base, head)];
}

function secretChanges(base: Model, head: Model): Change[] {
  const [before, after] = [
    new Map(base.secrets.map((one) => [one.id, one])),
    new Map(head.secrets.map((one) => [one.id, one])),
  ];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id): Change[] => {
    const [was, now] = [before.get(id), after.get(id)];
    if (same(was, now)) return [];
    const subject: Subject = { id: `secret:${id}`, kind: "secret", what: `secret ${id}` };
    const users = (model: Model): string[] =>
      model.services.filter(({ secrets }) => Object.values(secrets).includes(id)).map((one) => one.id);
    const action = was === undefined ? "add" : now === undefined ? "remove" : "change";
    const by = users(now === undefined ? base : head);
    return [
      change(subject, action, {
        attributes:
          was && now ? [...attribute("from", was.from, now.from), ...attribute("name", was.name, now.name)] : [],
        weight: action === "remove" ? "warning" : "plain",
        effect: [
          action === "change"
            ? `read from another place${by.length > 0 ? `: ${names(by)} start anew where its value differs` : ""}`
            : by.length > 0
              ? `for ${names(by)}`
              : "no service has it",
        ],
      }),
    ];
  });
}

function volumeChanges(base: Model, head: Model): Change[] {
  const [before, after] = [
    new Map(base.volumes.map((one) => [one.id, one])),
    new Map(head.volumes.map((one) => [one.id, one])),
  ];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id): Change[] => {
    const [was, now] = [before.get(id), after.get(id)];
    if (same(was, now)) return [];
    const subject: Subject = { id: `volume:${id}`, kind: "volume", what: `volume ${id}` };
    if (was === undefined)
      return [
        change(subject, "add", {
          stateful: true,
          effect: [now?.kind === "shared" ? "a file system for all VMs" : "a directory on each VM that mounts it"],
        }),
      ];
    const shared = was.kind === "shared";
    const lost = shared
      ? "DATA LOSS: the file system is deleted with all that is in it"
      : "its data stays on the disks of VMs until they are replaced, and has no name any more";
    const gone = {
      stateful: true,
      weight: shared ? "danger" : "warning",
      effect: [lost],
      marks: ["destroys", "stateful", ...(shared ? ["data-loss"] : [])],
    } as const;
    if (now === undefined)
      return [change(subject, "remove", { ...gone, effect: [...gone.effect], marks: [...gone.marks] })];
    return [
      change(subject, "replace", {
        ...gone,
        effect: [...gone.effect],
        weight: "danger",
        marks: ["replaces", "stateful", ...(shared ? ["data-loss"] : [])],
        attributes: attribute("kind", was.kind, now.kind),
        why: ["it becomes another kind of volume; nothing is copied"],
      }),
    ];
  });
}

function clusterChanges(base: Model, head: Model): Change[] {
  const [from, to] = [base.platform, head.platform];
  const hard = [
    ...attribute("region", from.region, to.region),
    ...attribute("cidr", from.cidr, to.cidr),
    ...attribute("account", base.account, head.account, (value) => (value === null ? null : "set")),
  ];
  const soft = [
    ...attribute("zones", from.zones, to.zones),
    ...attribute("nat", from.nat, to.nat),
    ...attribute("peers", from.peers, to.peers),
    ...attribute("production", base.production, head.production),
    ...attribute("control.runsServices", base.control.runsServices, head.control.runsServices),
    ...keysChanged("tags", base.tags, head.tags),
  ];
  const attributes = [...hard, ...soft];
  if (attributes.length === 0) return [];
  return [
    change(
      { id: `cluster:${head.cluster}`, kind: "cluster", what: `cluster ${head.cluster}` },
      hard.length > 0 ? "replace" : "change",
      {
        weight: hard.length > 0 ? "danger" : "plain",
        stateful: hard.length > 0,
        attributes,
        why: [`${names(attributes.map(({ name }) => name))} changed`],
        effect:
          hard.length > 0
            ? ["the whole cluster is made anew, its network first: nothing of it stays"]
            : attributes.every(({ name }) => name.startsWith("tags."))
              ? ["all its resources are tagged anew; VMs are replaced, since they are tagged as they are made"]
              : ["see the resources"],
        marks: hard.length > 0 ? ["replaces", "stateful", "downtime", "data-loss"] : [],
      },
    ),
  ];
}
