import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests that start real engines, providers or whole programs; all others are fast. */
const slow = [
  "test/e2e/**/*.test.ts",
  "test/contract/**/*.test.ts",
  "test/sandbox/engine/**/*.test.ts",
  "test/live/**/*.test.ts",
];

export default defineConfig({
  resolve: { alias: { lightfleet: here("./index.ts") } },
  test: {
    globalSetup: ["test/setup/build.ts"],
    // The slow tests wait for engines most of the time: two at once, also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { shuffle: true },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], exclude: [...slow, "test/nodes/**"] } },
      { extends: true, test: { name: "slow", include: slow, testTimeout: 300_000, hookTimeout: 300_000 } },
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
