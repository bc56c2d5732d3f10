import { expect, test } from "vitest";
import { ssm } from "lightfleet";
import { raisesPrivilege } from "../../constructs/policy.js";
import { imageSource } from "../../preview/system/image-source.js";
import type { ServiceSketch } from "../program/shop.js";
import { found, listFor, nothing, type Step } from "./cases.js";

/** Props that are set, or left out where they are undefined. */
type Props = { readonly [K in keyof ServiceSketch]?: ServiceSketch[K] | undefined };

/** A service that may do as little as possible. */
const guarded =
  (more: Props = {}): Step =>
  (shop) => {
    shop.fleets["core"]!.size = 3;
    shop.secrets["key"] = { source: ssm("/shop/key") };
    shop.services["admin"] = {
      ...{ on: ["core"], image: "ghcr.io/acme/admin:1", port: 80, memory: "64MiB", replicas: 2 },
      ...{ user: "1000", readOnly: true, capabilities: [], secrets: { key: "key" } },
    };
    for (const [prop, value] of Object.entries(more))
      if (value === undefined) Reflect.deleteProperty(shop.services["admin"], prop);
      else Reflect.set(shop.services["admin"], prop, value);
  };
const otherSecret: Step = (shop) => {
  shop.secrets["root"] = { source: ssm("/other-team/root") };
};

test.each<[string, Props, string]>([
  ["all capabilities", { capabilities: ["ALL"] }, "capabilities"],
  ["one capability", { capabilities: ["SYS_ADMIN"] }, "capabilities"],
  ["Docker's own capabilities", { capabilities: undefined }, "capabilities"],
  ["root by number", { user: "0" }, "root"],
  ["root by name, with a group", { user: "root:root" }, "root"],
  ["the image's own user", { user: undefined }, "root"],
  ["a writable root file system", { readOnly: false }, "writable"],
  ["an image of another registry", { image: "docker.io/acme/admin:1" }, "registry"],
  ["an image of another owner", { image: "ghcr.io/somebody/admin:1" }, "registry"],
  ["a port of its VMs", { port: undefined, ports: { web: { port: 80, hostPort: 8080 } } }, "host-port"],
])("%s raises privilege, which a policy can block", (_, more, kind) => {
  const list = listFor(guarded(), guarded(more), raisesPrivilege(kind));
  const change = found(list, "service:admin");
  expect(change?.marks).toEqual(expect.arrayContaining(["raises-privilege", `privilege-${kind}`]));
  expect(change?.weight).not.toBe("plain");
  expect(list.verdict).toBe("blocked");
  for (const policy of [raisesPrivilege(), raisesPrivilege("admin")])
    expect(listFor(guarded(), guarded(more), policy).verdict).toBe("blocked");
  expect(listFor(guarded(), guarded(more), raisesPrivilege("frontend")).verdict).not.toBe("blocked");
});

test.each<[string, Step, string]>([
  [
    "another source of a secret",
    ({ secrets }) => void (secrets["key"] = { source: ssm("/other-team/root") }),
    "secret:key",
  ],
  [
    "another secret",
    (shop) => void (otherSecret(shop), (shop.services["admin"]!.secrets = { key: "root" })),
    "service:admin",
  ],
])("%s raises privilege, which a policy can block", (_, step, id) => {
  const list = listFor(guarded(), (shop) => void (guarded()(shop), step(shop)), raisesPrivilege("secret"));
  expect(found(list, id)?.marks).toContain("privilege-secret");
  expect(list.verdict).toBe("blocked");
});

test.each<[string, Partial<ServiceSketch>]>([
  ["another version", { image: "ghcr.io/acme/admin:2" }],
  ["another image of the same owner", { image: "ghcr.io/acme/console:1" }],
  ["another user", { user: "2000" }],
  ["nothing to read any more", { secrets: {} }],
])("%s raises none", (_, more) => {
  expect(listFor(guarded(), guarded(more), raisesPrivilege()).verdict).not.toBe("blocked");
});

test("lowering privilege raises none", () => {
  const open = guarded({ capabilities: ["ALL"], user: "0", readOnly: false });
  expect(listFor(open, guarded(), raisesPrivilege()).verdict).not.toBe("blocked");
});

test("a new service raises privilege by what it asks for beyond Docker's own, and by secrets of others", () => {
  const step =
    (more: Partial<ServiceSketch>): Step =>
    (shop) => {
      shop.services["tool"] = { on: ["core"], image: "ghcr.io/acme/tool:1", memory: "32MiB", ...more };
    };
  const verdict = (more: Partial<ServiceSketch>) =>
    listFor(guarded(), (shop) => void (guarded()(shop), step(more)(shop)), raisesPrivilege()).verdict;
  expect(verdict({})).not.toBe("blocked");
  for (const more of [
    { user: "root" },
    { capabilities: ["SYS_PTRACE"] },
    { secrets: { key: "key" } },
    { image: "evil.example/tool:1" },
  ])
    expect(verdict(more)).toBe("blocked");
});

test("a rename and a new cluster raise none", () => {
  const renamed: Step = (shop) => {
    guarded()(shop);
    shop.services["console"] = shop.services["admin"]!;
    delete shop.services["admin"];
  };
  expect(listFor(guarded(), renamed, raisesPrivilege()).verdict).not.toBe("blocked");
  expect(listFor(nothing, nothing, raisesPrivilege()).verdict).toBe("unchanged");
});

test("an image comes from a registry, and from an owner in it", () => {
  expect(
    Object.fromEntries(
      [
        ...["nginx", "nginx:1.29", "docker.io/library/nginx", "index.docker.io/library/nginx", "acme/web:1"],
        ...["ghcr.io/acme/team/web@sha256:12", "localhost/web", "registry:5000/web", "registry.example.com/web"],
      ].map((image) => [image, imageSource(image)]),
    ),
  ).toEqual({
    nginx: "docker.io/library",
    "nginx:1.29": "docker.io/library",
    "docker.io/library/nginx": "docker.io/library",
    "index.docker.io/library/nginx": "docker.io/library",
    "acme/web:1": "docker.io/acme",
    "ghcr.io/acme/team/web@sha256:12": "ghcr.io/acme/team",
    "localhost/web": "localhost",
    "registry:5000/web": "registry:5000",
    "registry.example.com/web": "registry.example.com",
  });
});
