import { unwritable } from "../images/writes.js";
import type { Rule } from "../rule.js";

export const readOnlyRoot: Rule = {
  code: "LF313",
  severity: "warning",
  title: "a task with a read-only root has where to write what it must",
  why: `With 'readOnly' a task can write to the volumes and tmpfs that it mounts, and nowhere else: not to /tmp, not for its pid file, not for
its socket. Images that are known to write somewhere end with "read-only file system" where no volume is there: a warning. Where the
image is not known and nothing at all is mounted, it is a note: a program of one binary needs no place to write, most others need
/tmp.`,
  fix: `mount memory where it writes, as in tmpfs: { "/tmp": "64MiB" }, or a volume for what is to stay, or leave 'readOnly' out`,
  *check({ model }) {
    for (const service of model.services) {
      const { id, readOnly, volumes, tmpfs = {} } = service;
      if (!readOnly) continue;
      const missing = unwritable(service);
      if (missing === undefined && Object.keys(volumes).length + Object.keys(tmpfs).length === 0)
        yield {
          at: { on: id },
          message: "its root is read-only and it mounts no volume and no tmpfs: it can write nowhere, not even to /tmp",
          severity: "note",
        };
      else if (missing !== undefined && missing.length > 0)
        yield {
          at: { on: id, detail: missing.join(", ") },
          message: "its root is read-only, and its image writes where neither a volume nor a tmpfs is mounted",
        };
    }
  },
};
