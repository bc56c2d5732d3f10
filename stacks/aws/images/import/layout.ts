import type { FileHandle } from "node:fs/promises";

/** How machines can boot a disk. */
export type BootMode = "legacy-bios" | "uefi" | "uefi-preferred";

const SECTOR = 512;
/** GUIDs of partition types, as they lie on disk: the first three groups are little-endian. */
const BIOS_BOOT = "4861682149646f6e744e656564454649";
const EFI_SYSTEM = "28732ac11ff8d211ba4b00a0c93ec93b";

/**
 * Reads from a disk's partition table how it boots: with a BIOS boot partition and an EFI one both ways, as images of Photon OS
 * did until 2025; with an EFI one alone by UEFI, as they do since. Undefined where there is no partition table.
 */
export async function readBootMode(disk: FileHandle): Promise<BootMode | undefined> {
  const header = await read(disk, SECTOR, SECTOR);
  if (header.toString("latin1", 0, 8) !== "EFI PART") {
    const sector = await read(disk, 0, SECTOR);
    return sector.length === SECTOR && sector.readUInt16LE(510) === 0xaa55 ? "legacy-bios" : undefined;
  }
  const [start, count, size] = [Number(header.readBigUInt64LE(72)), header.readUInt32LE(80), header.readUInt32LE(84)];
  if (count > 1_024 || size < 128 || size > 4_096) return undefined;
  const table = await read(disk, start * SECTOR, count * size);
  const types = new Set<string>();
  for (let at = 0; at + 16 <= table.length; at += size) types.add(table.toString("hex", at, at + 16));
  if (!types.has(EFI_SYSTEM)) return "legacy-bios";
  return types.has(BIOS_BOOT) ? "uefi-preferred" : "uefi";
}

async function read(disk: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await disk.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
