import { constants } from "node:http2";
import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { connectProvider, launchProvider } from "./launch.mjs";
import { decodeMessage, encodeMessage } from "./messages.mjs";

/** A value that is not known before apply. */
export const UNKNOWN = Object.freeze(
  new (class Unknown {
    toJSON() {
      return "(unknown)";
    }
  })(),
);

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
  const provider = await launchProvider(executable);
  const session = connectProvider(provider);

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
      await provider.stop();
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
