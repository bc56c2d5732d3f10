import type { ClusterStatus } from "../../commands/status.js";
import type { Terminal } from "../terminal/terminal.js";
import { fit, type Section } from "./fit.js";
import { liveSections } from "./live-status.js";
import { simulatedSections } from "./simulated-status.js";

/** What is there of clusters, beside what was declared: all of it, or what a screen of `height` lines has room for. */
export function showStatus(clusters: readonly ClusterStatus[], terminal: Terminal, height?: number, vms = false): void {
  const sections = clusters.flatMap((status) => statusSections(status, terminal, vms));
  fit(sections, height).forEach((line) => terminal.result(line));
}

/** The same of one cluster, as parts of a screen. @param vms whether to list every VM of the sandbox as well */
export function statusSections(status: ClusterStatus, terminal: Terminal, vms = false): Section[] {
  return status.simulated ? simulatedSections(status, terminal, vms) : liveSections(status, terminal);
}
