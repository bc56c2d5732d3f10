import { writeFileSync } from "node:fs";
import { runChecks } from "../../checks/run.js";
import { largeModel } from "../../test/checks/large.js";

// Checks a model of so many fleets, VMs and services, once, as synth does, and writes how much CPU time that took, in ms:
// all threads count, those of the garbage collector too, and what else the machine is at does not.
const number = (name: string): number => Number(process.env[name]);
const model = largeModel(number("FLEETS"), number("SERVICES"), number("VMS") / number("FLEETS"));
const start = process.cpuUsage();
runChecks({ model, today: "2026-11-24" });
const { user, system } = process.cpuUsage(start);
writeFileSync(process.env["OUT"] ?? "", String((user + system) / 1000));
