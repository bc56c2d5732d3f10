import { constants, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";

const HEADER = 5;
const STATUS_OK = "0";
const STATUS_UNIMPLEMENTED = "12";
const STATUS_INTERNAL = "13";

/** Answers one unary call: `/service/Method` and the message in, the message out; undefined where there is no such method. */
export type Call = (path: string, message: Buffer, session: Http2Session | undefined) => Uint8Array | undefined;

/**
 * Serves unary gRPC calls on a stream of an HTTP/2 server. Whatever `knows` denies is refused on arrival, since some of it
 * are streams that never end.
 */
export function serveCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  knows: (path: string) => boolean,
  call: Call,
): void {
  const path = String(headers[constants.HTTP2_HEADER_PATH]);
  stream.on("error", () => stream.destroy());
  if (!knows(path)) return refuse(stream, STATUS_UNIMPLEMENTED, `${path} is not served`);
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    try {
      const answer = call(path, Buffer.concat(chunks).subarray(HEADER), stream.session);
      if (answer === undefined) return refuse(stream, STATUS_UNIMPLEMENTED, `${path} is not served`);
      reply(stream, answer);
    } catch (error) {
      refuse(stream, STATUS_INTERNAL, error instanceof Error ? error.message : String(error));
    }
  });
}

function reply(stream: ServerHttp2Stream, message: Uint8Array): void {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(message.length, 1);
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": STATUS_OK }));
  stream.end(Buffer.concat([header, message]));
}

/** An answer of headers alone. The message is percent-encoded, as gRPC asks. */
function refuse(stream: ServerHttp2Stream, status: string, message: string): void {
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": status,
      "grpc-message": encodeURIComponent(message).slice(0, 4000),
    },
    { endStream: true },
  );
}
