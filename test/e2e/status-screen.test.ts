import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { atTerminal, scriptIsThere } from "./terminal.js";

/** What a screen of the alternate kind was last wiped for. */
const screens = (output: string): string[][] =>
  output
    .split("\u001b[H\u001b[0J")
    .slice(1)
    .map((drawn) => drawn.split("\u001b[?25h")[0]!.split(/\r?\n/));

test.skipIf(!scriptIsThere())("the status is one screen, of whatever size, until Ctrl-C", async () => {
  const dir = await project({ "main.ts": program("shop", { image: "registry.example.com/acme/web:1.8.2" }) });
  expect((await cli(dir, ["synth"])).exitCode).toBe(0);
  const resize = 'T=$(tty); (until [ -e smaller ]; do sleep 0.1; done; stty -F "$T" cols 44 rows 7) &';
  const smaller = (): string => {
    writeFileSync(join(dir, "smaller"), "");
    return "";
  };
  const { exitCode, output } = await atTerminal(
    dir,
    "status --sandbox --watch --every 60s",
    [
      [/acme\/web:1\.8\.2/, smaller],
      [/… \d+ more/, "\u0003"],
    ],
    {},
    `stty cols 100 rows 24; ${resize} true`,
  );
  expect(exitCode).toBe(0);
  const [first = [], ...later] = screens(output);
  expect(first.join("\n")).toMatch(/^shop: not deployed\nfleets\n {2}control .*\n {2}core /);
  const last = later.at(-1) ?? [];
  expect(last.length).toBeLessThan(7);
  expect(Math.max(...last.map(({ length }) => length))).toBeLessThanOrEqual(44);
  expect(output).toContain("\u001b[?1049l");
});
