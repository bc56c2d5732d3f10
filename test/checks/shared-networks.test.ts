import { describe, expect, test } from "vitest";
import { sharedNetworks } from "../../checks/shared-networks.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";

const core = fleetModel("core");
const using = (id: string, ...names: string[]) => ({
  ...serviceModel(id, ["core"]),
  uses: names.map((service) => ({ as: service.toUpperCase(), to: { service }, port: 1 })),
});

describe("services that reach each other without an edge", () => {
  test("are the users of one service", () => {
    const services = [
      using("api", "redis", "web"),
      using("redis"),
      using("web", "redis"),
      using("worker", "redis"),
      using("alone"),
    ];
    expect(sharedNetworks(modelOf([core], services, []))).toEqual({
      pairs: 6,
      withoutEdge: 2,
      networks: [{ of: "redis", services: ["api", "web", "worker"] }],
    });
  });

  test("are those that gateways route to, too, but for what binds a port of its VM", () => {
    const port = (hostPort: number | null) => [{ name: "main", port: 80, hostPort }];
    const services = ["a", "b", "c"].map((id) => ({
      ...serviceModel(id, ["core"]),
      ports: port(id === "c" ? 8080 : null),
    }));
    const routes = services.map(({ id }) => ({ path: `/${id}`, service: id, port: 80 }));
    const gateway = { id: "public", internal: false, certificate: null, hosts: [], routes };
    expect(sharedNetworks(modelOf([core], services, [gateway]))).toEqual({
      pairs: 1,
      withoutEdge: 1,
      networks: [{ of: "routing mesh", services: ["a", "b"] }],
    });
  });

  test("are none where each has an edge", () => {
    const services = [using("api", "redis"), using("redis")];
    expect(sharedNetworks(modelOf([core], services, []))).toMatchObject({ pairs: 1, withoutEdge: 0, networks: [] });
  });
});
