import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";

const BIOS_BOOT = "4861682149646f6e744e656564454649";
const EFI_SYSTEM = "28732ac11ff8d211ba4b00a0c93ec93b";

/** A disk that nothing boots, with a partition table that says how it would. */
export function rawDisk(bytes: number, boots: readonly ("bios" | "efi")[] = ["bios", "efi"]): Buffer {
  const disk = randomBytes(bytes);
  disk.fill(0, 0, 34 * 512);
  disk.write("EFI PART", 512, "latin1");
  disk.writeBigUInt64LE(2n, 512 + 72);
  disk.writeUInt32LE(128, 512 + 80);
  disk.writeUInt32LE(128, 512 + 84);
  boots.forEach((kind, i) => disk.write(kind === "bios" ? BIOS_BOOT : EFI_SYSTEM, 1024 + i * 128, "hex"));
  return disk;
}

/** A gzipped tar with these files. */
export function tarball(files: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(content.length.toString(8).padStart(11, "0"), 124);
    header.write("0", 156);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}
