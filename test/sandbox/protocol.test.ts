import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, type ClientHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { PbfReader, PbfWriter } from "pbf";
import { afterEach, expect, test } from "vitest";
import { createIdentity } from "../../sandbox/protocol/certificate.js";
import { clientCertificate, greeting, isStartedByEngine, listenAddress } from "../../sandbox/protocol/handshake.js";
import { readRequest, writeImport, writeResponse } from "../../sandbox/protocol/messages.js";
import { encodeSchema } from "../../sandbox/protocol/schema-message.js";
import { decodeValue, encodeValue } from "../../sandbox/protocol/values.js";
import { createProviderServer } from "../../sandbox/server.js";
import { conform } from "../../sandbox/schema.js";
import { Unknown, UNKNOWN, type Value } from "../../sandbox/value.js";
import { providerSchema, services, tables } from "./local.js";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Served {
  readonly client: ClientHttp2Session;
  call(path: string, message?: Uint8Array): Promise<{ status: string | undefined; message: Buffer; text: string }>;
  readonly shutdowns: () => number;
}

/** The real server, on a port of this machine, and a client of it. */
async function serve(secure = false): Promise<Served> {
  let shutdowns = 0;
  const [ours, theirs] = [createIdentity(), createIdentity()];
  const server = createProviderServer({
    services: services(),
    wireSchema: () => encodeSchema(providerSchema),
    ...(secure && { tls: { client: theirs.certificate, identity: ours } }),
    onShutdown: () => shutdowns++,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const { port } = bound as AddressInfo;
  const client = connect(`${secure ? "https" : "http"}://localhost:${port}`, {
    ...(secure && { ca: ours.certificate, cert: theirs.certificate, key: theirs.key }),
  });
  closing.push(() => {
    client.destroy();
    server.close();
  });
  const call: Served["call"] = async (path, message = new Uint8Array()) => {
    const header = Buffer.alloc(5);
    header.writeUInt32BE(message.length, 1);
    const stream = client.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
    let status: string | undefined;
    let text = "";
    const note = (headers: Record<string, unknown>): void => {
      if (headers["grpc-status"] !== undefined) status = String(headers["grpc-status"]);
      if (headers["grpc-message"] !== undefined) text = decodeURIComponent(String(headers["grpc-message"]));
    };
    stream.on("response", note).on("trailers", note);
    stream.end(Buffer.concat([header, message]));
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return { status, message: Buffer.concat(chunks).subarray(5), text };
  };
  return { client, call, shutdowns: () => shutdowns };
}

/** A message of length-delimited fields. */
function message(fields: Record<number, string | Uint8Array>): Uint8Array {
  const writer = new PbfWriter();
  for (const [number, value] of Object.entries(fields))
    if (typeof value === "string") writer.writeStringField(Number(number), value);
    else writer.writeBytesField(Number(number), value);
  return writer.finish().slice();
}

/** The length-delimited fields of a message. */
const fieldsOf = (bytes: Uint8Array): [number, Uint8Array][] =>
  new PbfReader(bytes).readFields((number: number, found: [number, Uint8Array][], reader) => {
    if (reader.type === 2) found.push([number, reader.readBytes().slice()]);
  }, []);

const dynamic = (value: Value): Uint8Array => message({ 1: encodeValue(value) });
const fieldOf = (bytes: Uint8Array, number: number): Uint8Array =>
  fieldsOf(bytes).find(([found]) => found === number)?.[1] ?? new Uint8Array();
const valueOf = (bytes: Uint8Array, number: number): Value => decodeValue(fieldOf(fieldOf(bytes, number), 1));

test.each([false, true])("a provider is asked for its schema, configured, and plans (TLS: %s)", async (secure) => {
  const { call, shutdowns } = await serve(secure);
  const schema = await call("/tfplugin5.Provider/GetSchema");
  expect(schema.status).toBe("0");
  const names = fieldsOf(schema.message)
    .filter(([number]) => number === 2)
    .map(([, entry]) => Buffer.from(fieldOf(entry, 1)).toString());
  expect(names).toEqual(Object.keys(providerSchema.resources));

  const config = conform(tables.provider.block, { region: "eu-west-1" });
  const configured = await call("/tfplugin5.Provider/Configure", message({ 2: dynamic(config) }));
  expect(configured).toMatchObject({ status: "0", message: Buffer.alloc(0) });

  const vpc = conform(tables.resources["aws_vpc"]?.block ?? {}, { cidr_block: "10.0.0.0/16" });
  const request = message({ 1: "aws_vpc", 2: dynamic(null), 3: dynamic(vpc), 4: dynamic(vpc) });
  const planned = await call("/tfplugin5.Provider/PlanResourceChange", request);
  expect(valueOf(planned.message, 1)).toMatchObject({
    cidr_block: "10.0.0.0/16",
    enable_dns_support: true,
    id: UNKNOWN,
  });

  const imported = await call("/tfplugin5.Provider/ImportResourceState", message({ 1: "aws_vpc", 2: "vpc-0" }));
  expect(Buffer.from(fieldOf(imported.message, 2)).toString()).toContain("vpc-0");

  expect((await call("/tfplugin5.Provider/Stop")).status).toBe("0");
  await call("/plugin.GRPCController/Shutdown");
  expect(shutdowns()).toBe(1);
});

test("each connection has a configuration of its own", async () => {
  const { call } = await serve();
  const vpc = conform(tables.resources["aws_vpc"]?.block ?? {}, { cidr_block: "10.0.0.0/16" });
  const planned = await call(
    "/tfplugin5.Provider/PlanResourceChange",
    message({ 1: "aws_vpc", 3: dynamic(vpc), 4: dynamic(vpc) }),
  );
  expect(Buffer.from(fieldOf(planned.message, 4)).toString()).toContain("the provider is not configured");
});

test("what is not served is refused, and a broken message is an error of this call alone", async () => {
  const { call } = await serve();
  expect((await call("/tfplugin5.Provider/GetFunctions")).status).toBe("12");
  expect((await call("/plugin.GRPCBroker/StartStream")).status).toBe("12");
  const broken = await call(
    "/tfplugin5.Provider/Configure",
    new Uint8Array([0x12, 0x05, 0x0a, 0x03, 0xc1, 0xc1, 0xc1]),
  );
  expect(broken.status).toBe("13");
  expect(broken.text).not.toBe("");
  expect((await call("/tfplugin5.Provider/Stop")).status).toBe("0");
});

test("values survive the journey, unknown ones with what is known of them", () => {
  const value: Value = {
    text: "é",
    whole: 12345678901,
    list: [true, null, UNKNOWN],
    refined: new Unknown(12, new Uint8Array([0x81, 1, 0xc2])),
    map: { a: "b" },
  };
  expect(decodeValue(encodeValue(value))).toEqual(value);
  // Fractions travel as text; the schema tells that they are numbers.
  expect(decodeValue(encodeValue(0.1))).toBe("0.1");
  expect(conform({ attributes: { n: { type: "number" } } }, { n: "0.1" })).toEqual({ n: 0.1 });
  expect(decodeValue(new Uint8Array([0xc4, 1, 0]))).toBeNull();
});

test("state comes as JSON, and is brought into the shape of the schema", () => {
  const state = message({ 1: "aws_vpc", 3: message({ 1: '{"id":"vpc-1"}' }) });
  expect(readRequest("UpgradeResourceState", state)).toMatchObject({ type: "aws_vpc", prior: { id: "vpc-1" } });
  const json = message({ 1: "aws_vpc", 2: message({ 2: '{"id":"vpc-1"}' }) });
  expect(readRequest("ReadResource", json)).toMatchObject({ prior: { id: "vpc-1" } });
});

test("diagnostics carry severity, detail and place, and plans the paths that replace", () => {
  const written = writeResponse("PlanResourceChange", {
    state: null,
    replace: [["rule", 0, "name"]],
    private: new Uint8Array([7]),
    diagnostics: [{ severity: "warning", summary: "s", detail: "d", path: ["a", 1] }],
  });
  const [step] = fieldsOf(fieldOf(written, 2)).map(([, bytes]) => Buffer.from(fieldOf(bytes, 1)).toString());
  expect(step).toBe("rule");
  expect(fieldOf(written, 3)).toEqual(new Uint8Array([7]));
  const diagnostic = fieldOf(written, 4);
  expect([2, 3].map((number) => Buffer.from(fieldOf(diagnostic, number)).toString())).toEqual(["s", "d"]);
  expect(fieldOf(diagnostic, 4)).not.toHaveLength(0);
  expect(valueOf(fieldOf(writeImport("aws_vpc", { state: { id: "vpc-1" } }), 1), 2)).toEqual({ id: "vpc-1" });
});

test("a certificate is for localhost, signed by itself, and valid now", () => {
  const { certificate } = createIdentity();
  const parsed = new X509Certificate(certificate);
  expect(parsed.subjectAltName).toBe("DNS:localhost");
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(new Date(parsed.validFrom).getTime()).toBeLessThan(Date.now());
  expect(new Date(parsed.validTo).getTime()).toBeGreaterThan(Date.now());
});

test("the handshake tells where to connect, and only to an engine", () => {
  expect(isStartedByEngine({})).toBe(false);
  expect(clientCertificate({ PLUGIN_CLIENT_CERT: "" })).toBeUndefined();
  expect(listenAddress({}, "win32")).toEqual({ host: "127.0.0.1", port: 0 });
  expect(listenAddress({ PLUGIN_UNIX_SOCKET_DIR: "/run/x" }, "linux")).toEqual({
    path: expect.stringMatching(/^\/run\/x\/lightfleet-/),
  });
  expect(listenAddress({ PLUGIN_UNIX_SOCKET_DIR: `/${"x".repeat(120)}` }, "linux")).toEqual({
    path: expect.stringMatching(/^\/tmp\//),
  });
  expect(greeting("unix", "/a.sock", Buffer.from([1, 2]))).toBe("1|5|unix|/a.sock|grpc|AQI\n");
  expect(greeting("tcp", "127.0.0.1:1", undefined)).toBe("1|5|tcp|127.0.0.1:1|grpc\n");
});
