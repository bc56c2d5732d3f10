import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { absent } from "./lab.js";

/** The functions of the script that prepares a VM, without what it does with them. */
const prepare = fileURLToPath(new URL("../../node/files/prepare.sh", import.meta.url));
const functions = readFileSync(prepare, "utf8").split("\nrepositories\n")[0] ?? "";

/**
 * Runs in a mount namespace of its own, over a copy of what it changes: a loop device stands for the second disk, and `lsblk`
 * says of it what it says of one on EC2.
 */
const script = (dir: string): string => `
set -euo pipefail
mount --make-rprivate /
truncate -s 256M ${dir}/disk
device=$(losetup -f --show ${dir}/disk)
trap 'umount -q /var/lib/docker /var/lib/containerd /var/lib/lightfleet-data || true; losetup -d $device' EXIT
mkdir -p ${dir}/bin ${dir}/var
mount -t tmpfs none /var/lib
printf '' > ${dir}/fstab
mount --bind ${dir}/fstab /etc/fstab
cat > ${dir}/bin/lsblk <<LSBLK
#!/bin/sh
case "\\$*" in
*NAME,TYPE*) printf '/dev/root disk Amazon Elastic Block Store\\n$device disk Amazon Elastic Block Store\\n/dev/fast disk Amazon EC2 NVMe Instance Storage\\n' ;;
*"-no NAME /dev/root"*) printf 'root\\nroot1\\n' ;;
*"-no NAME"*) printf 'one\\n' ;;
*MOUNTPOINT*) ;;
esac
LSBLK
chmod 755 ${dir}/bin/lsblk
PATH=${dir}/bin:$PATH
source ${dir}/functions.sh
trap - ERR
config=${dir}
touch ${dir}/data-disk
data_disk
echo kept > /var/lib/docker/file
data_disk
echo "label $(blkid -o value -s LABEL $device)"
for part in docker containerd; do echo "$part $(findmnt -no SOURCE --target /var/lib/$part)"; done
echo "file $(cat /var/lib/lightfleet-data/docker/file)"
cat /etc/fstab
`;

describe.skipIf(absent() !== undefined)("the disk for data", () => {
  test("is the one that is EBS and empty; it holds what Docker and containerd keep, and is taken once", () => {
    const dir = mkdtempSync(join(tmpdir(), "lightfleet-disk-"));
    try {
      writeFileSync(join(dir, "functions.sh"), functions);
      const said = execFileSync("unshare", ["-m", "bash", "-c", script(dir)], { encoding: "utf8" });
      expect(said).toContain("label lightfleet\n");
      expect(said).toMatch(/docker \/dev\/loop\d+\[\/docker\]\ncontainerd \/dev\/loop\d+\[\/containerd\]\nfile kept\n/);
      expect(said.match(/^LABEL=lightfleet /gm)).toHaveLength(1);
      expect(said.match(/ none bind,/g)).toHaveLength(2);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
