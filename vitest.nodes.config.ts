import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The scenarios on booted nodes: one file after the other, on one cluster (docs/nodes.md). */
export default defineConfig({
  resolve: { alias: { lightfleet: fileURLToPath(new URL("./index.ts", import.meta.url)) } },
  test: {
    globalSetup: ["test/nodes/setup.ts"],
    include: ["test/nodes/**/*.test.ts"],
    fileParallelism: false,
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
});
