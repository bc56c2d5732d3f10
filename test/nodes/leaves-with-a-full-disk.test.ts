import { beforeAll, describe, expect, test } from "vitest";
import { absent, on, setLifecycle, terminate, tryOn, until, type NodePlan } from "./lab.js";
import { add, becomesWhole, cluster, controls, forget, replaceInstance, seen, workers } from "./cluster.js";
import { answersOf } from "./hooks.js";
import { put, release, settled } from "./release.js";

/**
 * Lets the disk of a node take nothing more where its programs write: a file system of their own that is full, over each place.
 * The node's real disk is the machine's, and not to be filled.
 */
const FILL = `set -e
mkdir -p /var/lib/lightfleet
for place in /etc/docker /var/lib/lightfleet; do
  cp -a "$place" /run/kept; size=$(($(du -sk "$place" | cut -f1) + 64))
  mount -t tmpfs -o "size=$size"k full "$place"; cp -a /run/kept/. "$place"; rm -r /run/kept
  dd if=/dev/zero of="$place/fill" bs=1k 2>/dev/null || true
  ! (echo more > "$place/more") 2>/dev/null || test ! -s "$place/more"
done`;

async function leaves(node: NodePlan): Promise<void> {
  await on(node.name, FILL);
  setLifecycle(node.name, "Terminated");
  const { seconds } = await until(
    `${node.name} answers its hook`,
    400,
    () => Promise.resolve(answersOf(node.instance)),
    (all) => all.some(({ hook, result }) => hook === "terminating" && result === "CONTINUE"),
  );
  console.log(`${node.name}: left with a full disk after ${seconds} s`);
  const { stdout } = await tryOn(
    node.name,
    "docker info --format '{{.Swarm.LocalNodeState}}'; docker ps -q --filter name=shop_",
  );
  expect(stdout.trim()).toBe("inactive");
  await terminate(node.name);
  await replaceInstance(node.instance);
  forget(node.name);
  await add(node.fleet, node.zone);
  await becomesWhole();
}

describe.skipIf(absent() !== undefined)("a VM whose disk is full", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(release().text));
  }, 1_000_000);

  test("is drained, leaves and answers its hook, as a worker", async () => {
    await leaves(workers()[0]!);
    expect(await seen()).toHaveLength(5);
  }, 1_000_000);

  test("steps down from the managers, too", async () => {
    await leaves(controls()[0]!);
    expect((await seen()).filter(({ manager }) => manager !== "")).toHaveLength(3);
  }, 1_000_000);
});
