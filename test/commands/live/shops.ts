import type { Model } from "../../../model/schema.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

const services = [serviceModel("cart", ["core"]), serviceModel("web", ["core"])];

/** Two services on one fleet. */
export const model = modelOf([fleetModel("core")], services, []);

export const gateway = (id: string): Model["gateways"][number] => ({
  ...{ id, internal: false, certificate: null, hosts: [], routes: [{ path: "/", service: "web", port: 80 }] },
});

/** The same behind a gateway, beside a fleet that has nothing to do with it. */
export const behind: Model = {
  ...modelOf([fleetModel("core"), fleetModel("load")], services, []),
  gateways: [gateway("public")],
};
