import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { compileTables } from "../../sandbox/compile.js";
import { RunLock } from "../../sandbox/lock.js";
import { EMPTY_REQUEST, type Diagnostic, type Request } from "../../sandbox/protocol/messages.js";
import { conform, type ProviderSchema } from "../../sandbox/schema.js";
import { Session, type Services } from "../../sandbox/service.js";
import { Store } from "../../sandbox/store.js";
import { TABLES, type FactFile, type Tables } from "../../sandbox/tables.js";
import { isObject, type ObjectValue, type Value } from "../../sandbox/value.js";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../providers/aws/${name}`, import.meta.url), "utf8"));

export const providerSchema: ProviderSchema = read("schema.json");
const compiled = compileTables(providerSchema, read<FactFile>("facts.json"));

/** What the build would put beside the provider. */
export const tables: Tables = JSON.parse(Buffer.from(compiled[TABLES] ?? []).toString());

/** What the provider's process would have at hand, in a folder of the test's own. */
export function services(owner = "shop"): Services {
  const root = mkdtempSync(join(tmpdir(), "lf-local-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return {
    tables,
    store: new Store(join(root, "store")),
    lock: new RunLock(join(root, "locks", owner), process.pid),
    owner,
  };
}

export interface PlanAnswer {
  readonly planned: ObjectValue;
  readonly replace: readonly unknown[];
}

/** Speaks with the provider as Terraform does, without a process in between. */
export class Local {
  readonly session: Session;

  constructor(
    readonly at: Services = services(),
    provider: ObjectValue = { region: "eu-west-1" },
  ) {
    this.session = new Session(at);
    this.ask("Configure", { config: conform(tables.provider.block, provider) });
  }

  /** @throws Error with all diagnostics */
  ask(method: string, request: Partial<Request>): Value {
    const { state, diagnostics } = this.answer(method, request);
    if (diagnostics.length > 0)
      throw new Error(diagnostics.map(({ summary, detail }) => `${summary} ${detail ?? ""}`).join("\n"));
    return state ?? null;
  }

  answer(
    method: string,
    request: Partial<Request>,
  ): { state: Value; replace: readonly unknown[]; diagnostics: readonly Diagnostic[] } {
    const {
      state = null,
      replace = [],
      diagnostics = [],
    } = this.session.answer(method, { ...EMPTY_REQUEST, ...request });
    return { state, replace, diagnostics };
  }

  plan(type: string, given: ObjectValue, prior: ObjectValue | null = null): PlanAnswer {
    const config = this.config(type, given);
    const { state, replace, diagnostics } = this.answer("PlanResourceChange", {
      type,
      prior,
      config,
      proposed: config,
    });
    if (diagnostics[0] !== undefined) throw new Error(diagnostics[0].summary);
    return { planned: known(state), replace };
  }

  /** Plans and applies; a replacement deletes first. */
  apply(type: string, given: ObjectValue, prior: ObjectValue | null = null): ObjectValue {
    const config = this.config(type, given);
    const diagnostics = this.answer("ValidateResourceTypeConfig", { type, config }).diagnostics;
    if (diagnostics[0] !== undefined) throw new Error(diagnostics[0].summary);
    const { planned, replace } = this.plan(type, given, prior);
    if (prior !== null && replace.length > 0) {
      this.destroy(type, prior);
      return this.apply(type, given);
    }
    return known(this.ask("ApplyResourceChange", { type, prior, planned, config }));
  }

  read(type: string, state: ObjectValue): ObjectValue | null {
    const current = this.ask("ReadResource", { type, prior: state });
    return current === null ? null : known(current);
  }

  destroy(type: string, state: ObjectValue): void {
    this.ask("ApplyResourceChange", { type, prior: state });
  }

  import(type: string, id: string): ObjectValue {
    return known(this.ask("ImportResourceState", { type, id }));
  }

  data(type: string, config: ObjectValue = {}): ObjectValue {
    return known(this.ask("ReadDataSource", { type, config: conform(tables.data[type]?.block ?? {}, config) }));
  }

  config(type: string, given: ObjectValue): ObjectValue {
    return conform(tables.resources[type]?.block ?? {}, given);
  }
}

function known(value: Value): ObjectValue {
  if (!isObject(value)) throw new Error(`expected an object, found ${JSON.stringify(value)}`);
  return value;
}

/** The id of an object, for arguments that name it. */
export const id = (state: ObjectValue): string => String(state["id"]);

/** A network with a subnet in each of three zones. */
export function network(cloud: Local): { vpc: ObjectValue; subnets: readonly ObjectValue[] } {
  const vpc = cloud.apply("aws_vpc", { cidr_block: "10.0.0.0/16" });
  const subnets = ["a", "b", "c"].map((letter, index) =>
    cloud.apply("aws_subnet", {
      vpc_id: id(vpc),
      cidr_block: `10.0.${index}.0/24`,
      availability_zone: `eu-west-1${letter}`,
    }),
  );
  return { vpc, subnets };
}
