import { LightfleetError } from "../../errors/error.js";

/** One server's API, as far as comments need it. */
export interface Api {
  get(path: string): Promise<unknown>;
  send(method: "POST" | "PATCH" | "PUT", path: string, body: object): Promise<unknown>;
  /** The bytes that a path leads to, elsewhere too: the token is not sent there. @throws LF653 also where they are more than that many */
  download(path: string, most: number): Promise<Uint8Array>;
}

const PATIENCE = 30_000;

/**
 * Speaks JSON to a server, with a token.
 * @param root as in `https://api.github.com`
 * @param headers what authorizes a request
 */
export function openApi(root: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Api {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const url = `${root.replace(/\/+$/, "")}${path}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          accept: "application/json",
          "user-agent": "lightfleet",
          ...headers,
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
        redirect: "error",
      });
    } catch (cause) {
      throw refused(`${method} ${url} cannot be reached`, cause);
    }
    if (!response.ok) throw refused(`${method} ${url} answered ${response.status}${await reasonOf(response)}`);
    return response.status === 204 ? undefined : response.json();
  };
  const download = async (path: string, most: number): Promise<Uint8Array> => {
    const url = `${root.replace(/\/+$/, "")}${path}`;
    const limits = { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) };
    const unreachable = (cause: unknown): never => {
      throw refused(`GET ${url} cannot be reached`, cause);
    };
    const asked = { headers: { "user-agent": "lightfleet", ...headers }, redirect: "manual" as const, ...limits };
    const first = await fetch(url, asked).catch(unreachable);
    const elsewhere = first.status >= 300 && first.status < 400 ? first.headers.get("location") : null;
    const response =
      elsewhere === null ? first : await fetch(elsewhere, { redirect: "error", ...limits }).catch(unreachable);
    if (!response.ok) throw refused(`GET ${url} answered ${response.status}${await reasonOf(response)}`);
    return bytesOf(response, most, url);
  };
  return { get: (path) => ask("GET", path), send: ask, download };
}

/** A body of at most that many bytes, whatever its header says. */
async function bytesOf(response: Response, most: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw refused(`GET ${url} has more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const [, message = ""] = /"message"\s*:\s*"([^"]{1,200})"/.exec(text) ?? [];
  return message === "" ? "" : `: ${message}`;
}

const refused = (message: string, cause?: unknown): LightfleetError =>
  new LightfleetError(message, {
    code: "LF653",
    kind: "external",
    hint: "see whether the token may write comments, and whether the address is right",
    cause,
  });
