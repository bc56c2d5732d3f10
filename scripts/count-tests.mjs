#!/usr/bin/env node
/** Adds up vitest's JSON reports, given as files: names what failed, with the first lines of why, and prints the sum as the last line. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (...keys) =>
  reports.reduce((total, report) => total + keys.reduce((part, key) => part + report[key], 0), 0);

/** The first lines of a message, each cut to what a log can hold. */
const told = (message, lines) =>
  stripVTControlCharacters(message)
    .split("\n")
    .slice(0, lines)
    .map((line) => `    ${line.slice(0, 300)}`);

for (const { name, message, assertionResults } of reports.flatMap((report) => report.testResults)) {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter(({ status }) => status === "failed");
  for (const { fullName, failureMessages } of failed)
    console.log([`FAILED ${file} > ${fullName}`, ...failureMessages.flatMap((one) => told(one, 30))].join("\n"));
  // A hook that fails, or a file that cannot be loaded, fails no test.
  if (message !== "") console.log([`FAILED ${file}`, ...told(message, 10)].join("\n"));
}

const skipped = sum("numPendingTests", "numTodoTests");
console.log(
  `${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
