export const PLATFORM: string;
export function findMirror(): string | undefined;
export function findExecutable(mirror: string, version: string): string | undefined;
export function cliConfig(mirror: string): string;
