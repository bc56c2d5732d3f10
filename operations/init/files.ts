/**
 * The files of a new project: their names and contents.
 * @param name of the project and its cluster: lower case letters, digits and dashes
 * @param version of Lightfleet to depend on
 * @param entry the file that `cdktf.json` names, as in `main.ts`
 */
export function projectFiles(name: string, version: string, entry: string): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name,
      private: true,
      type: "module",
      scripts: {
        synth: "lightfleet synth",
        diff: "lightfleet diff --sandbox",
        preview: "lightfleet preview",
        deploy: "lightfleet deploy --sandbox",
        types: "tsc --noEmit",
        test: "vitest run --exclude '**/.lightfleet/**'",
      },
      dependencies: { constructs: "^10.6.0", lightfleet: `^${version}` },
      devDependencies: { "@types/node": "^20.19.0", typescript: "^5.9.0 || ^6.0.0", vitest: "^4.0.0" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2022",
        module: "nodenext",
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ["node"],
      },
      include: ["*.ts"],
    }),
    "cdktf.json": json({ language: "typescript", app: entry }),
    ".gitignore":
      "node_modules/\ncdktf.out/\n.lightfleet/\n# States and plans hold secrets.\n*.tfstate\n*.tfstate.*\n*.plan\n*.tfplan\n",
    [entry]: MAIN,
    "cluster.ts": cluster(name),
    "cluster.test.ts": TEST,
    "README.md": readme(name),
  };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const MAIN = `import { App } from "lightfleet";
import { declareCluster } from "./cluster.js";

const app = new App();
declareCluster(app);
app.synth();
`;

const cluster = (
  name: string,
): string => `import { App, aws, Cluster, Fleet, Gateway, http, Service } from "lightfleet";

/** Two machines, a web server on each, and a way in. */
export function declareCluster(app: App): Cluster {
  const cluster = new Cluster(app, "${name}", {
    platform: aws({ region: "eu-west-1", zones: 2 }),
    control: { size: 1 },
  });

  const core = new Fleet(cluster, "core", { machine: "t4g.small", size: { min: 2, max: 4 } });

  const web = new Service(cluster, "web", {
    on: core,
    image: "nginx:1.27-alpine",
    replicas: 2,
    port: 80,
    memory: "64MiB",
    health: http("/"),
  });

  new Gateway(cluster, "public", { routes: { "/": web } });
  return cluster;
}
`;

const TEST = `import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "lightfleet";
import { expect, test } from "vitest";
import { declareCluster } from "./cluster.js";

test("two web servers are reachable through the gateway", () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "cluster-")) });
  const { model } = declareCluster(app);
  app.synth(); // throws where the program has mistakes, and says which
  expect(model.services.map(({ id, replicas }) => [id, replicas])).toEqual([["web", 2]]);
  expect(model.gateways[0]?.routes).toEqual([{ path: "/", service: "web", port: 80 }]);
});
`;

const readme = (name: string): string => `# ${name}

A cluster of Photon OS machines, and the services on it, as a typed program: \`cluster.ts\` declares it.

    npm install
    npx lightfleet deploy --sandbox    # try it here: real Terraform, no account, no network
    npx lightfleet status --sandbox
    npx lightfleet diff --sandbox      # after a change of cluster.ts
    npx lightfleet destroy --sandbox
    npm test

It needs Node 20.19 or later, and Terraform 1.5 or OpenTofu 1.6 or later: \`npx lightfleet doctor\` says what is missing.
`;
