import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect as connectSocket } from "node:net";
import { createInterface } from "node:readline";
import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { decodeMessage, encodeMessage } from "./messages.mjs";

/** A value that is not known before apply. */
export const UNKNOWN = Object.freeze(
  new (class Unknown {
    toJSON() {
      return "(unknown)";
    }
  })(),
);

const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const extensionCodec = new ExtensionCodec();
// Terraform's refined unknowns have type 12; what they promise about the value does not matter here.
for (const type of [0, 12])
  extensionCodec.register({
    type,
    encode: (value) => (value === UNKNOWN && type === 0 ? new Uint8Array(1) : null),
    decode: () => UNKNOWN,
  });

/** Starts a provider and talks to it as Terraform does (plugin protocol 5, without TLS, over its own socket). */
export async function startPlugin(executable) {
  const env = { ...process.env, TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5" };
  const child = spawn(executable, { env, stdio: ["ignore", "pipe", "ignore"] });
  const [handshake] = await once(createInterface({ input: child.stdout }), "line");
  const [, , network, address] = handshake.split("|");
  const [host, port] = address.split(":");
  const socket = () => (network === "unix" ? connectSocket(address) : connectSocket(Number(port), host));
  const session = connectHttp2("http://localhost", { createConnection: socket });

  const call = async (method, message, request) => {
    const reply = await unary(session, method, encodeMessage(`${message}Request`, request)).catch((cause) => {
      throw Object.assign(new Error(`the provider ended while it answered ${method}`, { cause }), { fatal: true });
    });
    const response = decodeMessage(`${message}Response`, reply);
    const failed = response.diagnostics.find(({ severity }) => severity === 1);
    if (failed) throw new Error(`${failed.summary}${failed.detail ? `: ${failed.detail}` : ""}`);
    return response;
  };
  return {
    configure: (config) => call("Configure", "Configure", { terraform_version: "1.11.4", config: dynamic(config) }),
    validate: (type, config) =>
      call("ValidateResourceTypeConfig", "Validate", { type_name: type, config: dynamic(config) }),
    /** Asks for a plan; `prior` is null for a resource that does not exist yet. */
    async plan(type, prior, proposed, config) {
      const response = await call("PlanResourceChange", "Plan", {
        type_name: type,
        prior_state: dynamic(prior),
        proposed_new_state: dynamic(proposed),
        config: dynamic(config),
      });
      return {
        planned: decode(response.planned_state.msgpack, { extensionCodec }),
        replace: response.requires_replace,
      };
    },
    async stop() {
      session.close();
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

function dynamic(value) {
  return { msgpack: encode(value, { extensionCodec }) };
}

async function unary(session, method, message) {
  const stream = session.request({
    [constants.HTTP2_HEADER_METHOD]: "POST",
    [constants.HTTP2_HEADER_PATH]: `/tfplugin5.Provider/${method}`,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let status = {};
  stream.on("response", (headers) => (status = headers));
  stream.on("trailers", (trailers) => (status = trailers));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  stream.end(Buffer.concat([head, message]));
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (status["grpc-status"] !== "0") throw new Error(`${method}: ${status["grpc-message"] ?? status["grpc-status"]}`);
  return Buffer.concat(chunks).subarray(5);
}
