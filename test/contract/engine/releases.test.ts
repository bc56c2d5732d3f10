import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bundleOf, composed, publishing, type Composed } from "./bundles.js";
import { onEngines } from "./on-engines.js";
import { previousPrograms, whyNoPrevious } from "./previous-programs.js";
import { isDeployed, Programs, type Released } from "./programs.js";

interface Service {
  readonly ID: string;
  readonly Version: { readonly Index: number };
  readonly Spec: {
    readonly Name: string;
    readonly TaskTemplate: {
      readonly ContainerSpec: {
        readonly Image: string;
        readonly Env?: string[];
        readonly Secrets?: { SecretName: string }[];
      };
    };
    readonly EndpointSpec: { readonly Ports?: { PublishedPort: number }[] };
  };
  readonly UpdateStatus?: { readonly State: string } | null;
}

interface Status {
  readonly release: { readonly state: string; readonly error?: string; readonly final?: boolean };
  readonly services: Readonly<Record<string, { readonly state: string; readonly differs?: string[] }>>;
}

const previous = whyNoPrevious();
if (previous !== undefined) console.warn(`skipped: upgrades from the release before: ${previous}`);

onEngines("releases", 1, (swarm) => {
  let cluster = 0;
  /** A cluster of its own for each test; its image is in the registry. */
  async function begin(): Promise<{ name: string; image(tag: string): Promise<string> }> {
    const name = `c${++cluster}`;
    await swarm().label((await swarm().nodes())[0]!, "core");
    return { name, image: (tag) => swarm().registry.push(swarm().manager, name, tag) };
  }
  const service = async (name: string): Promise<Service> =>
    (await swarm().manager.call("GET", `/services/${name}`)) as Service;
  const versions = async (name: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      ((await swarm().manager.call("GET", "/services")) as Service[])
        .filter(({ Spec }) => Spec.Name.startsWith(`${name}_`))
        .map(({ Spec, Version }) => [Spec.Name, Version.Index]),
    );
  const status = async (name: string): Promise<Status> => (await swarm().programs.status(name)) as Status;
  const release = (
    name: string,
    services: Readonly<Record<string, Composed>>,
    more: Composed = {},
  ): Promise<Released> => swarm().programs.release(name, bundleOf(name, services, more));

  /** The tasks of a service that are to run, once all do and no update is under way. */
  async function settled(name: string): Promise<string[]> {
    for (;;) {
      const { ID, UpdateStatus } = await service(name);
      const own = (await swarm().tasks()).filter(
        ({ ServiceID, DesiredState }) => ServiceID === ID && DesiredState === "running",
      );
      const busy = ["updating", "rollback_started"].includes(UpdateStatus?.State ?? "");
      if (!busy && own.length > 0 && own.every(({ Status }) => Status.State === "running"))
        return own.map(({ ID: id }) => id).sort();
      await sleep(100);
    }
  }

  /** Runs a command in the container of a service's only task, and returns what it printed. */
  async function inside(name: string, ...command: string[]): Promise<string> {
    const [id] = await settled(name);
    const task = (await swarm().tasks()).find(({ ID }) => ID === id);
    const container = task!.Status.ContainerStatus!.ContainerID!;
    const { Id } = (await swarm().manager.call("POST", `/containers/${container}/exec`, {
      AttachStdout: true,
      Tty: true,
      Cmd: command,
    })) as { Id: string };
    return String(
      await swarm().manager.send("POST", `/exec/${Id}/start`, JSON.stringify({ Tty: true }), {
        "content-type": "application/json",
      }),
    );
  }

  describe.skipIf(previous !== undefined)("of the agent before", () => {
    let old: Programs | undefined;
    const before = (): Programs =>
      (old ??= Programs.start(swarm().engines, swarm().manager, previousPrograms(swarm().engines.home)));

    test("are taken over, and given back, with no task restarted that need not be", async () => {
      const { name, image } = await begin();
      const first = await image("1");
      await swarm().programs.keep(name, { "/db": "secret" });
      await before().keep(name, { "/db": "secret" });
      const more = {
        secrets: { db: { from: "ssm", name: "/db" } },
        configs: { file: { content: "text" } },
      };
      const files = {
        secrets: [{ source: "db", target: "db" }],
        configs: [{ source: "file", target: "/etc/file" }],
        environment: { B: "$$2", A: "1" },
        ulimits: { nofile: { soft: 1024, hard: 1024 } },
      };
      const services = (replicas: number): Record<string, Composed> => ({
        full: composed(first, { ...files, ...publishing(31_000 + cluster) }),
        scaled: composed(first, { deploy: { replicas } }),
        global: composed(first, { deploy: { mode: "global", replicas: undefined } }),
      });
      const names = [`${name}_full`, `${name}_global`];
      const tasks = async (): Promise<string[][]> => Promise.all(names.map(settled));

      expect(await before().release(name, bundleOf(name, services(1), more))).toSatisfy(isDeployed);
      const running = await tasks();
      const index = await versions(name);
      expect(await release(name, services(1), { ...more, needs: [] })).toSatisfy(isDeployed);
      expect(await versions(name)).toEqual(index);
      expect((await status(name)).services).toMatchObject({ full: { state: "running" }, global: { state: "running" } });

      expect(await release(name, services(2), more)).toSatisfy(isDeployed);
      const scaled = await versions(name);
      expect(scaled[`${name}_full`]).toBe(index[`${name}_full`]);
      expect(scaled[`${name}_scaled`]).not.toBe(index[`${name}_scaled`]);
      const three = await settled(`${name}_scaled`);
      expect(three).toHaveLength(2);

      expect(await before().release(name, bundleOf(name, services(3), more))).toSatisfy(isDeployed);
      expect(await settled(`${name}_scaled`)).toEqual(expect.arrayContaining(three));
      expect(await tasks()).toEqual(running);
    });

    test("are updated by the same specs without a restart", async () => {
      const { name, image } = await begin();
      const first = await image("1");
      const web = (replicas: number): Record<string, Composed> => ({
        web: composed(first, { deploy: { replicas }, environment: { A: "1" }, ...publishing(31_500 + cluster) }),
      });
      expect(await before().release(name, bundleOf(name, web(1)))).toSatisfy(isDeployed);
      const [task] = await settled(`${name}_web`);
      expect(await release(name, web(2))).toSatisfy(isDeployed);
      while ((await settled(`${name}_web`)).length < 2) await sleep(100);
      expect(await settled(`${name}_web`)).toContain(task);
    });
  });

  test("of ports alone reach the tasks, in the routing mesh and on nodes", async () => {
    const { name, image } = await begin();
    const first = await image("1");
    await release(name, { web: composed(first) });
    let tasks = await settled(`${name}_web`);
    const stopFirst = { deploy: { update_config: { parallelism: 1, order: "stop-first", monitor: "1000ms" } } };
    await release(name, { web: composed(first, stopFirst) });
    expect(await settled(`${name}_web`)).toEqual(tasks);
    for (const ports of [
      publishing(32_001),
      publishing(32_002),
      {},
      publishing(32_003, "host"),
      publishing(32_004, "host"),
    ]) {
      await release(name, { web: composed(first, { ...stopFirst, ...ports }) });
      let now = tasks;
      while (now.join() === tasks.join()) now = await settled(`${name}_web`);
      expect((await status(name)).services["web"]).toMatchObject({ state: "running" });
      tasks = now;
    }
  });

  test("leave a tag that moved where it is, but for the service that asks for another", async () => {
    const { name, image } = await begin();
    const first = await image("1");
    await release(name, { a: composed(first), b: composed(first) });
    const [digest, tasks] = [
      (await service(`${name}_a`)).Spec.TaskTemplate.ContainerSpec.Image,
      await settled(`${name}_a`),
    ];
    expect(digest).toMatch(/:1@sha256:/);
    await swarm().registry.push(swarm().manager, name, "1", ["ENV MOVED=1"]);
    await release(name, { a: composed(first), b: composed(first, { environment: { A: "1" } }) });
    expect((await service(`${name}_b`)).Spec.TaskTemplate.ContainerSpec.Image).toBe(digest);
    expect(await settled(`${name}_a`)).toEqual(tasks);
  });

  test("bring texts to the container as they are written", async () => {
    const { name, image } = await begin();
    const first = await image("1");
    const environment = { EMOJI: "a 😀 b", BRACES: '{{"{{"}} .Status }} {{"{{"}}{x}}', DOLLAR: "$$5" };
    await release(name, { web: composed(first, { environment }) });
    expect(await inside(`${name}_web`, "sh", "-c", 'echo "$EMOJI|$BRACES|$DOLLAR"')).toContain(
      "a 😀 b|{{ .Status }} {{{x}}|$5",
    );
  });

  test("that the engine refuses change nothing, and say why for good", async () => {
    const { name, image } = await begin();
    const first = await image("1");
    await release(name, { a: composed(first), b: composed(first) });
    const index = await versions(name);
    const everywhere = { deploy: { mode: "global", replicas: undefined } };
    const refused = await release(name, {
      a: composed(first, everywhere),
      b: composed(first, { environment: { A: "{{ .Status }}" } }),
      c: composed(first),
    });
    expect(refused).not.toSatisfy(isDeployed);
    expect(await versions(name)).toEqual(index);
    expect((await status(name)).release).toMatchObject({ state: "failed", final: true });
    expect((await status(name)).release.error).toContain("expanding env failed");
  });

  test("that are rolled back stay so when another service or a secret changes", async () => {
    const { name, image } = await begin();
    const [good, bad] = [await image("1"), `${(await image("2")).slice(0, -1)}absent`];
    await swarm().programs.keep(name, { "/db": "first" });
    const more = { secrets: { db: { from: "ssm", name: "/db" } } };
    const uses = { secrets: [{ source: "db", target: "db" }] };
    await release(name, { a: composed(good, uses), b: composed(good) }, more);
    await settled(`${name}_a`);
    await release(name, { a: composed(bad, uses), b: composed(good) }, more);
    while ((await service(`${name}_a`)).UpdateStatus?.State !== "rollback_completed") await sleep(100);
    expect(await status(name)).toMatchObject({ services: { a: { state: "rolled-back", differs: ["image"] } } });
    const index = await versions(name);

    await release(name, { a: composed(bad, uses), b: composed(good, { environment: { A: "1" } }) }, more);
    expect((await versions(name))[`${name}_a`]).toBe(index[`${name}_a`]);

    const used = async (): Promise<string> =>
      (await service(`${name}_a`)).Spec.TaskTemplate.ContainerSpec.Secrets![0]!.SecretName;
    const old = await used();
    await swarm().programs.keep(name, { "/db": "second" });
    await swarm().programs.rotate(name);
    expect(await used()).not.toBe(old);
    expect((await service(`${name}_a`)).Spec.TaskTemplate.ContainerSpec.Image).toContain(`${good}@`);
    expect(await status(name)).toMatchObject({ release: { state: expect.not.stringMatching("converged") as string } });
  });
});
