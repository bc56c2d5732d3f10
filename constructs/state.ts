import { realpathSync } from "node:fs";
import { isAbsolute, join, normalize, relative, sep } from "node:path";
import { App, LocalBackend, S3Backend, type TerraformBackend, type TerraformStack } from "cdktf";
import type { Border } from "./props-validator.js";
import { showValue } from "./show.js";
import { options, text } from "./shape.js";

/** Options of {@link s3}. */
export interface S3StateOptions {
  /** Name of the bucket; `lightfleet bootstrap` makes it. */
  readonly bucket: string;
  /** Region of the bucket. @default the cluster's */
  readonly region?: string;
  /** Path within the bucket. @default "<cluster>/terraform.tfstate" */
  readonly key?: string;
  /** ARN of the KMS key that encrypts it. @default S3's own key */
  readonly kmsKey?: string;
}

/** Where a cluster's state is kept; made by {@link s3} or {@link local}. */
export interface State {
  /** @internal Notes what is wrong with the options. */
  check(border: Border): void;
  /** @internal Where the state of a cluster of that name is, for people: no two clusters may share it. */
  place(cluster: string): string;
  /** @internal Adds the backend to a cluster of that name, in that region. */
  render(stack: TerraformStack, cluster: string, region: string): TerraformBackend;
}

const S3 = options<S3StateOptions>("s3()", {
  "bucket!": text("a bucket's name"),
  region: text("a region"),
  key: text("a path"),
  kmsKey: text("an ARN"),
});

/** Rules for general purpose buckets (Amazon S3 User Guide, "Bucket naming rules"). */
const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !name.includes("..") &&
  !/^\d+(\.\d+){3}$/.test(name) &&
  !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);

/** Keeps the state in a bucket of S3, with a lock beside it, so that a team and a pipeline share it. */
export function s3(given: S3StateOptions): State {
  let taken: Partial<S3StateOptions> = {};
  return {
    check: (border) => {
      taken = border.read(S3, given, "state");
      const { bucket, region, key } = taken;
      if (bucket !== undefined && !isBucketName(bucket))
        border.refuse(
          "LF018",
          `'state.bucket' (${showValue(bucket)}) must be a bucket's name: 3 to 63 of a-z, 0-9, '.' and '-', no address, and none of the beginnings and ends that S3 keeps to itself`,
        );
      if (key !== undefined && (key === "" || /^\/|\/$/.test(key) || Buffer.byteLength(key) > 1_024))
        border.refuse(
          "LF018",
          `'state.key' (${showValue(key)}) must be the path of an object, with no slash at its ends and 1,024 bytes at most`,
        );
      if (region !== undefined)
        border.text("state.region", region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, as in "eu-west-1"');
    },
    place: (cluster) => `s3://${taken.bucket ?? ""}/${taken.key ?? `${cluster}/terraform.tfstate`}`,
    render: (stack, cluster, region) => {
      const { bucket = "", key, kmsKey } = taken;
      const backend = new S3Backend(stack, {
        bucket,
        key: key ?? `${cluster}/terraform.tfstate`,
        region: taken.region ?? region,
        encrypt: true,
        ...(kmsKey !== undefined && { kmsKeyId: kmsKey }),
      });
      // Newer than cdktf's own list of options.
      backend.addOverride("use_lockfile", true);
      return backend;
    },
  };
}

/** Keeps the state in a file. @param path the file, from the project's folder. @default "terraform.<cluster>.tfstate" */
export function local(path?: string): State {
  const given: unknown = path;
  const file = (cluster: string): string => (typeof given === "string" ? given : `terraform.${cluster}.tfstate`);
  return {
    check: (border) => {
      if (path !== undefined && text("a path")(path, "state.path", border) !== undefined)
        border.text("state.path", path, /^[^/].*$/s, "a path from the project's folder");
    },
    place: (cluster) => normalize(file(cluster)),
    render: (stack, cluster) => new LocalBackend(stack, { path: fromStack(stack, cluster, file(cluster)) }),
  };
}

/**
 * The way to a file of the project from where the engine works, which is `stacks/<cluster>` below the output folder, wherever
 * that is. A program that no command runs, and that writes outside of the folder that it runs in, says of no project.
 */
function fromStack(stack: TerraformStack, cluster: string, path: string): string {
  const outdir = realpathSync(App.of(stack).outdir);
  const known = process.env["LIGHTFLEET_PROJECT"];
  const project = realpathSync(known ?? process.cwd());
  const below = relative(project, outdir);
  if (known === undefined && (below.startsWith("..") || isAbsolute(below))) return `../../../${path}`;
  return `${relative(join(outdir, "stacks", cluster), project).replaceAll(sep, "/")}/${path}`;
}
