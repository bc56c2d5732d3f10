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

const peer = (index: number): Service => services[index % serviceCount]!;
for (const [index, service] of services.entries()) {
  service.uses(peer(index + fleetCount), { as: "FIRST_ADDR" });
  service.uses(peer(index + 2 * fleetCount), { as: "SECOND_ADDR" });
  if (index % 3 === 0) service.uses(peer(index + 1), { as: "NEXT_ADDR" });
}

new Gateway(cluster, "public", { routes: { "/": peer(0) } });
app.synth();
