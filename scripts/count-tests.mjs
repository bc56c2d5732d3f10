#!/usr/bin/env node
/** Adds up vitest's JSON reports, given as files, and prints the sum as one line. */
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (...keys) =>
  reports.reduce((total, report) => total + keys.reduce((part, key) => part + report[key], 0), 0);
const skipped = sum("numPendingTests", "numTodoTests");
console.log(
  `${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
