import { spread } from "../model/hash.js";

/** The key of a secret in the stack; the name in the swarm is given on the manager, with a hash of its version. */
export const secretKey = (id: string): string => id;

/** The key of a file's content in the stack: readable, and its own for each path. */
export function fileKey(service: string, path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9-]/g, "-");
  return `${service}-${name}-${spread(path).toString(36)}`;
}
