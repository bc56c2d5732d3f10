import type { ImportResult } from "../../commands/image-import.js";
import type { FoundImage } from "../../commands/image-find.js";
import type { PinResult } from "../../commands/image-pin.js";
import { safeLine } from "../terminal/escape.js";
import { table } from "../terminal/table.js";
import type { Terminal } from "../terminal/terminal.js";

/** Images, one a line, under their region. */
export function showImages(images: readonly FoundImage[], terminal: Terminal): void {
  if (images.length === 0) terminal.result("no image");
  for (const region of new Set(images.map((image) => image.region))) {
    terminal.result(terminal.style("bold", region));
    const rows = images
      .filter((image) => image.region === region)
      .map(({ id, name, arch, bootMode, state, created, pinned }) => [
        ...[id, arch ?? "?", bootMode ?? "", state, created.slice(0, 10), pinned ? "pinned" : "", name],
      ]);
    table(
      rows.map((row) => row.map(safeLine)),
      terminal.width,
    ).forEach((line) => terminal.result(line));
  }
}

/** What is pinned now. */
export function showPins({ pinned, changed, file }: PinResult, sandbox: boolean, terminal: Terminal): void {
  const rows = pinned.map(({ region, key, id, bootMode, name }) => [region, key, id, bootMode ?? "", name]);
  table(
    rows.map((row) => row.map(safeLine)),
    terminal.width,
  ).forEach((line) => terminal.result(line));
  if (sandbox) terminal.result("these stand for them in the sandbox; nothing was pinned");
  else terminal.result(changed ? `${file} pins them: commit it` : `${file} pinned them already`);
}

/** What came of an import. */
export function showImport({ image, existed, pinned, file, digest }: ImportResult, terminal: Terminal): void {
  if (image === null) {
    terminal.result(`nothing is left of the import of ${digest}${existed ? "; its image stays" : ""}`);
    return;
  }
  const { id, name, region, bootMode } = image;
  terminal.result(
    `${existed ? "there was" : "made"} ${id} in ${region}: ${safeLine(name)}, ${bootMode ?? "no boot mode"}`,
  );
  if (pinned) terminal.result(`${file} pins it: commit it`);
}
