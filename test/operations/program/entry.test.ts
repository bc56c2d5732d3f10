import { expect, test } from "vitest";
import { readEntry } from "../../../operations/program/entry.js";

test.each([
  ["main.ts", "main.ts", []],
  ["src/app.mts", "src/app.mts", []],
  ["npx tsx main.ts", "main.ts", []],
  ["npx -y ts-node main.ts", "main.ts", []],
  ["npx ts-node --swc -T src/main.ts prod --fast", "src/main.ts", ["prod", "--fast"]],
  ["tsx  main.ts", "main.ts", []],
  ["node dist/main.js", "dist/main.js", []],
])("'%s' is a file that is loaded", (app, file, args) => {
  expect(readEntry(app)).toEqual({ kind: "file", file, args });
});

test.each([
  "npm run --silent synth",
  "python main.py",
  "node --import ./hook.js main.js",
  "npx ts-node --project tsconfig.app.json main.ts",
  "A=1 npx tsx main.ts",
  "tsc && node main.js",
  "npx tsx 'my main.ts'",
  "npx tsx $MAIN.ts",
  "npx",
  "go run .",
])("'%s' is a command for the shell", (app) => {
  expect(readEntry(app)).toEqual({ kind: "shell", command: app });
});
