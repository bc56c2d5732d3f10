import { App, aws, Cluster, Fleet, Gateway, http, Service } from "lightfleet";

// As many fleets and services as the environment says; each service uses two of its own fleet, every third one of the next fleet too.
const fleetCount = Number(process.env["FLEETS"] ?? 50);
const serviceCount = Number(process.env["SERVICES"] ?? 1_000);

const app = new App();
const cluster = new Cluster(app, "large", { platform: aws({ region: "eu-west-1", zones: 3 }) });

const fleets = Array.from(
  { length: fleetCount },
  (_, index) => new Fleet(cluster, `fleet-${index}`, { machine: "m7g.large", size: { min: 3, max: 9 } }),
);

const services = Array.from({ length: serviceCount }, (_, index) => {
  const on = fleets[index % fleetCount]!;
  return new Service(cluster, `service-${index}`, {
    on,
    image: `ghcr.io/acme/service-${index}:1.0.0`,
    replicas: 2,
    port: 8080,
    cpu: 0.02,
    memory: "64MiB",
    memoryLimit: "128MiB",
    env: { LOG_LEVEL: "info", SERVICE_NUMBER: String(index) },
    health: http("/healthz"),
  });
});

// Only services further on are used: a system without cycles.
const use = (index: number, other: number, as: string): void => {
  const peer = services[other];
  if (peer !== undefined) services[index]?.uses(peer, { as });
};
for (const index of services.keys()) {
  use(index, index + fleetCount, "FIRST_ADDR");
  use(index, index + 2 * fleetCount, "SECOND_ADDR");
  if (index % 3 === 0) use(index, index + 1, "NEXT_ADDR");
}

new Gateway(cluster, "public", { routes: { "/": services[0]! } });
app.synth();
