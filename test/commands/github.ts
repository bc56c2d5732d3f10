import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

interface Comment {
  readonly id: number;
  body: string;
  /** As GitHub says whose it is. */
  readonly user?: { readonly login: string; readonly type: string };
  /** As GitLab says it. */
  readonly author?: { readonly id: number };
}

const BOT = 77;
const BY_BOT = { user: { login: "github-actions[bot]", type: "Bot" }, author: { id: BOT } };

/** An open pull request. */
interface Pull {
  readonly number: number;
  readonly sha: string;
  readonly branch?: string;
  /** Of the branch, as in `eve/shop`. */
  readonly repository?: string;
}

/** An artifact of run 5. */
interface Artifact {
  readonly name: string;
  readonly archive: Uint8Array;
  /** What the server says of its size; the archive's own where it is not given. */
  readonly bytes?: number;
}

const headOf = ({ sha, branch = "change", repository = "acme/shop" }: Pull) => ({
  ...{ sha, ref: branch, repo: { full_name: repository } },
});

/** GitHub's and GitLab's API on loopback, as far as comments need it: answers have the shape of the real ones. */
export async function startServer(pulls: readonly Pull[], artifacts: readonly Artifact[] = []) {
  const seen: Seen[] = [];
  const comments: Comment[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString("utf8");
      const { method = "", url = "" } = request;
      seen.push({
        method,
        path: url,
        authorization: request.headers.authorization ?? String(request.headers["private-token"]),
      });
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      };
      const [path = "", query = ""] = url.split("?");
      const page = Number(new URLSearchParams(query).get("page") ?? "1");
      const pull = /^\/repos\/acme\/shop\/pulls\/(\d+)$/.exec(path);
      const stored = /^\/repos\/acme\/shop\/actions\/artifacts\/(\d+)\/zip$/.exec(path);
      const blob = /^\/blob\/(\d+)$/.exec(path);
      const edit = /(?:comments|notes)\/(\d+)$/.exec(path);
      if (request.headers.authorization === "Bearer wrong")
        answer(403, { message: "Resource not accessible by integration" });
      else if (path === "/repos/acme/shop/actions/runs/5/artifacts")
        answer(200, {
          artifacts: artifacts.map(({ name, archive, bytes }, id) => ({
            ...{ id, name, size_in_bytes: bytes ?? archive.length },
          })),
        });
      else if (stored !== null) {
        response.writeHead(302, { location: `http://${request.headers.host}/blob/${stored[1]}` });
        response.end();
      } else if (blob !== null) response.end(artifacts[Number(blob[1])]?.archive);
      else if (path === "/user") answer(200, { id: BOT });
      else if (path === "/repos/acme/shop/pulls")
        answer(200, page > 1 ? [] : pulls.map((one) => ({ number: one.number, head: headOf(one) })));
      else if (pull !== null) {
        const found = pulls.find(({ number }) => number === Number(pull[1]));
        answer(
          found === undefined ? 404 : 200,
          found === undefined ? { message: "Not Found" } : { number: found.number, head: headOf(found) },
        );
      } else if (method === "GET") answer(200, comments.slice((page - 1) * 100, page * 100));
      else {
        const { body } = JSON.parse(text) as { body: string };
        const old = comments.find(({ id }) => id === Number(edit?.[1]));
        if (old !== undefined) old.body = body;
        else comments.push({ id: comments.length + 1, body, ...BY_BOT });
        answer(old === undefined ? 201 : 200, old ?? comments.at(-1));
      }
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, seen, comments };
}
