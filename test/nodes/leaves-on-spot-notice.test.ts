import { beforeAll, describe, expect, test } from "vitest";
import { absent, on, terminate, until } from "./lab.js";
import { add, becomesWhole, cluster, forget, leader, replaceInstance, seen, workers } from "./cluster.js";
import { answersOf } from "./hooks.js";
import { put, release, settled } from "./release.js";

/** Stands before the metadata service on one node: passes on what is asked, and says that EC2 wants the VM back. */
const NOTICE = `
import http.server, urllib.error, urllib.request

class Notice(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.endswith("/meta-data/spot/instance-action"):
            return self.say(200, b'{"action": "terminate", "time": "2030-01-01T00:00:00Z"}')
        asked = urllib.request.Request("http://169.254.169.254" + self.path, method=self.command, headers=dict(self.headers))
        try:
            with urllib.request.urlopen(asked) as answer:
                self.say(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            self.say(error.code, error.read())

    do_PUT = do_GET

    def say(self, status, body):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.ThreadingHTTPServer(("127.0.0.1", 8169), Notice).serve_forever()
`;

describe.skipIf(absent() !== undefined)("a spot VM that EC2 wants back", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(release().text));
  }, 1_000_000);

  test("is drained and has left within its two minutes, with its tasks elsewhere", async () => {
    const [one, two] = workers();
    const script = Buffer.from(NOTICE).toString("base64");
    const start = Date.now();
    await on(
      one!.name,
      `echo ${script} | base64 -d > /run/notice.py; systemd-run --quiet --unit=notice --uid=65534 python3 /run/notice.py; sleep 2; ` +
        "iptables -t nat -I OUTPUT -d 169.254.169.254 -p tcp --dport 80 -m owner ! --uid-owner 65534 -j REDIRECT --to-ports 8169",
    );
    await until(
      "it told its group",
      180,
      () => Promise.resolve(answersOf(one!.instance)),
      (all) => all.some(({ hook }) => hook === "terminating"),
    );
    const seconds = Math.round((Date.now() - start) / 1000);
    console.log(`left ${seconds} s after the notice`);
    expect(seconds).toBeLessThan(120);
    const well = "docker ps -q --filter name=shop_ --filter health=healthy";
    expect((await on(two!.name, well)).split("\n").filter(Boolean)).toHaveLength(4);
    await until("it is no member any more", 90, seen, (all) => all.length === 4);
    expect((await leader()).fleet).toBe("control");
    await terminate(one!.name);
    await replaceInstance(one!.instance);
    forget(one!.name);
    await add("core", one!.zone);
    await becomesWhole();
  }, 900_000);
});
