import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dir, type Model, type ServiceProps } from "lightfleet";
import { small } from "../program/small.js";
import { errorOf, synthesize } from "../program/synthesize.js";

const serviceWith = (files: ServiceProps["files"]): Model["services"][number] =>
  synthesize((app) => {
    small(app, { gateway: false, service: { files: files! } });
  }).model.services[0]!;

describe("a directory", () => {
  let home = "";
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "lightfleet-dir-"));
    mkdirSync(join(home, "rules/more"), { recursive: true });
    writeFileSync(join(home, "app.yml"), "a: 1\n");
    writeFileSync(join(home, "rules/more/b"), Buffer.of(0xff, 0));
    writeFileSync(join(home, "run.sh"), "#!/bin/sh\n");
    chmodSync(join(home, "run.sh"), 0o755);
  });
  afterAll(() => {
    rmSync(home, { recursive: true });
  });

  test("gives all its files: texts as texts, bytes as bytes, and programs as programs", () => {
    const { files, binaryFiles, fileOwners } = serviceWith({ ...dir(home, "/etc/app"), "/etc/own": "x" });
    expect(files).toEqual({ "/etc/app/app.yml": "a: 1\n", "/etc/app/run.sh": "#!/bin/sh\n", "/etc/own": "x" });
    expect(binaryFiles).toEqual({ "/etc/app/rules/more/b": "/wA=" });
    expect(fileOwners).toEqual({ "/etc/app/run.sh": { mode: 0o555 } });
  });

  test("that is not there is an error of its own", () => {
    expect(errorOf(() => void dir(join(home, "none"), "/etc/app"))).toMatchObject({ code: "LF100", kind: "config" });
  });
});

describe("files", () => {
  test("that are root's and for all to read say nothing of it in the model", () => {
    const service = serviceWith({ "/a": "x", "/b": { content: "y" } });
    expect(service.files).toEqual({ "/a": "x", "/b": "y" });
    expect(service).not.toHaveProperty("fileOwners");
    expect(service).not.toHaveProperty("binaryFiles");
  });

  test("have the mode and the owner that they are given", () => {
    expect(serviceWith({ "/a": { content: "x", mode: 0o640, uid: 1_000, gid: 1_001 } }).fileOwners).toEqual({
      "/a": { mode: 0o640, uid: 1_000, gid: 1_001 },
    });
  });
});
