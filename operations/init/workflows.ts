import { createHash } from "node:crypto";

/**
 * Workflows that preview pull requests, by file name: on GitHub in two parts, so that a fork's code never meets a token that may write.
 * @param project the project's folder in its repository; empty where they are one. Each has workflows and an artifact of its own
 */
export function workflowFiles(project: string): Readonly<Record<string, string>> {
  const folder = project.replaceAll("\\", "/");
  const own = folder === "" ? "" : slug(folder);
  return {
    [`lightfleet-preview${own && `.${own}`}.yml`]: preview(own, folder),
    [`lightfleet-comment${own && `.${own}`}.yml`]: comment(own, folder),
  };
}

/** A folder as a name for files, artifacts and workflows: `infra.shop`. Two folders never have the same. */
function slug(folder: string): string {
  const clean = folder
    .split("/")
    .map((part) => part.replace(/[^A-Za-z0-9_-]+/g, "-"))
    .join(".");
  if (clean.replaceAll(".", "/") === folder) return clean;
  return `${clean}-${createHash("sha256").update(folder).digest("hex").slice(0, 6)}`;
}

/** Actions by commit: a tag may be moved. */
const ACTIONS = {
  checkout: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
  node: "actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0",
  upload: "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
} as const;

const preview = (
  own: string,
  folder: string,
): string => `# What a pull request does, with no account, no state and no secrets: safe for forks.
name: lightfleet preview${own && ` ${own}`}
on:
  pull_request:
    # A label may let a policy pass.
    types: [opened, synchronize, reopened, labeled, unlabeled]
permissions:
  contents: read
concurrency:
  group: lightfleet-preview-${own && `${own}-`}\${{ github.event.pull_request.number }}
  cancel-in-progress: true
jobs:
  preview:
    runs-on: ubuntu-latest
    timeout-minutes: 20
${folder === "" ? "" : `    defaults:\n      run:\n        working-directory: ${JSON.stringify(folder)}\n`}    steps:
      # The pull request as it would be merged: the first parent is what it would be merged into.
      - uses: ${ACTIONS.checkout}
        with:
          fetch-depth: 2
          persist-credentials: false
      - uses: ${ACTIONS.node}
        with:
          node-version: 22
      - run: npm ci --ignore-scripts
      - name: Preview
        shell: bash
        env:
          LIGHTFLEET_LABELS: \${{ toJSON(github.event.pull_request.labels.*.name) }}
          OUT: \${{ runner.temp }}
        run: |
          npx --no-install lightfleet preview --base HEAD^1 --format json -o "$OUT/preview.json" || test -s "$OUT/preview.json"
          npx --no-install lightfleet comment --from "$OUT/preview.json" --summary-only | tee "$OUT/verdict.txt"
      - uses: ${ACTIONS.upload}
        with:
          name: lightfleet-preview${own && `.${own}`}
          path: \${{ runner.temp }}/preview.json
          retention-days: 5
      - name: Fail where it is blocked
        shell: bash
        env:
          OUT: \${{ runner.temp }}
        run: |
          if grep -qx "verdict: blocked" "$OUT/verdict.txt"; then exit 1; fi
`;

const comment = (
  own: string,
  folder: string,
): string => `# Posts what "lightfleet preview" found. It runs from the main branch, and nothing of the pull request is run here: the artifact is
# read in memory, by limits and its schema, and rendered anew. What it says is a claim of the pull request, whose code ran where it was made.
name: lightfleet comment${own && ` ${own}`}
on:
  workflow_run:
    workflows: [lightfleet preview${own && ` ${own}`}]
    types: [completed]
permissions:
  actions: read
  contents: read
  pull-requests: write
concurrency:
  group: lightfleet-comment-${own && `${own}-`}\${{ github.event.workflow_run.head_sha }}
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion != 'cancelled'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      # The main branch, for its lock file.
      - uses: ${ACTIONS.checkout}
        with:
          ref: \${{ github.event.repository.default_branch }}
          persist-credentials: false
      - uses: ${ACTIONS.node}
        with:
          node-version: 22
      # Lightfleet as the main branch locks it, by its digests, in a folder with nothing else: no .npmrc, no scripts, no packages of others.
      - name: Comment
        shell: bash
        env:
          GITHUB_TOKEN: \${{ github.token }}
          CLEAN: \${{ runner.temp }}/lightfleet-comment
          PROJECT: ${JSON.stringify(folder === "" ? "." : folder)}
        run: |
${RUN_LOCKED.replace(/^/gm, " ".repeat(10))} comment --artifact lightfleet-preview${own && `.${own}`}
`;

/**
 * Installs what the checkout that this runs in locks for a project, with nothing of it but manifests and lock files, and without the token;
 * then runs Lightfleet. A workspace has both in a folder above.
 */
const RUN_LOCKED = `rm -rf "$CLEAN" && mkdir -p "$CLEAN"
git ls-files -z -- package.json '*/package.json' package-lock.json '*/package-lock.json' | xargs -0 cp --parents -t "$CLEAN"
cd "$CLEAN/$PROJECT"
above() { until [ -e "$PWD/$1" ] || [ "$PWD" = "$CLEAN" ] || [ "$PWD" = / ]; do cd ..; done; }
(above package-lock.json && env -u GITHUB_TOKEN npm ci --ignore-scripts --no-audit --no-fund)
above node_modules/.bin/lightfleet
./node_modules/.bin/lightfleet`;
