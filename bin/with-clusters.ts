import type { Argv } from "yargs";
import { LightfleetError } from "../errors/error.js";
import type { GlobalArgs } from "./run.js";

/** Lets a verb take names of clusters, or `--all`. */
export const withClusters = (parser: Argv<GlobalArgs>) =>
  parser
    .positional("clusters", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "Clusters; all where none is named",
    })
    .options({ all: { type: "boolean", default: false, describe: "Every cluster of the program" } })
    .check((args) => {
      if (!args.all || args.clusters.length === 0) return true;
      throw new LightfleetError("say '--all' or names of clusters, not both", { code: "LF050", kind: "usage" });
    }, false);
