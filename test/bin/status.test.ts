import { expect, test } from "vitest";
import { showOutputs } from "../../bin/render/outputs.js";
import { showStatus } from "../../bin/render/status.js";
import { recordingTerminal } from "./recording-terminal.js";

test("fleets, gateways and services are aligned", () => {
  const terminal = recordingTerminal();
  const fleet = { machine: "t4g.small", desired: 3, running: 3, instances: [] };
  showStatus(
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
    terminal,
  );
  expect(terminal.results).toEqual([
    "shop: 61 objects",
    "fleets",
    "  control  t4g.small  3/3 running           eu-west-1a:1               managers",
    "  edge     t4g.small  3/3 running (2 spot)  eu-west-1a:2 eu-west-1b:1",
    "gateways",
    "  public  http://lb",
    "    /  web:80  1 VM",
    "  ops  (no load balancer)  internal",
    "services (as declared)",
    "  web    × 2       on edge        web:1",
    "  agent  every VM  on edge, core  agent:1",
  ]);
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
