import { LightfleetError } from "../../errors/error.js";

/** One server's API, as far as comments need it. */
export interface Api {
  get(path: string): Promise<unknown>;
  send(method: "POST" | "PATCH" | "PUT", path: string, body: object): Promise<unknown>;
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
  return { get: (path) => ask("GET", path), send: ask };
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
