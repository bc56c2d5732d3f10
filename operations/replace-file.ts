import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** Writes a file at once, so that nobody reads half of it; leaves alone one that says the same already. */
export async function replaceFile(file: string, text: string | Uint8Array, mode = 0o644): Promise<void> {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(Buffer.from(text)) === true) return;
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { mode });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
