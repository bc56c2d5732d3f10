import { LightfleetError } from "./error.js";

const WHY: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  EEXIST: "what should be a folder above it is a file",
  ENOTDIR: "what should be a folder above it is a file",
  ENOENT: "the folder that it is in does not exist",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "symbolic links lead in a circle",
};

/**
 * What the file system refused, as an error with its path and reason: that is for whoever runs the command to mend, and no bug.
 * @returns LF640; undefined where it is something else
 */
export function fileError(thrown: unknown): LightfleetError | undefined {
  if (LightfleetError.is(thrown) || !(thrown instanceof Error)) return undefined;
  const { code = "", path, syscall = "" } = thrown as NodeJS.ErrnoException;
  const why = WHY[code];
  if (why === undefined || syscall === "" || syscall.startsWith("spawn")) return undefined;
  const what = path === undefined ? "a file cannot be written or read" : `'${path}' cannot be written or read`;
  return new LightfleetError(`${what}: ${why}`, {
    code: "LF640",
    kind: "external",
    hint: "make room for it, or give it the rights that it needs, and run the command again",
    cause: thrown,
  });
}
