import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { firewall4 } from "../../../node/firewall.js";
import { fleetModel, modelOf } from "../../program/random-model.js";
import type { Engine } from "../swarm-daemons.js";
import { datagram } from "./vxlan.js";
import { onEngines } from "./on-engines.js";
import type { Node, Swarm } from "./swarm.js";

/** A VPC as wide as the engines' network. */
const plain = modelOf([fleetModel("core")], [], []);
const model = { ...plain, platform: { ...plain.platform, cidr: "10.211.0.0/24" } };
/** Managers that run services have all rules that there are. */
const control = { ...model, control: { runsServices: true } };
const rules = firewall4(
  control,
  control.fleets.find(({ role }) => role === "control")!,
);
const GUARD = `import sys; sys.path.insert(0, sys.argv[1]); import guard; guard.guard(None, sys.argv[2])`;
const programs = fileURLToPath(new URL("../../../node/files", import.meta.url));

const home = mkdtempSync(join(tmpdir(), "lightfleet-firewall-"));
const saved = join(home, "ip4save");
writeFileSync(saved, rules);
afterAll(() => {
  rmSync(home, { recursive: true });
});

const enter = (namespace: string): string => `--net=/var/run/netns/${namespace}`;
const within = (namespace: string, words: readonly string[], input?: string): string =>
  execFileSync("nsenter", [enter(namespace), ...words], { encoding: "utf8", input, stdio: ["pipe", "pipe", "pipe"] });

/** What Photon's iptables.service does at each start: Docker's rules go as well. */
function loads(namespace: string): void {
  for (const table of ["filter", "nat", "mangle"])
    for (const word of ["-F", "-X"]) within(namespace, ["iptables", "-w", "-t", table, word]);
  within(namespace, ["iptables-restore", "-w"], rules);
}

const guards = (namespace: string): string =>
  within(namespace, ["env", "PYTHONDONTWRITEBYTECODE=1", "python3", "-c", GUARD, programs, saved]);

/** As a VM boots: first the firewall, then what the engine's unit runs before it. */
function boots(namespace: string): void {
  loads(namespace);
  guards(namespace);
  // The registry of these tests, and ports that are open between VMs.
  within(namespace, ["iptables", "-A", "INPUT", "-s", "10.211.0.0/24", "-p", "tcp", "-j", "ACCEPT"]);
  within(namespace, ["ip", "route", "replace", "169.254.169.254", "via", "10.211.0.2"]);
}

const inspectShape = z.object({ State: z.object({ Pid: z.number() }) });
const networkShape = z.object({ Options: z.record(z.string(), z.string()) });
const linksShape = z.array(
  z.object({ address: z.string().optional(), addr_info: z.array(z.object({ local: z.string() })).optional() }),
);
/** Option of an overlay network: its number. */
const NUMBERS = "com.docker.network.driver.overlay.vxlanid_list";

onEngines(
  "what a container reaches of VMs",
  2,
  (given) => {
    let swarm: Swarm;
    let [own, other]: Node[] = [];
    const beside: ChildProcess[] = [];

    const engineOf = ({ Status }: Node): Engine => swarm.engines.all.find(({ address }) => address === Status.Addr)!;
    const networks = new Map<string, string>();

    /** A service on a network that nothing else is on. */
    const make = async (name: string, node: Node, image: string): Promise<void> => {
      const { Id } = z
        .object({ Id: z.string() })
        .parse(await swarm.manager.call("POST", "/networks/create", { Name: `net-${name}`, Driver: "overlay" }));
      networks.set(name, Id);
      await swarm.manager.call("POST", "/services/create", {
        Name: name,
        TaskTemplate: {
          ContainerSpec: { Image: image, CapabilityDrop: ["ALL"] },
          Placement: { Constraints: [`node.id == ${node.ID}`] },
          RestartPolicy: { Condition: "any", Delay: 1e9 },
          Networks: [{ Target: Id }],
        },
        EndpointSpec: { Mode: "dnsrr" },
      });
    };

    /** The process of a service's one container, once it runs. */
    const processOf = async (name: string, node: Node): Promise<string> => {
      for (let turn = 0; turn < 300; turn++) {
        const [task] = await swarm.tasks({ service: [name], "desired-state": ["running"] });
        const id = task?.Status.ContainerStatus?.ContainerID;
        if (task?.Status.State === "running" && id !== undefined) {
          // Right after a restart of the engine, the swarm still tells of a container that is gone.
          const found = inspectShape.safeParse(
            await engineOf(node)
              .call("GET", `/containers/${id}/json`)
              .catch(() => undefined),
          );
          if (found.success && found.data.State.Pid > 0) return String(found.data.State.Pid);
        }
        await sleep(200);
      }
      throw new Error(`${name} does not run: ${JSON.stringify(await swarm.tasks({ service: [name] }))}`);
    };
    /** As a program in the container: its network, and no more rights there than any user has. */
    const inside = (pid: string): string[] => [
      `--net=/proc/${pid}/ns/net`,
      "setpriv",
      "--bounding-set=-all",
      "--inh-caps=-all",
      "--reuid=65534",
      "--clear-groups",
    ];

    const listens = (at: string, script: string): ChildProcess => {
      const child = spawn("nsenter", [at, process.execPath, "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
      beside.push(child);
      return child;
    };

    /** Whether a TCP connection comes about, from a namespace or a container. */
    const connects = (from: readonly string[], address: string, port: number): boolean => {
      const script = `const s = require("node:net").connect(${port}, "${address}"); s.on("connect", () => process.exit(0)); s.on("error", () => process.exit(1)); setTimeout(() => process.exit(1), 1500)`;
      try {
        execFileSync("nsenter", [...from, process.execPath, "-e", script], { stdio: "ignore" });
        return true;
      } catch {
        return false;
      }
    };

    /** Of the interface of a namespace whose address begins like this. */
    const addressOf = (at: string, start: string): { mac: string; address: string } => {
      const links = linksShape.parse(
        JSON.parse(execFileSync("nsenter", [at, "ip", "-j", "addr"], { encoding: "utf8" })),
      );
      for (const { address: mac, addr_info } of links)
        for (const { local } of addr_info ?? [])
          if (mac !== undefined && local.startsWith(start)) return { mac, address: local };
      throw new Error(`no address ${start}… in ${JSON.stringify(links)}`);
    };

    /** Whether a frame for the victim's network arrives at it, made by hand and sent to the VM of the victim. */
    const delivers = async (from: readonly string[], to: string): Promise<boolean> => {
      const pid = await processOf("victim", other!);
      const at = `--net=/proc/${pid}/ns/net`;
      const { mac, address } = addressOf(at, "100.");
      const { Options } = networkShape.parse(await swarm.manager.call("GET", `/networks/${networks.get("victim")}`));
      const frame = datagram({ network: Number(Options[NUMBERS]), mac, address, port: 9999 });
      const victim = listens(
        at,
        `const s = require("node:dgram").createSocket("udp4"); s.on("message", () => console.log("came")); s.bind(9999, () => console.log("ready"))`,
      );
      let heard = "";
      victim.stdout!.setEncoding("utf8").on("data", (text: string) => (heard += text));
      while (!heard.includes("ready")) await sleep(20);
      const send = `const s = require("node:dgram").createSocket("udp4"); let n = 0; const t = setInterval(() => { s.send(Buffer.from("${frame.toString("hex")}", "hex"), 4789, "${to}"); if (++n > 5) { clearInterval(t); s.close(); } }, 30)`;
      execFileSync("nsenter", [...from, process.execPath, "-e", send]);
      await sleep(300);
      victim.kill();
      return heard.includes("came");
    };

    beforeAll(async () => {
      if (given() === undefined) return;
      swarm = given();
      const nodes = await swarm.nodes();
      own = nodes.find(({ Spec }) => Spec.Role === "manager")!;
      other = nodes.find(({ Spec }) => Spec.Role === "worker")!;
      const image = await swarm.registry.push(swarm.manager, "plain", "1");
      await make("hostile", own, image);
      await make("victim", other, image);
      await make("published", own, image);
      await processOf("hostile", own);
      await processOf("victim", other);
      within(engineOf(other).namespace, ["ip", "addr", "replace", "169.254.169.254/32", "dev", "lo"]);
      for (const node of [own, other])
        listens(
          enter(engineOf(node).namespace),
          `for (const port of [80, 2049, 8443]) require("node:net").createServer((s) => s.end()).listen(port)`,
        );
    }, 240_000);

    afterAll(() => {
      for (const child of beside) child.kill();
    });

    const hostile = async (): Promise<string[]> => inside(await processOf("hostile", own!));

    /** All that is for VMs alone, tried from the hostile container. */
    const reached = async (): Promise<string[]> => {
      const from = await hostile();
      const found: string[] = [];
      for (const [who, address] of [
        ["another VM", other!.Status.Addr],
        ["its own VM", own!.Status.Addr],
      ] as const)
        for (const port of [2049, 2377, 7946]) if (connects(from, address, port)) found.push(`${who}: ${port}`);
      const [bridge] =
        within(engineOf(own!).namespace, ["ip", "-4", "-j", "addr", "show", "docker_gwbridge"]).match(/172[0-9.]+/) ??
        [];
      if (connects(from, bridge!, 2377)) found.push("its own VM by the bridge: 2377");
      if (connects(from, "169.254.169.254", 80)) found.push("metadata");
      if (await delivers(from, other!.Status.Addr)) found.push("a foreign network");
      return found;
    };

    test("neither the swarm, nor NFS, the metadata, or a network that it is not on; what is open to VMs is reached", async () => {
      const vm = [enter(engineOf(own!).namespace)];
      expect(await delivers(vm, other!.Status.Addr), "the frame is right: from a VM it arrives").toBe(true);
      expect(connects(vm, other!.Status.Addr, 2049), "and the ports do answer").toBe(true);
      expect(connects(await hostile(), other!.Status.Addr, 8443), "containers get out").toBe(true);
      expect(await reached()).toEqual([]);
    }, 120_000);

    test("nor what its own VM publishes for a gateway, which others reach", async () => {
      const { namespace } = engineOf(own!);
      const to = addressOf(`--net=/proc/${await processOf("published", own!)}/ns/net`, "172.");
      // What Docker writes for the routing mesh; that itself needs IPVS.
      const rule = ["-p", "tcp", "--dport", "30001"];
      within(namespace, [
        "iptables",
        "-t",
        "nat",
        "-A",
        "PREROUTING",
        ...rule,
        "-j",
        "DNAT",
        "--to",
        `${to.address}:8080`,
      ]);
      within(namespace, ["iptables", "-I", "FORWARD", "2", "-p", "tcp", "--dport", "8080", "-j", "ACCEPT"]);
      const at = own!.Status.Addr;
      expect(connects([enter(engineOf(other!).namespace)], at, 30_001)).toBe(true);
      expect(connects(await hostile(), at, 30_001)).toBe(false);
    }, 60_000);

    describe("also after", () => {
      test("a start of the firewall, which clears Docker's rules", async () => {
        loads(engineOf(own!).namespace);
        expect(await reached()).toEqual([]);
      }, 120_000);

      test("a flush of the filter that leaves everything open", async () => {
        const { namespace } = engineOf(own!);
        for (const words of [
          ["-F"],
          ["-P", "INPUT", "ACCEPT"],
          ["-P", "FORWARD", "ACCEPT"],
          ["-P", "OUTPUT", "ACCEPT"],
        ])
          within(namespace, ["iptables", "-w", ...words]);
        within(namespace, ["iptables", "-w", "-t", "nat", "-A", "POSTROUTING", "-o", "eth0", "-j", "MASQUERADE"]);
        expect(connects(await hostile(), other!.Status.Addr, 8443), "containers get out").toBe(true);
        expect(await reached()).toEqual([]);
      }, 120_000);

      test("a flush of everything, once the VM's programs have had a turn", async () => {
        const { namespace } = engineOf(own!);
        within(namespace, ["iptables", "-w", "-t", "raw", "-F"]);
        guards(namespace);
        const rules = within(namespace, ["iptables", "-t", "raw", "-S"]);
        guards(namespace);
        expect(within(namespace, ["iptables", "-t", "raw", "-S"]), "a turn more adds nothing").toBe(rules);
        expect(await reached()).toEqual([]);
      }, 120_000);

      test("a restart of the engine", async () => {
        await engineOf(own!).restart();
        await processOf("hostile", own!);
        expect(await reached()).toEqual([]);
      }, 180_000);
    });
  },
  1,
  { firewall: boots },
);
