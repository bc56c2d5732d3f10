import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RunLock } from "../../../sandbox/lock.js";
import { engine, network, PATIENCE, program, Project, skipReason, type Resources } from "./terraform.js";

/** Many objects, so that there is a middle of an apply. */
function crowd(size: number): Resources {
  const parameters = Array.from({ length: size }, (_, index) => [
    `p${index}`,
    { name: `/crowd/${index}`, type: "String", value: "${aws_vpc.main.id}" },
  ]);
  return { ...network(), aws_ssm_parameter: Object.fromEntries(parameters) };
}

/** Waits until an engine has made something, and goes on listening. */
async function untilSomethingIsMade({ stdout }: ReturnType<Project["start"]>): Promise<void> {
  await new Promise<void>((resolve) =>
    stdout?.on("data", (chunk) => String(chunk).includes("Creation complete") && resolve()),
  );
}

describe.skipIf(engine === undefined)(
  `a run that is cut off, and two at once (${engine ?? skipReason})`,
  { timeout: PATIENCE },
  () => {
    test("the next run goes on where a killed one was", async () => {
      const project = new Project();
      const size = 40;
      await project.write(program(crowd(size)));
      const running = project.start("apply", "-auto-approve", "-no-color", "-input=false");
      await untilSomethingIsMade(running);
      running.kill("SIGKILL");
      await once(running, "close");
      // The store can be read at any time; whatever the state does not know of is cleared away by the next run.
      expect(project.sandbox.inventory("shop").counts["aws_vpc"]).toBe(1);
      project.must("apply", "-auto-approve");
      expect(project.sandbox.inventory("shop").counts["aws_ssm_parameter"]).toBe(size);
      expect(project.plan()).toEqual([]);
    });

    test("a run is told to wait while another one is at work on its cluster, and not on another cluster", async () => {
      const project = new Project();
      await project.write(program(network()));
      const other = new RunLock(join(project.sandbox.directory, "locks", "shop.lock"), process.pid);
      other.hold();
      const { status, output } = project.run("apply", "-auto-approve");
      expect(status).toBe(1);
      expect(output).toContain("being changed by another run");
      await new Project("other", project.directory).apply(program(network()));
      other.release();
      project.must("apply", "-auto-approve");
    });
  },
);
