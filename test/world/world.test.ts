import { expect, test } from "vitest";
import { edgesOf } from "../../preview/system/edges.js";
import { withOutputVariable } from "../program/examples.js";
import { readCluster } from "../program/synthesize.js";

/** Public systems, written in the language: their sources are named in the programs. */
const SYSTEMS: readonly (readonly [string, number, () => Promise<unknown>])[] = [
  ["robot-shop", 19, () => import("./robot-shop.js")],
  ["petclinic", 35, () => import("./petclinic.js")],
  ["voting", 4, () => import("./voting.js")],
];

test.each(SYSTEMS)("%s has its edges, and no variable that nobody reads", async (cluster, edges, load) => {
  const { model } = await withOutputVariable(async (outdir) => {
    await load();
    return readCluster(outdir, cluster);
  });
  expect(edgesOf(model).size).toBe(edges);
  expect(model.services.flatMap(({ uses }) => uses).filter(({ as }) => as !== undefined)).toEqual([]);
});
