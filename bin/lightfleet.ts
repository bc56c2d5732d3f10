#!/usr/bin/env node
import { main } from "./cli.js";

// A reader that goes away (`lightfleet status | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const exitCode = await main(process.argv.slice(2), process.env);
// What a program left running (timers, servers) must not keep the command from ending; output that is under way must.
process.stdout.write("", () => process.exit(exitCode));
