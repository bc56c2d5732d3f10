import type { ClientHttp2Session } from "node:http2";

export interface LaunchedProvider {
  readonly pid: number;
  readonly network: string;
  readonly address: string;
  stop(): Promise<void>;
}

export function launchProvider(executable: string): Promise<LaunchedProvider>;
export function connectProvider(provider: Pick<LaunchedProvider, "network" | "address">): ClientHttp2Session;
