import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { memoryFolder } from "./test/setup/memory.js";
import LongestFirst from "./test/setup/sequencer.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests that start real engines, providers or whole programs; all others are fast. */
const slow = [
  "test/e2e/**/*.test.ts",
  "test/contract/**/*.test.ts",
  "test/sandbox/engine/**/*.test.ts",
  "test/terraform/engine/**/*.test.ts",
  "test/live/**/*.test.ts",
];
const memory = memoryFolder();

export default defineConfig({
  resolve: { alias: { lightfleet: here("./index.ts") } },
  test: {
    globalSetup: ["test/setup/build.ts", "test/setup/memory.ts"],
    env: memory === undefined ? {} : { TMPDIR: memory },
    sequence: { shuffle: { tests: true }, sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...slow, "test/nodes/**"],
          // Modules are loaded once for all files of a worker: half of the time would go into that.
          isolate: false,
          // What fails here fails before engines are started.
          sequence: { groupOrder: 0 },
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: slow,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
          // They wait for engines most of the time.
          maxWorkers: Math.max(3, availableParallelism() - 1),
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: [
        "constructs/**/*.ts",
        "model/**/*.ts",
        "checks/**/*.ts",
        "node/**/*.ts",
        "stacks/aws/**/*.ts",
        "terraform/**/*.ts",
        "sandbox/**/*.ts",
        "preview/**/*.ts",
      ],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 90 },
    },
  },
});
