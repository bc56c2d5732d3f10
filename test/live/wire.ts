import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A question as it went over the wire. */
export interface Call {
  /** As in `DescribeInstances`; for S3 the method and the path. */
  readonly action: string;
  /** The fields of a form; empty for all else. */
  readonly form: URLSearchParams;
  /** As the signature names it, as in `ec2` or `s3`. */
  readonly service: string;
  /** As in `PUT`. */
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What was sent, as text. */
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Content type. @default text/xml */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Wire {
  /** Where to ask in place of the emulator. */
  readonly url: string;
  readonly calls: Call[];
  /** How often each action was asked for, since the calls were last emptied. */
  counts(): Record<string, number>;
  /** Answers in place of the emulator, where it gives an answer. */
  answer: ((call: Call) => Promise<Answer | undefined> | Answer | undefined) | undefined;
  /** Puts right what the emulator answers otherwise than AWS would; asked for calls that carry a form. */
  amend: ((call: Call, answer: string) => string) | undefined;
  /** Told when a question was answered, and before the one who asked gets to know. */
  answered: ((call: Call) => void) | undefined;
  close(): Promise<void>;
}

/** Stands between the SDKs and an emulator: writes down what was asked, and answers what the emulator does not know. */
export async function openWire(upstream: string): Promise<Wire> {
  const calls: Call[] = [];
  const wire: Hooks = { answer: undefined, amend: undefined, answered: undefined };
  const server = createServer((incoming, outgoing) => {
    handle(upstream, calls, wire, incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(502).end(String(error));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return Object.assign(wire, {
    url: `http://127.0.0.1:${port}`,
    calls,
    counts: () => {
      const counts: Record<string, number> = {};
      for (const { action } of calls) counts[action] = (counts[action] ?? 0) + 1;
      return counts;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  });
}

type Hooks = Pick<Wire, "answer" | "amend" | "answered">;

async function handle(
  upstream: string,
  calls: Call[],
  wire: Hooks,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const call = read(incoming, body);
  calls.push(call);
  const answer = await wire.answer?.(call);
  if (answer !== undefined) {
    wire.answered?.(call);
    const headers = { "content-type": answer.type ?? "text/xml", ...answer.headers };
    outgoing.writeHead(answer.status, headers).end(answer.body);
    return;
  }
  const onward = new URL(incoming.url ?? "/", upstream);
  const headers = { ...incoming.headers, connection: "close" };
  const sent = request(onward, { method: incoming.method, headers }, (answered) => {
    wire.answered?.(call);
    if (wire.amend === undefined || !call.form.has("Action")) {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
      return;
    }
    text(answered).then(
      (said) => {
        const type = { "content-type": answered.headers["content-type"] ?? "text/xml" };
        outgoing.writeHead(answered.statusCode ?? 502, type).end(wire.amend?.(call, said) ?? said);
      },
      () => outgoing.destroy(),
    );
  });
  sent.on("error", () => outgoing.destroy());
  sent.end(body);
}

function read({ headers, method, url }: IncomingMessage, body: Buffer): Call {
  const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  const form = new URLSearchParams(isForm ? body.toString("utf8") : "");
  const target = headers["x-amz-target"];
  const named = form.get("Action") ?? (typeof target === "string" ? target.split(".").at(-1) : undefined);
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "")?.[1] ?? "";
  const asked = { service, method: method ?? "", url: url ?? "", body: body.toString("utf8") };
  return { action: named ?? `${method} ${url?.split("?")[0]}`, form, ...asked };
}
