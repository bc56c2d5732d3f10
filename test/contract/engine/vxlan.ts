/** Where a datagram within a network of the swarm is to arrive. */
export interface Destination {
  /** The network's number (VNI), as its driver's options tell. */
  readonly network: number;
  readonly mac: string;
  readonly address: string;
  /** UDP port. */
  readonly port: number;
}

/** What one sends to a VM's port 4789 to have a datagram delivered in a network of the swarm (RFC 7348): nothing vouches for it. */
export function datagram({ network, mac, address, port }: Destination): Buffer {
  const text = Buffer.from("hello");
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(4_000, 0);
  udp.writeUInt16BE(port, 2);
  udp.writeUInt16BE(udp.length + text.length, 4); // no checksum: IPv4 leaves it to the sender
  const ip = Buffer.alloc(20);
  ip.set([0x45, 0], 0);
  ip.writeUInt16BE(ip.length + udp.length + text.length, 2);
  ip.set([64, 17], 8);
  ip.set([...address.split(".").map(Number).with(3, 200)], 12);
  ip.set(address.split(".").map(Number), 16);
  ip.writeUInt16BE(checksum(ip), 10);
  const header = Buffer.from([8, 0, 0, 0, network >> 16, (network >> 8) & 255, network & 255, 0]);
  const ethernet = Buffer.from(`${mac.replaceAll(":", "")}0242644000c80800`, "hex");
  return Buffer.concat([header, ethernet, ip, udp, text]);
}

function checksum(header: Buffer): number {
  let sum = 0;
  for (let place = 0; place < header.length; place += 2) sum += header.readUInt16BE(place);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
