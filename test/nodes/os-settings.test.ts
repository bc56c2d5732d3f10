import { beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf, beside, on, tryOn } from "./lab.js";
import { becomesWhole, cluster, controls, leader, workers } from "./cluster.js";
import { put, release, settled } from "./release.js";

/** Starts a listener on a node's own port, tries to reach it from another, and takes it away again. */
async function reaches(from: string, to: { name: string; host: number }, port: number): Promise<boolean> {
  const script = `import socket,sys; s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("0.0.0.0", ${port})); s.listen(5); s.settimeout(30); s.accept()`;
  await on(to.name, `systemd-run --quiet --unit=listen-${port} python3 -c '${script}'; sleep 2`);
  const { code } = await tryOn(from, `timeout 4 bash -c '</dev/tcp/${addressOf(to)}/${port}'`);
  await tryOn(to.name, `systemctl stop listen-${port}.service`);
  return code === 0;
}

describe.skipIf(absent() !== undefined)("the settings of the operating system are in force", () => {
  beforeAll(async () => {
    await cluster();
    const digest = await put(release().text);
    await settled(digest);
  }, 1_000_000);

  const worker = (): string => workers()[0]!.name;

  test("kernel parameters, also after the firewall's service has set its own", async () => {
    const node = worker();
    await on(
      node,
      "sysctl -qw net.ipv4.ip_forward=0; systemctl restart iptables.service; systemctl restart docker.service",
    );
    const value = (key: string): Promise<string> => on(node, `sysctl -n ${key}`);
    expect(await value("net.ipv4.ip_forward")).toBe("1");
    expect(await value("net.core.somaxconn")).toBe("4096");
    expect(await value("vm.max_map_count")).toBe("262144");
    expect(await on(node, "cat /etc/sysctl.d/50-security-hardening.conf")).toContain("ip_forward=0");
  }, 120_000);

  test("limits of services, and of containers in a way that no version of containerd changes", async () => {
    const node = worker();
    expect(await on(node, "systemctl show docker.service -p LimitNOFILE --value")).toBe("1048576");
    expect(await on(node, "systemctl show -p DefaultLimitNOFILE -p DefaultTasksMax")).toMatch(
      /DefaultLimitNOFILE=1048576[^]*/,
    );
    const container = await on(
      node,
      "until docker ps -q --filter name=shop_web --filter health=healthy | grep .; do sleep 1; done | head -n1",
    );
    expect(await on(node, `docker exec ${container} sh -c 'ulimit -n'`)).toBe("16384");
    expect(
      await on(node, `docker inspect ${container} --format '{{.HostConfig.PidsLimit}} {{.HostConfig.Memory}}'`),
    ).toBe(`32768 ${64 << 20}`);
  }, 120_000);

  test("the engine's configuration, with what only the instance knew", async () => {
    const node = workers()[1]!;
    const daemon: unknown = JSON.parse(await on(node.name, "cat /etc/docker/daemon.json"));
    expect(daemon).toMatchObject({
      "log-opts": { "max-size": "10m", "max-file": "3" },
      "default-ulimits": { nofile: { Soft: 1_048_576 } },
      "metrics-addr": "127.0.0.1:9323",
    });
    const labels = await on(node.name, "docker info --format '{{json .Labels}}'");
    expect(JSON.parse(labels)).toEqual(
      expect.arrayContaining([
        "lightfleet.fleet=core",
        `lightfleet.zone=eu-west-1${node.zone}`,
        `lightfleet.instance=${node.instance}`,
        "lightfleet.lifecycle=on-demand",
      ]),
    );
    expect(await on(node.name, "curl -s http://127.0.0.1:9323/metrics | grep -c engine_daemon")).not.toBe("0");
  }, 60_000);

  test("labels of the nodes, for placement", async () => {
    const { name } = await leader();
    const text = await on(name, "docker node ls -q | xargs docker node inspect --format '{{json .Spec.Labels}}'");
    const fleets = text.split("\n").map((line) => (JSON.parse(line) as Record<string, string>)["lightfleet.fleet"]);
    expect(fleets.sort()).toEqual(["control", "control", "control", "core", "core"]);
  }, 60_000);

  test("the address ranges: networks of the swarm lie outside of the VPC", async () => {
    const { name } = await leader();
    const subnets = await on(
      name,
      "docker network ls -q --filter driver=overlay | xargs docker network inspect --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}'",
    );
    for (const subnet of subnets.split("\n")) expect(subnet).toMatch(/^100\.(6[4-9]|[78]\d|9[0-5])\.\d+\.0\/24$/);
    expect(
      await on(name, "docker network inspect docker_gwbridge --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}'"),
    ).toBe("172.18.0.0/18");
  }, 60_000);

  test("the firewall: what no rule opens is closed between two nodes, what the swarm needs is open", async () => {
    const [manager] = controls();
    const [one, two] = workers();
    expect(await on(one!.name, "iptables -S INPUT | head -n1")).toBe("-P INPUT DROP");
    expect(await reaches(two!.name, one!, 8080)).toBe(false);
    expect(await reaches(two!.name, one!, 22)).toBe(false);
    expect((await tryOn(one!.name, `timeout 4 bash -c '</dev/tcp/${addressOf(manager!)}/2377'`)).code).toBe(0);
    expect((await tryOn(manager!.name, `timeout 4 bash -c '</dev/tcp/${addressOf(one!)}/7946'`)).code).toBe(0);
    expect((await tryOn(manager!.name, `timeout 4 bash -c '</dev/tcp/${addressOf(one!)}/2377'`)).code).not.toBe(0);
    expect((await beside("curl", ["-s", "-m", "4", `http://${addressOf(one!)}:9323/metrics`])).code).not.toBe(0);
  }, 120_000);

  test("the firewall is in place after a restart of the node, and Docker's rules beside it", async () => {
    const node = worker();
    await on(node, "systemctl restart iptables.service docker.service; sleep 5");
    const rules = await on(node, "iptables -S");
    expect(rules).toContain("-P FORWARD DROP");
    expect(rules).toContain("-A DOCKER-USER -d 169.254.169.254/32 -j DROP");
    expect(rules).toContain("-A FORWARD -j DOCKER-USER");
    expect(await on(node, "systemctl show docker.service -p After --value")).toContain("iptables.service");
  }, 120_000);

  test("containers do not get at the metadata of their VM", async () => {
    const node = worker();
    const container = await on(
      node,
      "until docker ps -q --filter name=shop_web --filter health=healthy | grep .; do sleep 1; done | head -n1",
    );
    const line = `docker exec ${container} curl -s -m 3 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token`;
    expect((await tryOn(node, line)).code).not.toBe(0);
    expect(await on(node, line.replace(`docker exec ${container} `, ""))).not.toBe("");
  }, 120_000);

  test("the script that prepares a node can be run again: nothing is another, and the node is at work as before", async () => {
    const node = worker();
    const look =
      "cat /etc/docker/daemon.json /etc/fstab /etc/login.defs /etc/systemd/scripts/ip4save; iptables -S INPUT; iptables -S DOCKER-USER; sysctl -n net.ipv4.ip_forward";
    const before = await on(node, look);
    expect(await on(node, "bash /opt/lightfleet/prepare.sh 2>&1 | tail -n1")).toBe("lightfleet: prepared");
    expect(await on(node, look)).toBe(before);
    await becomesWhole();
  }, 300_000);

  test("passwords do not age, the journal is bounded, updates do not come by themselves", async () => {
    const node = worker();
    expect(await on(node, "chage -l root | grep -i 'maximum'")).toMatch(/99999/);
    expect(await on(node, "cat /etc/systemd/journald.conf.d/50-lightfleet.conf")).toContain("SystemMaxUse=1G");
    expect((await tryOn(node, "systemctl is-enabled tdnf-automatic.timer")).stdout.trim()).toBe("masked");
  }, 60_000);
});
