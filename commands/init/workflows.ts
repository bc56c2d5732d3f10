/** Workflows that preview pull requests: on GitHub in two parts, so that a fork's code never meets a token that may write. */
export function workflowFiles(version: string): Readonly<Record<string, string>> {
  return {
    ".github/workflows/lightfleet-preview.yml": PREVIEW,
    ".github/workflows/lightfleet-comment.yml": comment(version),
  };
}

const PREVIEW = `# What a pull request does, with no account, no state and no secrets: safe for forks.
name: lightfleet preview
on: pull_request
permissions:
  contents: read
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - name: Preview
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
          LIGHTFLEET_LABELS: \${{ toJSON(github.event.pull_request.labels.*.name) }}
        run: |
          npx --no-install lightfleet preview --base "$BASE" --format json -o preview.json || test -s preview.json
          npx --no-install lightfleet comment --from preview.json --summary-only | tee verdict.txt
      - uses: actions/upload-artifact@v4
        with:
          name: lightfleet-preview
          path: preview.json
          retention-days: 5
      - name: Fail where it is blocked
        run: '! grep -qx "verdict: blocked" verdict.txt'
`;

const comment = (
  version: string,
): string => `# Posts what "lightfleet preview" found. It runs from the main branch, and nothing of the pull request is run here: the artifact is
# read by its schema, and rendered anew.
name: lightfleet comment
on:
  workflow_run:
    workflows: [lightfleet preview]
    types: [completed]
permissions:
  actions: read
  pull-requests: write
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - uses: actions/download-artifact@v4
        with:
          name: lightfleet-preview
          run-id: \${{ github.event.workflow_run.id }}
          github-token: \${{ github.token }}
      - name: Comment
        env:
          GITHUB_TOKEN: \${{ github.token }}
          HEAD_SHA: \${{ github.event.workflow_run.head_sha }}
        run: npx --yes lightfleet@${version} comment --from preview.json --sha "$HEAD_SHA"
`;
