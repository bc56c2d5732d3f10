import { expect, test } from "vitest";
import { runProcess } from "../../terraform/process.js";
import { tempDir } from "./workspace.js";

const node = (script: string) => ({ file: process.execPath, args: ["-e", script], cwd: process.cwd(), env: {} });

test("gives exit code, output and the end of standard error", async () => {
  const outcome = await runProcess(
    node(`console.log("out"); console.error("x".repeat(9000) + "end"); process.exit(3)`),
  );
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 3, stdout: "out", interrupted: false });
  expect(outcome.reason === "exited" && outcome.stderr.length).toBe(8192);
  expect(outcome.reason === "exited" && outcome.stderr.endsWith("end\n")).toBe(true);
});

test("streams lines, the last one without an end too", async () => {
  const lines: string[] = [];
  const outcome = await runProcess({
    ...node(`process.stdout.write("a\\nb"); process.stdout.write("c\\n\\nd")`),
    onLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(["a", "bc", "", "d"]);
  expect(outcome).toMatchObject({ reason: "exited", stdout: "" });
});

test("hands over exactly the environment that it was given", async () => {
  const outcome = await runProcess({ ...node("console.log(JSON.stringify(process.env))"), env: { A: "1" } });
  expect(outcome).toMatchObject({ stdout: '{"A":"1"}' });
});

test("takes arguments as they are, without a shell", async () => {
  const args = ["-e", "console.log(process.argv[1])", "--", "$HOME; `id` 'x'"];
  expect(await runProcess({ ...node(""), args })).toMatchObject({ stdout: "$HOME; `id` 'x'" });
});

test("says that a program could not be started", async () => {
  expect(await runProcess({ ...node(""), file: "/nonexistent/terraform" })).toMatchObject({ reason: "spawn-failed" });
  expect(await runProcess({ ...node(""), cwd: `${await tempDir()}/none` })).toMatchObject({ reason: "spawn-failed" });
});

test("says which signal killed a program", async () => {
  const outcome = await runProcess(node("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 60000)"));
  expect(outcome).toMatchObject({ reason: "killed", signal: "SIGKILL", interrupted: false });
});

test("passes one interrupt on, and waits for the program to finish", async () => {
  const abort = new AbortController();
  const script = `let n = 0; process.on("SIGINT", () => { n++; setTimeout(() => { console.log("got " + n); process.exit(1) }, 200) });
    console.log("ready"); setTimeout(() => {}, 60000)`;
  const lines: string[] = [];
  const onLine = (line: string): void => {
    lines.push(line);
    if (line === "ready") abort.abort();
  };
  const outcome = await runProcess({ ...node(script), onLine, signal: abort.signal });
  expect(lines).toEqual(["ready", "got 1"]);
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 1, interrupted: true });
});

test("interrupts once more after the grace", async () => {
  const abort = new AbortController();
  const script = `let n = 0; process.on("SIGINT", () => { if (++n === 2) process.exit(4) }); console.log("ready"); setTimeout(() => {}, 60000)`;
  const outcome = await runProcess({ ...node(script), onLine: () => abort.abort(), signal: abort.signal, grace: 50 });
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 4, interrupted: true });
});

test("kills the whole group where even that is not heard", async () => {
  const abort = new AbortController();
  const script = `process.on("SIGINT", () => {}); require("child_process").spawn("sleep", ["60"], { stdio: "inherit" });
    console.log("ready"); setTimeout(() => {}, 60000)`;
  const deaf = { ...node(script), env: { PATH: "/usr/bin:/bin" }, onLine: () => abort.abort() };
  const outcome = await runProcess({ ...deaf, signal: abort.signal, grace: 60 });
  expect(outcome).toMatchObject({ reason: "killed", signal: "SIGKILL", interrupted: true });
});
