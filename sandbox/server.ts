import type { Http2SecureServer, Http2Server, Http2Session } from "node:http2";
import { createSecureServer, createServer } from "node:http2";
import type { Identity } from "./protocol/certificate.js";
import { serveCall } from "./protocol/grpc.js";
import { readRequest, writeImport, writeResponse } from "./protocol/messages.js";
import { Session, type Services } from "./service.js";

const PROVIDER = "/tfplugin5.Provider/";
const SHUTDOWN = "/plugin.GRPCController/Shutdown";

export interface ServerOptions {
  readonly services: Services;
  /** The encoded answer to GetSchema. */
  readonly wireSchema: () => Uint8Array;
  /** With whom to speak mutual TLS: the client's certificate (PEM) and our own identity. */
  readonly tls?: { readonly client: string; readonly identity: Identity };
  /** Called when Terraform asks the process to end. */
  readonly onShutdown: () => void;
}

/** The provider as an HTTP/2 server that is not listening yet. Each connection is a session of its own. */
export function createProviderServer({
  services,
  wireSchema,
  tls,
  onShutdown,
}: ServerOptions): Http2Server | Http2SecureServer {
  const server =
    tls === undefined
      ? createServer()
      : createSecureServer({
          key: tls.identity.key,
          cert: tls.identity.certificate,
          ca: tls.client,
          requestCert: true,
          rejectUnauthorized: true,
          ALPNProtocols: ["h2"],
        });
  const sessions = new WeakMap<Http2Session, Session>();
  const sessionOf = (connection: Http2Session | undefined): Session => {
    const session = (connection && sessions.get(connection)) ?? new Session(services);
    if (connection) sessions.set(connection, session);
    return session;
  };
  const { methods } = new Session(services);
  const knows = (path: string): boolean =>
    path === SHUTDOWN ||
    (path.startsWith(PROVIDER) && (path.slice(PROVIDER.length) in methods || isPlain(path.slice(PROVIDER.length))));

  server.on("stream", (stream, headers) => {
    serveCall(stream, headers, knows, (path, message, connection) => {
      if (path === SHUTDOWN) {
        stream.on("close", onShutdown);
        return new Uint8Array();
      }
      const method = path.slice(PROVIDER.length);
      if (method === "GetSchema") return wireSchema();
      if (method === "Stop") return new Uint8Array();
      const request = readRequest(method, message);
      const response = sessionOf(connection).answer(method, request);
      return method === "ImportResourceState" ? writeImport(request.type, response) : writeResponse(method, response);
    });
  });
  // A client that goes away in the middle of a call is no failure of ours.
  server.on("sessionError", () => undefined);
  return server;
}

const isPlain = (method: string): boolean => method === "GetSchema" || method === "Stop";
