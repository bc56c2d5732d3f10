import { once } from "node:events";
import {
  constants,
  createServer,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";

interface Answer {
  readonly status: string;
  readonly message: string;
  readonly body: Buffer;
}

/**
 * Stands between Terraform and a provider and passes every call on, but for one: `GetSchema` is asked once, and its
 * answer is given filtered. Listens on `socket` until it is closed.
 */
export async function startProxy(
  provider: ClientHttp2Session,
  socket: string,
  filter: (schema: Uint8Array) => Buffer,
): Promise<{ close(): Promise<void> }> {
  let schema: Promise<Answer> | undefined;
  const answer = (path: string, body: Buffer): Promise<Answer> => {
    if (!path.endsWith("/GetSchema")) return ask(provider, path, body);
    schema ??= ask(provider, path, body).then((whole) => ({ ...whole, body: framed(filter(whole.body.subarray(5))) }));
    return schema;
  };
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on("session", (session) => sessions.add(session));
  server.on("stream", (stream, headers) => void serve(stream, headers, answer));
  server.listen(socket);
  await once(server, "listening");
  return {
    async close() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  answer: (path: string, body: Buffer) => Promise<Answer>,
): Promise<void> {
  stream.on("error", () => undefined);
  const path = String(headers[constants.HTTP2_HEADER_PATH]);
  // The plugin library's own services (output, broker) are open streams, and not needed: refused at once.
  const { status, message, body } = path.startsWith("/tfplugin5.Provider/")
    ? await answer(path, await collect(stream)).catch(unavailable)
    : { status: "12", message: "unimplemented", body: Buffer.alloc(0) };
  if (stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": status, "grpc-message": message }));
  stream.end(body);
}

async function ask(provider: ClientHttp2Session, path: string, body: Buffer): Promise<Answer> {
  const stream = provider.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let ending: IncomingHttpHeaders = {};
  stream.on("response", (headers) => (ending = headers));
  stream.on("trailers", (trailers) => (ending = trailers));
  stream.end(body);
  const reply = await collect(stream);
  return { status: String(ending["grpc-status"] ?? "2"), message: String(ending["grpc-message"] ?? ""), body: reply };
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function unavailable(error: unknown): Answer {
  return { status: "14", message: encodeURIComponent(String(error)), body: Buffer.alloc(0) };
}
