import type { Construct } from "constructs";
import type { VolumeModel } from "../model/schema.js";
import { Element } from "./element.js";
import { flag, options } from "./shape.js";

/** Options of a {@link Volume}. */
export interface VolumeProps {
  /** Whether all VMs see one file system, over the network. @default false: a directory of the VM that the task runs on, which stays behind when the task moves */
  readonly shared?: boolean;
}

const VOLUME = options<VolumeProps>("a volume", { shared: flag });

/** Files that outlive a task. Services mount it by path: `volumes: { "/data": data }`. */
export class Volume extends Element {
  private readonly props: Partial<VolumeProps>;

  constructor(scope: Construct, id: string, props: VolumeProps = {}) {
    super(scope, id, Volume, "volume");
    this.props = this.border.read(VOLUME, props);
  }

  /** Whether all VMs see one file system. */
  get shared(): boolean {
    return this.props.shared === true;
  }

  /** @internal The volume's part of the model. */
  toModel(): VolumeModel {
    return { id: this.name, kind: this.shared ? "shared" : "node" };
  }
}
