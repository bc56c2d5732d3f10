/**
 * Beginnings of labels that are not a program's to set: the engine and `docker stack` find, compare and delete their objects by
 * theirs (moby and docker/cli: `com.docker.stack.namespace`, `com.docker.stack.image`, `com.docker.swarm.*`), and releases by
 * Lightfleet's.
 */
const RESERVED = ["com.docker.stack.", "com.docker.swarm.", "com.docker.service.", "lightfleet."] as const;

/** The reserved beginning that a label has, or undefined where it has none. */
export const reservedLabel = (name: string): string | undefined => RESERVED.find((prefix) => name.startsWith(prefix));
