import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A key pair's private half and its self-signed certificate. `der` is the certificate's binary form. */
export interface Identity {
  readonly key: string;
  readonly certificate: string;
  readonly der: Buffer;
}

/**
 * A fresh self-signed certificate for `localhost`, as the mutual TLS between Terraform and a provider wants it: P-256,
 * valid from an hour ago for a day. Made anew in each process, so that no private key is ever kept on disk.
 */
export function createIdentity(now: Date = new Date()): Identity {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(objectId("2a8648ce3d040302")); // ecdsa-with-SHA256
  const name = sequence(set(sequence(objectId("550403"), der(0x0c, Buffer.from("localhost")))));
  const validity = sequence(time(new Date(now.getTime() - 3_600_000)), time(new Date(now.getTime() + 86_400_000)));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const extensions = sequence(
    sequence(objectId("551d13"), TRUE, octets(sequence(TRUE))), // basicConstraints: a CA, as it signs itself
    sequence(objectId("551d11"), octets(sequence(der(0x82, Buffer.from("localhost"))))), // subjectAltName
  );
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`,
    der: certificate,
  };
}

/** One element of DER: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), body]);
}

const TRUE = der(0x01, Buffer.from([0xff]));
const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const set = (content: Buffer): Buffer => der(0x31, content);
const octets = (content: Buffer): Buffer => der(0x04, content);
const integer = (content: Buffer): Buffer => der(0x02, content);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));

/** UTCTime: two digits each of year to second. */
function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
}
