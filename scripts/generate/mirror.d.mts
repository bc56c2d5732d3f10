export function findMirror(): string | undefined;
export function cliConfig(mirror: string): string;
