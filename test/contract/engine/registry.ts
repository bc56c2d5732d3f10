import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ENTRYPOINT } from "../../program/entrypoint.js";
import { environmentOf, missing, type Engine, type Engines, type Installation } from "../swarm-daemons.js";

/** Where the registry is, on the engines' network. */
const ADDRESS = "10.211.0.1:5001";

/** Why no images can be had from a registry here; undefined where they can: it takes Debian's docker-registry, busybox and tar. */
export function whyNoRegistry(installation: Installation): string | undefined {
  const lacking = missing(installation, ["docker-registry", "busybox", "tar"]);
  return lacking.length === 0
    ? undefined
    : `${lacking.join(", ")} not found: Debian has docker-registry and busybox-static`;
}

/** A registry on the engines' network, with images that run. */
export class Registry {
  private constructor(
    private readonly home: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static start(engines: Engines): Registry {
    const home = join(engines.home, "registry");
    mkdirSync(home, { recursive: true });
    const config = {
      version: "0.1",
      log: { level: "error" },
      storage: { filesystem: { rootdirectory: join(home, "data") } },
      http: { addr: ADDRESS },
    };
    writeFileSync(join(home, "config.yml"), JSON.stringify(config));
    engines.run("docker-registry", ["serve", join(home, "config.yml")]);
    return new Registry(home, environmentOf(engines.installation));
  }

  /**
   * Makes an image and pushes it. It has busybox, a shell among its commands, and answers `/passwd` on port 8080.
   * @param tag says `IMAGE_TAG` in its environment, too, so that another tag is another image
   * @param changes instructions of a Dockerfile on top of these
   * @returns its reference
   */
  async push(engine: Engine, name: string, tag: string, changes: readonly string[] = []): Promise<string> {
    const repository = `${ADDRESS}/${name}`;
    const query = new URLSearchParams({ fromSrc: "-", repo: repository, tag });
    for (const change of [`ENTRYPOINT ${JSON.stringify(ENTRYPOINT)}`, `ENV IMAGE_TAG=${tag}`, ...changes])
      query.append("changes", change);
    await engine.send("POST", `/images/create?${query}`, this.layer(), { "content-type": "application/x-tar" });
    // The registry may still be starting: a push says so in its progress, with a status of 200.
    for (let turn = 0; ; turn++) {
      const progress = await engine.send("POST", `/images/${repository}/push?tag=${tag}`, undefined, {
        "X-Registry-Auth": Buffer.from("{}").toString("base64"),
      });
      if (!String(progress).includes('"error"')) break;
      if (turn === 50) throw new Error(`the registry takes no image: ${String(progress)}`);
      await sleep(200);
    }
    // Who runs it is to ask the registry for it.
    await engine.call("DELETE", `/images/${repository}:${tag}?force=true`);
    return `${repository}:${tag}`;
  }

  /** One layer: busybox, which is one static program, and its commands. */
  private layer(): Buffer {
    const root = join(this.home, "root");
    if (!existsSync(root)) {
      for (const folder of ["bin", "etc", "tmp", "proc", "sys", "dev"])
        mkdirSync(join(root, folder), { recursive: true });
      const script = `cp "$(command -v busybox)" bin/busybox
for name in sh sleep cat env id httpd wget nslookup; do ln -s busybox bin/$name; done
printf 'root:x:0:0:root:/:/bin/sh\\napp:x:1000:1000:app:/:/bin/sh\\n' > etc/passwd
printf 'root:x:0:\\napp:x:1000:\\n' > etc/group`;
      execFileSync("sh", ["-e", "-c", script], { cwd: root, env: this.env });
    }
    return execFileSync("tar", ["-C", root, "--owner=0", "--group=0", "--numeric-owner", "-c", "."], {
      maxBuffer: 1 << 26,
    });
  }
}
