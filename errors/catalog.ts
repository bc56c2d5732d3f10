/** By whose doing something went wrong: decides how an error is shown and what the process answers. */
export type ErrorKind = "usage" | "config" | "external" | "aborted" | "internal";

/** What an error is about: the sections of docs/errors.md. */
type Area = "program" | "files" | "command-line" | "preview" | "engine" | "cloud" | "sandbox";

/** What is known of an error before it happens. Texts may hold Markdown. */
export interface ErrorEntry {
  readonly area: Area;
  /** All that it may have: some codes are a wrong call in one place, and a refusal in another. */
  readonly kind: ErrorKind | readonly ErrorKind[];
  /** What went wrong: lower case, without a full stop. */
  readonly title: string;
  /** What to do about it. @default nothing in general: the error's own text says it */
  readonly cure?: string;
}

/**
 * Every error of Lightfleet, by its code; those of checks (`LF1xx` to `LF5xx`) are with the rules. A code is permanent, and keeps its
 * meaning. docs/errors.md is made from this list.
 */
export const ERRORS = {
  LF001: {
    area: "program",
    kind: "config",
    title: "an id has characters or a length that a place where it ends up does not take, or is a reserved one",
    cure: "the text names the place: Docker's names, DNS, load balancers",
  },
  LF002: {
    area: "program",
    kind: "config",
    title: "an id or a Terraform name is used twice",
    cure: "ids are names: give each its own",
  },
  LF003: {
    area: "program",
    kind: "config",
    title: "a value is in no known unit",
    cure: 'memory as `"128MiB"`, time as `"30s"`, networks as `"10.0.0.0/16"`',
  },
  LF004: { area: "program", kind: "config", title: "a number is out of its range", cure: "the text names the range" },
  LF005: {
    area: "program",
    kind: "config",
    title: "the machine type is unknown",
    cure: "see the near names; `npm run catalog` re-makes the list in a checkout",
  },
  LF006: { area: "program", kind: "config", title: "sizes are out of order", cure: "`min` <= `desired` <= `max`" },
  LF007: {
    area: "program",
    kind: "config",
    title: "a service is on no fleet that may run it",
    cure: "pass a Fleet of the same cluster as `on`",
  },
  LF008: {
    area: "program",
    kind: "config",
    title: "a service uses itself",
    cure: "tasks of one service reach each other without an edge",
  },
  LF009: {
    area: "program",
    kind: "config",
    title: "an edge, a route or a check asks a service that listens on no port",
    cure: "give that service `port`",
  },
  LF010: {
    area: "program",
    kind: "config",
    title: "a port is left open, or is not one of the service's",
    cure: "say which with `port`",
  },
  LF011: {
    area: "program",
    kind: "config",
    title: "a route is no absolute path, or two routes end in one name",
    cure: '`"/"`, or a path with no slash at its end',
  },
  LF012: { area: "program", kind: ["config", "usage"], title: "the region is unknown", cure: "see the near names" },
  LF013: {
    area: "program",
    kind: "config",
    title: "zones do not exist in the region or the cluster",
    cure: "name some that do",
  },
  LF014: {
    area: "program",
    kind: "config",
    title: "an environment variable is set twice",
    cure: "give each edge its own `as`",
  },
  LF015: { area: "program", kind: "config", title: "options contradict each other", cure: "keep one of them" },
  LF016: {
    area: "program",
    kind: "config",
    title: "a limit is below the reservation",
    cure: "raise the limit, or lower the reservation",
  },
  LF017: {
    area: "program",
    kind: "config",
    title: "a construct belongs to another cluster",
    cure: "reach other clusters with `external(host, port)`",
  },
  LF018: {
    area: "program",
    kind: "config",
    title: "a text has a shape that is not allowed, or a label a name that Docker or Lightfleet sets",
    cure: "the text names the shape",
  },
  LF019: { area: "program", kind: "config", title: "nothing is declared: no cluster, no route", cure: "declare one" },
  LF020: { area: "program", kind: "config", title: "an address range has no room", cure: "a prefix of /16 to /22" },
  LF021: {
    area: "program",
    kind: "config",
    title: "a construct stands in no cluster, or a cluster in no app",
    cure: "pass the right scope as the first argument",
  },
  LF022: {
    area: "program",
    kind: "config",
    title: "a value that only Terraform knows stands where a plain one is needed",
    cure: "write the value itself",
  },
  LF023: {
    area: "program",
    kind: "config",
    title: "something is declared after the model was read",
    cure: "declare it before",
  },
  LF024: {
    area: "program",
    kind: "config",
    title: "there is no such option",
    cure: "the text has the nearest known name",
  },
  LF025: {
    area: "program",
    kind: "config",
    title: "a text is `undefined`, or an option that is needed is missing or `undefined`",
    cure: "set the variable of the environment, or leave the option out",
  },
  LF026: {
    area: "program",
    kind: "config",
    title: "a value is of another kind: a number where a text is needed, a name in place of the construct",
    cure: "the text says what is needed",
  },
  LF027: {
    area: "program",
    kind: "config",
    title: "a text holds the character NUL or half of a surrogate pair, which no program on Linux can be given",
    cure: "take it out",
  },
  LF028: {
    area: "program",
    kind: "config",
    title: "a name, a text or a file is beyond a limit of Docker, Swarm or Linux",
    cure: "the text names the limit and what it is of",
  },
  LF029: {
    area: "program",
    kind: "config",
    title: "a host port is one that the managers and nodes of the swarm talk on",
    cure: "bind another; [LF311](checks/LF311.md) tells which are free",
  },
  LF040: { area: "program", kind: "config", title: "the program has mistakes: the list of all of them" },
  LF041: {
    area: "program",
    kind: "config",
    title: "two copies of cdktf or constructs are loaded",
    cure: "keep one version: `npm ls cdktf constructs`",
  },
  LF042: {
    area: "program",
    kind: "config",
    title: "two resources have one Terraform address",
    cure: "give one of them another id",
  },
  LF043: {
    area: "program",
    kind: "config",
    title: "the boot data of a fleet is above EC2's 16 KiB",
    cure: "shorten its `os` settings",
  },
  LF044: {
    area: "program",
    kind: "config",
    title: "a certificate is of another region, account or partition than the cluster",
    cure: "a load balancer takes those of its own alone: request or import one there",
  },
  LF045: {
    area: "program",
    kind: "config",
    title: "two clusters of the program would give one name to two resources in one region",
    cure: "change an id, or say `account` of both where they go to two accounts",
  },
  LF046: {
    area: "program",
    kind: "config",
    title: "there are more tags than AWS takes, or two that differ by case alone",
    cure: "IAM takes those for one; with Lightfleet's own there are 50 at most",
  },
  LF047: {
    area: "program",
    kind: "config",
    title: "two clusters would keep their state in one place",
    cure: "give one of them another key or path",
  },
  LF048: {
    area: "program",
    kind: "config",
    title: "an address range touches one that no network can have: loopback, link-local, multicast, reserved",
    cure: 'a private range, as in `"10.20.0.0/16"`',
  },
  LF049: {
    area: "program",
    kind: "config",
    title: "HCL was asked for",
    cure: "leave `hclOutput` out: our resources render JSON only",
  },
  LF077: {
    area: "program",
    kind: "config",
    title:
      "an address of a service or a host outside (`db.address`) stands where no value of a service is: an image, a label, a tag, a resource of Terraform",
    cure: "write the text itself; addresses are for `env`, `args`, `files` and health commands",
  },
  LF078: {
    area: "program",
    kind: "config",
    title: "a part of an address that was taken apart (`slice`, `split`, `toUpperCase` …), or an encoded one",
    cure: "put `address`, `host` or `port` into the text as it is",
  },
  LF084: {
    area: "program",
    kind: "config",
    title: "what the managers may read finds no room in the policies of a role",
    cure: "keep several values in one secret, or divide the services over two clusters",
  },
  LF100: {
    area: "program",
    kind: "config",
    title: "a directory for `files` cannot be read",
    cure: "a path is relative to where the command runs",
  },
  LF412: {
    area: "program",
    kind: "config",
    title:
      "an image is in Amazon ECR of another partition (China, GovCloud) than the cluster, whose VMs get no token there",
    cure: "copy it to a registry of the cluster's own partition",
  },
  LF645: {
    area: "program",
    kind: "config",
    title: "`permissionsBoundary` of `aws()` is no managed policy of the cluster's partition",
    cure: "its ARN, as in `arn:aws:iam::123456789012:policy/shop-boundary`; [operations](operations.md#credentials)",
  },
  LF030: {
    area: "files",
    kind: "external",
    title: "a model cannot be read: no JSON, no version, another shape",
    cure: "`lightfleet synth` writes it again",
  },
  LF031: { area: "files", kind: "config", title: "`lightfleet.lock.json` cannot be read", cure: "restore it from git" },
  LF032: {
    area: "files",
    kind: "config",
    title:
      "`lightfleet.lock.json` gives one number to two things: two changes that were made side by side each took it",
    cure: "delete the line of the one that is not deployed yet, and `lightfleet synth`",
  },
  LF034: {
    area: "files",
    kind: "config",
    title: "a newer Lightfleet made this model; models of older versions are read",
    cure: "run the newer one, or update this one",
  },
  LF050: { area: "command-line", kind: "usage", title: "wrong usage", cure: "`lightfleet --help`; exit code 64" },
  LF051: {
    area: "command-line",
    kind: "usage",
    title: "there is no `cdktf.json`",
    cure: "go to the project, name it with `-C`, or `lightfleet init`",
  },
  LF052: {
    area: "command-line",
    kind: "config",
    title: "`cdktf.json` cannot be read, or names no `app`",
    cure: '`{ "language": "typescript", "app": "main.ts" }`',
  },
  LF053: {
    area: "command-line",
    kind: "config",
    title: "the program does not parse",
    cure: "the text has file, line and column",
  },
  LF054: {
    area: "command-line",
    kind: "config",
    title: "the program threw an error of its own",
    cure: "the text has its line; `--debug` has the stack",
  },
  LF055: {
    area: "command-line",
    kind: "config",
    title: "the program never called `app.synth()`",
    cure: "call it once, at the end",
  },
  LF056: {
    area: "command-line",
    kind: "config",
    title: "the command that is the `app` failed",
    cure: "what it printed is above",
  },
  LF057: {
    area: "command-line",
    kind: "usage",
    title: "the program has no cluster of that name",
    cure: "the text lists them",
  },
  LF058: {
    area: "command-line",
    kind: "config",
    title: "a question cannot be asked: there is no terminal",
    cure: "`--yes`",
  },
  LF059: { area: "command-line", kind: "aborted", title: "the answer was no", cure: "nothing was changed" },
  LF060: {
    area: "command-line",
    kind: "config",
    title: "checks found errors",
    cure: "`lightfleet check`; `lightfleet check --explain CODE`",
  },
  LF061: {
    area: "command-line",
    kind: "config",
    title: "nothing was written where the output is expected, or what was written was cut off",
    cure: "the program must write where cdktf.json says; `lightfleet synth` writes it again",
  },
  LF062: { area: "command-line", kind: "config", title: "the file that is the `app` does not exist" },
  LF064: {
    area: "command-line",
    kind: "usage",
    title: "there is no such rule, or nothing that the option names",
    cure: "the text lists what there is",
  },
  LF650: {
    area: "preview",
    kind: "usage",
    title: "an option of `preview`, `graph` or `comment` says something that there is not",
    cure: "the text names what there is; for `--accept`, see [the preview](preview.md#policy)",
  },
  LF651: {
    area: "preview",
    kind: "usage",
    title: "a git ref names no commit that is here, nothing says what the base is, or there is no repository",
    cure: "fetch it: `git fetch --depth=1 origin REF`, or `fetch-depth: 0` in CI; or name the base with `--base`",
  },
  LF652: {
    area: "preview",
    kind: "config",
    title: "one side was made by a Lightfleet whose models this one does not read",
    cure: "use one version on both sides",
  },
  LF653: {
    area: "preview",
    kind: "external",
    title: "the server of pull requests refuses, or cannot be reached",
    cure: "look at the token's permissions: `pull-requests: write`",
  },
  LF065: {
    area: "engine",
    kind: "external",
    title: "neither Terraform nor OpenTofu was found",
    cure: "install one of them, or name it in `LIGHTFLEET_ENGINE`",
  },
  LF066: {
    area: "engine",
    kind: "external",
    title: "the engine is too old",
    cure: "Terraform 1.5, OpenTofu 1.6 or newer",
  },
  LF067: {
    area: "engine",
    kind: "external",
    title: "the engine does not say its version",
    cure: "run it by hand to see why",
  },
  LF068: { area: "engine", kind: "external", title: "the engine ended with an error", cure: "its diagnostics follow" },
  LF069: {
    area: "engine",
    kind: "external",
    title: "the engine was killed",
    cure: "what it had done is in the state: run the command again",
  },
  LF070: { area: "engine", kind: "external", title: "the engine could not be started" },
  LF071: {
    area: "engine",
    kind: "aborted",
    title: "interrupted; exit code 130",
    cure: "what was done is in the state, and no lock is left; what was waited for goes on",
  },
  LF072: {
    area: "engine",
    kind: "external",
    title: "the engine's output has an unknown shape",
    cure: "upgrade Lightfleet, or use an older engine",
  },
  LF075: {
    area: "engine",
    kind: "external",
    title:
      "a release was refused, failed or rolled back, does not come up, or takes too long, or its state is one that this version does not know",
    cure: "the text has the engine's or the failing tasks' own last error; [nodes](nodes.md)",
  },
  LF076: {
    area: "engine",
    kind: "external",
    title: "the cluster's bucket is not there",
    cure: "`lightfleet deploy` creates it again",
  },
  LF411: {
    area: "cloud",
    kind: "config",
    title: "the swarm that is deployed has too few addresses for what the program publishes; nothing was changed",
    cure: "publish fewer tasks, or make the network larger: [operations](operations.md)",
  },
  LF600: {
    area: "cloud",
    kind: "config",
    title: "the credentials belong to another account than the cluster's `account`",
    cure: "take others with `AWS_PROFILE`, or change `account`",
  },
  LF601: {
    area: "cloud",
    kind: "external",
    title: "another run holds the lock of the state",
    cure: "the text says who and since when; `lightfleet unlock` if that run is dead",
  },
  LF602: {
    area: "cloud",
    kind: "aborted",
    title: "a reviewed plan is stale, or was applied already",
    cure: "the text lists what changed; make a new plan, and have it reviewed",
  },
  LF603: {
    area: "cloud",
    kind: "usage",
    title: "a file is no plan of Lightfleet, has none of that cluster, or cannot be written",
    cure: "`lightfleet diff --plan FILE`",
  },
  LF604: {
    area: "cloud",
    kind: "aborted",
    title:
      "the plan destroys, replaces or leaves behind what holds data, VMs that keep volumes among it, and its name was not given",
    cure: "keep it, or `--allow-destroy NAME`",
  },
  LF605: {
    area: "cloud",
    kind: ["usage", "aborted"],
    title:
      "a target is none of the program's names, has no resource of its own, would take other services or fleets along, or needs some that are not there yet",
    cure: "the text lists them",
  },
  LF606: {
    area: "cloud",
    kind: "external",
    title: "VMs do not come up, or their replacement failed",
    cure: "`lightfleet status --vms` shows which; the text says how to go on",
  },
  LF607: {
    area: "cloud",
    kind: "external",
    title: "the bucket of the state belongs to somebody else",
    cure: "choose another name",
  },
  LF608: {
    area: "cloud",
    kind: "config",
    title: "the program keeps the state elsewhere than it is, or there are two",
    cure: "`lightfleet bootstrap` moves it into a bucket, from a file or from another bucket; [operations](operations.md)",
  },
  LF609: {
    area: "cloud",
    kind: "external",
    title: "the engine is too old to lock a state in S3",
    cure: "Terraform 1.10, OpenTofu 1.10 or newer",
  },
  LF610: {
    area: "cloud",
    kind: "external",
    title: "a quota of the account is used up",
    cure: "Service Quotas, or clear up",
  },
  LF611: {
    area: "cloud",
    kind: "external",
    title: "AWS has no machine of that type just now",
    cure: "later, more zones, or another machine type",
  },
  LF612: {
    area: "cloud",
    kind: "external",
    title: "the AWS provider cannot be downloaded",
    cure: "make a [mirror](operations.md)",
  },
  LF613: {
    area: "cloud",
    kind: "external",
    title: "a state could not be saved where it belongs, and could not be put there afterwards",
    cure: "the text names the file that holds it",
  },
  LF614: {
    area: "cloud",
    kind: "external",
    title: "something of that name is there already, and not in the state",
    cure: "look for another state that has it; import it, or delete it",
  },
  LF615: {
    area: "cloud",
    kind: "usage",
    title: "the program has several clusters, and it is not said which is meant",
    cure: "name it, as in `lightfleet graph shop`",
  },
  LF616: {
    area: "cloud",
    kind: "external",
    title: "a newer engine wrote the state",
    cure: "use that engine, or a newer one",
  },
  LF617: {
    area: "cloud",
    kind: "config",
    title: "the state is another cluster's, or nothing of what it holds is in the program",
    cure: "[operations](operations.md)",
  },
  LF618: { area: "cloud", kind: "config", title: "a newer Lightfleet deployed the cluster", cure: "update Lightfleet" },
  LF619: {
    area: "cloud",
    kind: "external",
    title: "there is no lock of that id to take away",
    cure: "the id is in the text of LF601; nothing may be locked any more",
  },
  LF620: {
    area: "cloud",
    kind: "external",
    title: "the state bucket does not exist",
    cure: "run `lightfleet bootstrap` to create it",
  },
  LF621: {
    area: "cloud",
    kind: "config",
    title: "the account has a cluster of that name, and the state is empty",
    cure: "look where its state is kept; [operations](operations.md)",
  },
  LF622: {
    area: "cloud",
    kind: "config",
    title: "the state cannot be read: it was cut off, or is none",
    cure: "put the `.backup` beside it back, or in S3 an earlier version of the object; [operations](operations.md)",
  },
  LF623: {
    area: "cloud",
    kind: "external",
    title: "the program reads what another cluster offers, and that one is not deployed",
    cure: "deploy that one first; the text names it",
  },
  LF625: {
    area: "cloud",
    kind: "external",
    title: "there are no credentials",
    cure: "`aws sso login`, `AWS_PROFILE`, or `--sandbox` where the command has it",
  },
  LF626: {
    area: "cloud",
    kind: "external",
    title: "AWS rejected the credentials: expired, unknown, wrongly signed",
    cure: "sign in again",
  },
  LF627: {
    area: "cloud",
    kind: "external",
    title: "the credentials may not do it",
    cure: "the text names the action as IAM does, and a policy that allows it on what AWS says it refused",
  },
  LF628: {
    area: "cloud",
    kind: "external",
    title: "still throttled after eight attempts",
    cure: "wait, and run it again",
  },
  LF629: { area: "cloud", kind: "external", title: "cannot reach AWS", cure: "network, proxy, `AWS_ENDPOINT_URL`" },
  LF630: {
    area: "cloud",
    kind: "external",
    title: "AWS refuses for another reason",
    cure: "the text has its own words",
  },
  LF631: {
    area: "cloud",
    kind: "config",
    title: "there is no such image",
    cure: "`lightfleet image list`, `image find`; [images](images.md)",
  },
  LF632: {
    area: "cloud",
    kind: ["usage", "config"],
    title: "an image does not fit: another architecture, not available, an unknown release",
    cure: "the text says which",
  },
  LF633: {
    area: "cloud",
    kind: "external",
    title: "AWS gave up making a snapshot or an image",
    cure: "the text has its words; run it again",
  },
  LF634: {
    area: "cloud",
    kind: "external",
    title: "AWS may not read the bucket with the role",
    cure: "[images](images.md) has the role and its policy",
  },
  LF635: {
    area: "cloud",
    kind: "config",
    title: "the file is no raw disk",
    cure: "a `.raw`, or a `.tar.gz` with one in it",
  },
  LF636: {
    area: "cloud",
    kind: "config",
    title: "there is no machine type to ask for, or none was described",
    cure: "`lightfleet synth` first; region, endpoint",
  },
  LF637: {
    area: "cloud",
    kind: "config",
    title: "the bucket that an image is to be uploaded to is not there",
    cure: "make it, or name another with `--bucket`",
  },
  LF638: {
    area: "cloud",
    kind: "external",
    title:
      "a state cannot be kept or locked where it belongs: a folder or another file stands there, or nothing may be written",
    cure: "the text says why; make room for the file",
  },
  LF639: {
    area: "cloud",
    kind: "config",
    title: "a cluster that stays reads what one to be destroyed offers",
    cure: "destroy that one, too: it goes first",
  },
  LF640: {
    area: "cloud",
    kind: "external",
    title: "the file system refuses: permission denied, a full disk, a file or a folder in the way",
    cure: "the text has the path and the reason",
  },
  LF641: {
    area: "cloud",
    kind: "usage",
    title: "a file that looks like a part of the program would be replaced by an output",
    cure: "name another file, or `--overwrite`",
  },
  LF642: {
    area: "cloud",
    kind: "usage",
    title: "the sandbox has no such cluster",
    cure: "the text names those that it has",
  },
  LF643: {
    area: "cloud",
    kind: "external",
    title: "a preview finds no folder outside of the checkout that it can write to",
    cure: "let `XDG_CACHE_HOME` name one",
  },
  LF644: {
    area: "cloud",
    kind: ["usage", "external"],
    title: "a preview that is to be posted is too large, has too many clusters, or its artifact is none",
    cure: "see what the job did that made it: 16 MiB, 1,000 clusters and one artifact are read",
  },
  LF646: {
    area: "cloud",
    kind: "config",
    title: "the permissions boundary of a cluster's roles is larger than a managed policy",
    cure: "write one by hand that allows more",
  },
  LF649: {
    area: "cloud",
    kind: "external",
    title: "the state file is empty, and the account has what a first apply made before it was cut off",
    cure: "delete what is listed, or import it, then delete the empty file; [operations](operations.md)",
  },
  LF080: {
    area: "sandbox",
    kind: "internal",
    title: "the sandbox's provider is not built",
    cure: "`npm run build` in a checkout, or install the package again",
  },
  LF081: {
    area: "sandbox",
    kind: "usage",
    title: "the name cannot be a cluster's in the sandbox",
    cure: "letters, digits, `.`, `_` and `-`",
  },
  LF082: {
    area: "sandbox",
    kind: "config",
    title: "a file of the sandbox cannot be read",
    cure: "repair or delete it, or `lightfleet sandbox reset`",
  },
  LF083: {
    area: "sandbox",
    kind: "external",
    title: "the engine is at work in the sandbox, and does not end",
    cure: "wait until that run ends, or end it",
  },
  LF095: { area: "sandbox", kind: "internal", title: "a bug in Lightfleet", cure: "please report it, with `--debug`" },
  LF097: {
    area: "sandbox",
    kind: "internal",
    title: "what was written opens other paths than the declared edges",
    cure: "please report it, and do not deploy",
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** The code of an error: only those of the catalogue compile. */
export type ErrorCode = keyof typeof ERRORS;

/** Codes of what can be wrong with a program. */
export type ProgramErrorCode = {
  [C in ErrorCode]: (typeof ERRORS)[C] extends { readonly area: "program" } ? C : never;
}[ErrorCode];
