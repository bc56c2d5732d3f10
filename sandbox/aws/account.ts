import type { Block } from "../schema.js";
import type { ObjectValue } from "../value.js";
import type { Store, StoredObject, Place } from "../store.js";

/** The account of a configuration that names none. */
export const DEFAULT_ACCOUNT = "000000000000";

/** Where objects without a region live, as roles do. */
export const GLOBAL = "global";

/** What a provider block comes to. */
export interface Configuration {
  readonly account: string;
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** One configured provider's view of the embedded cloud: an account and a region. */
export class Account {
  constructor(
    readonly store: Store,
    /** The cluster on whose behalf it acts. */
    readonly owner: string,
    readonly config: Configuration,
    /** The schema of a resource type. */
    readonly blockOf: (type: string) => Block,
    /** The process id of the engine. */
    readonly run: number,
  ) {}

  get id(): string {
    return this.config.account;
  }

  get region(): string {
    return this.config.region;
  }

  get partition(): string {
    if (this.region.startsWith("cn-")) return "aws-cn";
    return this.region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  get dnsSuffix(): string {
    return this.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  }

  /** The name of a resource: `arn:aws:ec2:eu-west-1:000000000000:vpc/vpc-…`. */
  arn(service: string, resource: string, options: { global?: boolean } = {}): string {
    const region = options.global ? "" : this.region;
    return `arn:${this.partition}:${service}:${region}:${this.id}:${resource}`;
  }

  place(global = false): Place {
    return { account: this.id, region: global ? GLOBAL : this.region };
  }

  find(type: string, key: string, global = false): StoredObject | undefined {
    return this.store.read(this.place(global), type, key);
  }

  list(type: string, global = false): StoredObject[] {
    return this.store.list(this.place(global), type);
  }

  /** Changes some attributes of an object that another one acts upon; nothing where it is gone. */
  patch(type: string, key: string, change: (attributes: ObjectValue) => ObjectValue, global = false): void {
    const object = this.find(type, key, global);
    if (object === undefined) return;
    const attributes = { ...object.attributes, ...change(object.attributes) };
    this.store.write(this.place(global), { ...object, attributes });
  }
}
