import { describe, expect, test } from "vitest";
import { imageOf } from "../../bin/render/images-of.js";
import { showOutputs } from "../../bin/render/outputs.js";
import { showStatus } from "../../bin/render/status.js";
import type { ClusterStatus } from "../../commands/status.js";
import { recordingTerminal } from "./recording-terminal.js";

test("fleets, gateways and services are aligned", () => {
  const terminal = recordingTerminal();
  const fleet = { machine: "t4g.small", desired: 3, running: 3, instances: [] };
  showStatus(
    [
      {
        ...{ id: "shop", deployed: true, objects: 61 },
        fleets: [
          { ...fleet, id: "control", role: "control", spot: 0, zones: { "eu-west-1a": 1 } },
          { ...fleet, id: "edge", role: "worker", spot: 2, zones: { "eu-west-1a": 2, "eu-west-1b": 1 } },
        ],
        gateways: [
          {
            id: "public",
            internal: false,
            url: "http://lb",
            routes: [{ path: "/", service: "web", port: 80, targets: ["i-1"] }],
          },
          { id: "ops", internal: true, url: null, routes: [] },
        ],
        services: [
          { id: "web", image: "web:1\u001b[2J", replicas: 2, on: ["edge"] },
          { id: "agent", image: "agent:1", replicas: "everywhere", on: ["edge", "core"] },
        ],
        simulated: true,
      },
    ],
    terminal,
  );
  expect(terminal.results).toEqual([
    "shop: 2 fleets, 6 VMs",
    "fleets",
    "  control  t4g.small  3/3 running           eu-west-1a:1               managers",
    "  edge     t4g.small  3/3 running (2 spot)  eu-west-1a:2 eu-west-1b:1",
    "gateways",
    "  public  http://lb",
    "    /  web:80  1 VM",
    "  ops  (no load balancer)  internal",
    "services (as declared)",
    "  web    × 2       web:1    on edge",
    "  agent  every VM  agent:1  on edge, core",
  ]);
});

describe("a cluster in an account", () => {
  const live = { state: "InService", healthy: true, template: "6", image: null, launched: null };
  const instance = {
    ...{ id: "i-0c11a000000000000", zone: "eu-west-1a", privateAddress: "10.0.65.12", machine: "m7g.large" },
    ...({ lifecycle: "on-demand", live } as const),
  };
  const refresh = { state: "InProgress", percent: 66 };
  const running = { tasks: 1, desired: 2, places: {} };
  const shop: ClusterStatus = {
    ...{ id: "shop", deployed: true, objects: 3, simulated: false },
    fleets: [
      {
        ...{ id: "core", role: "worker", machine: "m7g.large", desired: 3, running: 3, spot: 0 },
        zones: { "eu-west-1a": 1, "eu-west-1b": 1, "eu-west-1c": 1 },
        instances: [instance],
        group: { min: 3, max: 9, desired: 3, healthy: 3, template: "7", outdated: 1, refresh },
      },
    ],
    gateways: [
      {
        ...{ id: "public", internal: false, url: `http://${"shop-public-1".repeat(4)}.elb.amazonaws.com` },
        routes: [
          {
            ...{ path: "/", service: "web", port: 80, targets: [] },
            health: { healthy: 2, unhealthy: 0, other: 0, reasons: [] },
          },
        ],
      },
    ],
    services: [
      {
        ...{ id: "web", image: "registry.example.com/acme/shop/web:1.8.2", replicas: 2, on: ["core"] },
        running: { ...running, state: "failing", error: "exit 137" },
      },
      {
        ...{ id: "ads", image: `registry.example.com/${"acme/".repeat(8)}ads:1.0.1`, replicas: 2, on: ["core"] },
        running: { ...running, state: "running", tasks: 2 },
      },
    ],
  };
  const shown = (width: number, height?: number): string[] => {
    const terminal = recordingTerminal({ width });
    showStatus([shop], terminal, height);
    return terminal.results;
  };

  test("keeps on a narrow terminal what somebody wants to know", () => {
    expect(shown(72)).toEqual([
      "shop: 1 fleet, 1 VM, 1 healthy",
      "fleets",
      "  ◐ core  3/3 running  3 healthy  1 of another template, refresh InProg…",
      "VMs",
      "  ◐ i-0c11a000000000000  core  InService, healthy, template 6",
      "gateways",
      `  ● public  http://${"shop-public-1".repeat(4)}…`,
      "  ●   /     web:80  2 healthy",
      "services (nothing told yet)",
      "  ✖ web  × 2  failing 1/2  exit 137 (web:1.8.2)",
      "  ● ads  × 2  running 2/2  ads:1.0.1",
    ]);
    expect(Math.max(...shown(40).map(({ length }) => length))).toBeLessThanOrEqual(40);
  });

  test("says that nothing is known of drift where no state is at hand", () => {
    const change = [{ on: "core", what: "desired", from: "3", to: "2" }];
    const told = (drift: [] | null, more = {}): string[] => {
      const terminal = recordingTerminal({ width: 100 });
      showStatus([{ ...shop, differences: { change, drift, ...more } }], terminal);
      return terminal.results.slice(-3);
    };
    const row = "  ◐ core  desired  3 -> 2";
    expect(told(null)).toEqual([
      ...["what was declared at the last synth differs from what is there", row],
      "drift: not known here ('lightfleet diff' prepares it)",
    ]);
    expect(told(null, { unread: "the state in s3://acme/shop cannot be read" }).at(-1)).toBe(
      "drift: not known here (the state in s3://acme/shop cannot be read)",
    );
    expect(told([]).slice(1)).toEqual(["change: declared at the last synth, and not deployed yet", row]);
  });

  test.each([
    ["nginx:1.29.2", {}, "nginx:1.29.2"],
    ["nginx:1.29.2", { image: "nginx:1.29.2" }, "nginx:1.29.2"],
    ["nginx:1@sha256:aa", { image: "nginx:1", wanted: "nginx:1@sha256:aa" }, "nginx:1@sha256:aa"],
    ["nginx:1.29.2", { image: "nginx:1.29.1", wanted: "nginx:1.29.2" }, "nginx  runs 1.29.1, wanted 1.29.2"],
    ["nginx:1.29.3", { image: "nginx:1.29.2", wanted: "nginx:1.29.2" }, "nginx:1.29.2"],
    ["nginx:1.29.3", { image: "nginx:1.29.2" }, "nginx:1.29.2"],
    ["r:5000/web:2", { image: "r:5000/web:1", wanted: "r:5000/web:2@sha256:b" }, "r:5000/web  runs 1, wanted 2"],
    ["web", { image: "r:5000/web", wanted: "web" }, "runs r:5000/web, wanted web"],
  ])("%s, of which is told %j, is shown as %s", (image, told, shown) => {
    const service = { id: "web", image, replicas: 1, on: ["core"], running: { ...running, state: "running", ...told } };
    expect(imageOf(service)).toBe(shown);
  });

  test("has all columns where there is room, and one screen where that is asked for", () => {
    expect(shown(120)).toContain(
      "  ◐ core  m7g.large  3/3 running  3 healthy  a:1 b:1 c:1  template 7  1 of another template, refresh InProgress 66 %",
    );
    expect(shown(120, 10)).toEqual([
      ...["shop: 1 fleet, 1 VM, 1 healthy", "fleets", expect.stringMatching(/core/)],
      ...["VMs", expect.stringMatching(/i-0c11a/), "gateways", "  … 2 more, all well"],
      ...["services (nothing told yet)", expect.stringMatching(/✖ web/), expect.stringMatching(/● ads/)],
    ]);
  });
});

test("outputs are shown whole, sensitive ones without their value", () => {
  const terminal = recordingTerminal({ width: 40 });
  const url = `http://${"x".repeat(60)}`;
  showOutputs(
    { url: { sensitive: false, value: url }, key: { sensitive: true }, ids: { sensitive: false, value: [1] } },
    terminal,
  );
  expect(terminal.results).toEqual(["outputs", `  url  ${url}`, "  key  (sensitive)", "  ids  [1]"]);
  showOutputs({}, terminal);
  expect(terminal.results).toHaveLength(4);
});

test("80 columns show the state of each service in the sandbox, whatever the names are", () => {
  const terminal = recordingTerminal({ width: 80 });
  const places = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`a-fleet-with-a-long-name/${i + 1}`, 1]));
  const running = { state: "pending", tasks: 9, desired: 12, places };
  const image = "registry.example.com/acme/department/a-service-with-a-long-name:1.2.3";
  const services = [{ id: "a".repeat(40), replicas: 12, image, on: ["a-fleet-with-a-long-name", "edge"], running }];
  const empty = { fleets: [], gateways: [], objects: 3, simulated: true };
  showStatus([{ id: "shop", deployed: true, ...empty, services }], terminal);
  expect(terminal.results.at(-1)).toContain("pending 9/12");
  expect(terminal.results.every((line) => line.length <= 80)).toBe(true);
});
