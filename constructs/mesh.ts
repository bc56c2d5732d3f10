import type { Construct } from "constructs";
import { Element, sameCluster } from "./element.js";
import type { Service } from "./service.js";
import { element, list, options } from "./shape.js";

/** Options of a {@link Mesh}. */
export interface MeshProps {
  /** Two or more services of the cluster. */
  readonly services: readonly Service[];
}

const MESH = options<MeshProps>("a mesh", { "services!": list(element("service")) });

/**
 * Services that all use each other, as members of a cluster do that find each other by themselves: each has an edge to each, at all
 * ports that it listens on. They lead in circles on purpose, so that no finding names those (LF402).
 */
export class Mesh extends Element {
  constructor(scope: Construct, id: string, props: MeshProps) {
    super(scope, id, Mesh, "mesh");
    const { services } = this.border.read(MESH, props);
    const members = [...new Set(services ?? [])].filter((service) => {
      if (sameCluster(service, this)) return true;
      this.border.refuse("LF017", `'services' holds '${service.node.path}', a service of another cluster`);
      return false;
    });
    if (services === undefined) return;
    if (members.length < 2)
      this.border.refuse("LF019", `'services' must hold two services or more`, "a mesh is between services");
    else if (members.every(({ ports }) => ports.length === 0))
      this.border.refuse("LF009", "none of the services listens on a port", "give those 'port' that others reach");
    else for (const service of members) service.join(this, members);
  }
}
