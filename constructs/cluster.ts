import { TerraformBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { idProblem } from "../model/ids.js";
import { assignNumbers, NO_NUMBERS } from "../model/numbers.js";
import { byId } from "../model/order.js";
import type { Model } from "../model/schema.js";
import { MODEL_VERSION } from "../model/version.js";
import type { Memory } from "../model/units.js";
import { Acknowledgements } from "./acknowledgements.js";
import { Border } from "./props-validator.js";
import { freeId, markCluster, namesake, requireScope, type Element, type Noun } from "./element.js";
import { Fleet, OS, type OsOptions } from "./fleet.js";
import { Gateway } from "./gateway.js";
import { noPlatform, type Platform } from "./platform.js";
import { throwProblems } from "./diagnostics.js";
import { projectLock } from "./project-lock.js";
import { Secret } from "./secret.js";
import { Service } from "./service.js";
import { showAs } from "./shown-path.js";
import { showValue } from "./show.js";
import { flag, made, map, number, options, text } from "./shape.js";
import { local, type State } from "./state.js";
import { Volume } from "./volume.js";
import { capture, type Capture } from "./source.js";
import { clusterReference } from "./reference.js";
import { ClusterSynthesizer } from "./synthesizer.js";
import { prepareReferences, renderStack, setPath } from "./render.js";

/** The swarm managers of a cluster. */
export interface ControlOptions {
  /** How many: 1 cannot be lost, 3 survive one loss, 5 survive two. @default 3 */
  readonly size?: 1 | 3 | 5;
  /** Machine type of the managers. @default "t4g.small" on AWS */
  readonly machine?: string;
  /** Whether services may run on the managers too. @default false */
  readonly runsServices?: boolean;
  /** Settings of the managers' operating system. @default as for fleets */
  readonly os?: OsOptions;
  /** Size of the managers' root disk, whole GiB. @default "20GiB" */
  readonly disk?: Memory;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps {
  /** Where it runs, as in `aws({ region: "eu-west-1", zones: 3 })`. */
  readonly platform: Platform;
  /** The swarm managers. @default three on the platform's smallest sensible machine */
  readonly control?: ControlOptions;
  /** Whether it carries production, where some findings become errors. @default false */
  readonly production?: boolean;
  /**
   * Whether what services send each other from VM to VM is encrypted (IPsec's ESP, AES-GCM). VMs need a kernel that has ESP, and Docker 23.0.3 or
   * newer. To switch it restarts all services, on networks of their own. What gateways send to services is not encrypted by this.
   * @default false
   */
  readonly encrypt?: boolean;
  /** The one AWS account that it may be deployed to, 12 digits. @default any */
  readonly account?: string;
  /** Where its state is kept, as in `s3({ bucket: "acme-state" })`. @default a file beside the program */
  readonly state?: State;
  /** Tags of all resources. @default none beyond Lightfleet's own */
  readonly tags?: Readonly<Record<string, string>>;
}

const CLUSTER = options<ClusterProps>("a cluster", {
  "platform!": made("aws()", "settle"),
  control: options<ControlOptions>("control", {
    size: number("1, 3 or 5"),
    machine: text(`a machine type, as in "t4g.small"`),
    runsServices: flag,
    os: OS,
    disk: text(`a size, as in "20GiB"`),
  }),
  production: flag,
  encrypt: flag,
  account: text("an AWS account id of 12 digits"),
  state: made("s3() or local()", "render"),
  tags: map(text()),
});

/** One environment of one system: fleets, services, gateways, network and state; one Terraform root, one swarm. */
export class Cluster extends TerraformStack {
  /** The name in tags, paths and Terraform state. */
  readonly name: string;
  /** Where it runs. */
  readonly platform: Platform;
  /** The swarm managers, as a fleet: services can run on it where `control.runsServices` is set. */
  readonly control: Fleet;
  private readonly props: Partial<ClusterProps>;
  private readonly border: Border;
  private readonly elements: Element[] = [];
  private readonly byName = new Map<string, Element>();
  private readonly overrides: Record<string, unknown> = {};
  private readonly acknowledgements = new Acknowledgements();
  /** @internal Where it was declared. */
  readonly declared: Capture;
  private built: Model | undefined;
  private isBuilding = false;
  private rendered = false;
  private take: ((document: Record<string, unknown>) => void) | undefined;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    const inside = requireScope(scope, "cluster", Cluster);
    const written: unknown = id;
    const problem = typeof written === "string" ? idProblem("cluster", written) : "must be a text";
    const taken = problem === undefined && inside.node.tryFindChild(id) !== undefined;
    super(inside, freeClusterId(inside, id, problem === undefined, taken));
    markCluster(this);
    showAs(this, typeof written === "string" ? written : "");
    this.name = this.node.id;
    this.declared = capture(Cluster as unknown as (...args: never[]) => unknown);
    this.border = new Border(this, this.declared);
    this.props = this.border.read(CLUSTER, props);
    this.platform = this.props.platform ?? noPlatform;
    if (written === undefined) this.border.refuseUndefined("id");
    else if (problem !== undefined) this.border.refuse("LF001", `the id ${showValue(written)} ${problem}`);
    else if (taken) this.border.refuse("LF002", `the id "${id}" is used twice`, "ids are names: give each its own");
    const { size = 3, machine = "t4g.small", os, disk } = this.props.control ?? {};
    const odd = [1, 3, 5].includes(size);
    this.control = Fleet.control(this, { machine, size: odd ? size : 3, ...(os && { os }), ...(disk && { disk }) });
    if (!odd) this.border.refuse("LF004", `'control.size' (${size}) must be 1, 3 or 5: a quorum needs an odd number`);
    this.synthesizer = new ClusterSynthesizer(this, this.synthesizer);
  }

  /** Id of the cluster's VPC. */
  get vpcId(): string {
    return clusterReference(this, { of: "cluster", attribute: "vpcId" });
  }

  /** Name of the cluster's bucket. */
  get bucketName(): string {
    return clusterReference(this, { of: "cluster", attribute: "bucketName" });
  }

  /**
   * Takes a finding of the checks as it is, wherever in the cluster. It is shown with its reason in every report.
   * @param code the rule's code, as in `"LF502"`
   * @param reason why this is right here, as one sentence
   */
  acknowledge(code: string, reason: string): this {
    this.acknowledgements.add({ code, reason, at: capture(this.acknowledge as (...args: never[]) => unknown) });
    return this;
  }

  /** @internal The fleet, service or gateway of that name. */
  find(name: string): Element | undefined {
    return (["service", "volume", "secret"] as const)
      .map((noun) => this.byName.get(`${noun} ${name}`))
      .find((element) => element !== undefined);
  }

  /** @internal Takes in what is declared within the cluster. */
  admit(element: Element): void {
    this.elements.push(element);
    const key = `${namesake(element.noun)} ${element.name}`;
    if (!this.byName.has(key)) this.byName.set(key, element);
  }

  /** @internal Whether something in the cluster has that name from something of the kind. */
  has(noun: Noun, name: string): boolean {
    return this.byName.has(`${namesake(noun)} ${name}`);
  }

  /** @internal Whether services may run on the managers. */
  get runsServices(): boolean {
    return this.props.control?.runsServices ?? false;
  }

  /** @internal Whether the model was built: what is declared from then on would be missing there. */
  get isRead(): boolean {
    return this.isBuilding || this.built !== undefined;
  }

  /** @internal Notes a mistake that the whole program makes with this cluster, or with something of it. */
  refuse(...problem: Parameters<Border["refuse"]>): void {
    this.border.refuse(...problem);
  }

  /** @internal What no other cluster may have too: where its state is kept. */
  get statePlace(): string {
    return (this.props.state ?? local()).place(this.name);
  }

  /**
   * What the cluster's declarations come to, as plain data; built once, so that it is to be read when all is declared.
   * What is wrong with them is reported, not thrown: see `App.synth`.
   */
  get model(): Model {
    return (this.built ??= this.build());
  }

  override prepareStack(): void {
    const { model } = this;
    throwProblems(this);
    if (!this.rendered) this.platform.render(this, model);
    this.rendered = true;
    this.ensureBackendExists();
    prepareReferences(this);
  }

  /** The backend that was declared, or else a local state file at the project's top, whatever machine it stands on. */
  override ensureBackendExists(): TerraformBackend {
    const declared = this.node.findAll().find((construct) => TerraformBackend.isBackend(construct));
    return declared ?? (this.props.state ?? local()).render(this, this.name, this.model.platform.region);
  }

  override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    setPath(this.overrides, path.split("."), value);
  }

  override toTerraform(): Record<string, unknown> {
    const document = renderStack(this, this.overrides);
    if (this.take === undefined) return document;
    this.take(document);
    return {};
  }

  /** @internal Lets cdktf synthesize the stack, and takes its document; cdktf itself gets an empty one. */
  takeDocument(synthesize: () => void, take: (document: Record<string, unknown>) => void): void {
    this.take = take;
    try {
      synthesize();
    } finally {
      this.take = undefined;
    }
  }

  /** A shared volume has a group of addresses in AWS, as fleets and gateways have, under its name. */
  private checkGroups(): void {
    for (const element of this.elements) {
      const namesake = this.byName.get(`service ${element.name}`);
      if (element instanceof Volume && element.shared && (namesake instanceof Fleet || namesake instanceof Gateway))
        element.refuse("LF002", `the name "${element.name}" of a shared volume is used by a ${namesake.noun} too`);
    }
  }

  private build(): Model {
    this.isBuilding = true;
    const { props } = this;
    const platform = this.platform.settle(this.border);
    if (props.account !== undefined)
      this.border.text("account", props.account, /^\d{12}$/, "an AWS account id of 12 digits");
    const fleets = this.elements
      .filter((element) => element instanceof Fleet)
      .map((fleet) => fleet.toModel(this.platform, platform));
    const services = this.elements.filter((element) => element instanceof Service);
    props.state?.check(this.border);
    this.checkGroups();
    const model: Model = {
      version: MODEL_VERSION,
      cluster: this.name,
      production: props.production ?? false,
      ...(props.encrypt === true && { encrypt: true }),
      account: props.account ?? null,
      tags: this.border.tags(props.tags ?? {}),
      platform,
      control: { runsServices: this.runsServices },
      fleets: byId(fleets),
      services: byId(services.map((service) => service.toModel())),
      gateways: byId(
        this.elements.filter((element) => element instanceof Gateway).map((gateway) => gateway.toModel(platform)),
      ),
      secrets: byId(this.elements.filter((element) => element instanceof Secret).map((secret) => secret.toModel())),
      volumes: byId(this.elements.filter((element) => element instanceof Volume).map((volume) => volume.toModel())),
      acknowledged: [
        ...this.acknowledgements.toModel(this, null),
        ...byId(this.elements.map((element) => ({ id: element.name, element }))).flatMap(({ element }) =>
          element.acknowledged(),
        ),
      ],
      numbers: projectLock()?.numbers?.[this.name] ?? NO_NUMBERS,
    };
    this.platform.check(model, (on, ...problem) => {
      (on === null ? this.border : (this.find(on) ?? this.border)).refuse(...problem);
    });
    return { ...model, numbers: assignNumbers(model) };
  }
}

/** An id for the tree where the program's cannot be taken. */
function freeClusterId(scope: Construct, id: string, legal: boolean, taken: boolean): string {
  if (!legal) return freeId(scope, "illegal");
  return taken ? freeId(scope, id) : id;
}
