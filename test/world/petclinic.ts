// Source: spring-petclinic/spring-petclinic-microservices, docker-compose.yml, docker/ (commit 9a76b4e3)
import { App, aws, Cluster, external, Fleet, Gateway, http, Secret, Service, ssm, type ServiceProps } from "lightfleet";

const app = new App();
const clinic = new Cluster(app, "petclinic", { platform: aws({ region: "eu-west-1", zones: 2 }) });
const core = new Fleet(clinic, "core", { machine: "m7i.xlarge", size: 2 });

const spring = (name: string, port: number, props: Partial<ServiceProps> = {}): Service =>
  new Service(clinic, name, {
    on: core,
    image: `springcommunity/spring-petclinic-${name}`,
    port,
    memory: "512MiB", // the file has a limit alone
    memoryLimit: "512MiB",
    health: http("/actuator/health", { grace: "90s" }),
    ...props,
  });

const config = spring("config-server", 8888).uses(external("github.com", 443));
const discovery = spring("discovery-server", 8761);
const tracing = new Service(clinic, "tracing-server", {
  on: core,
  image: "openzipkin/zipkin",
  port: 9411,
  memory: "512MiB",
  memoryLimit: "512MiB",
  health: http("/health"),
});
const admin = spring("admin-server", 9090);
const customers = spring("customers-service", 8081);
const visits = spring("visits-service", 8082);
const vets = spring("vets-service", 8083);
const openai = new Secret(clinic, "openai", { source: ssm("/petclinic/openai") });
const genai = spring("genai-service", 8084, { secrets: { "openai-api-key": openai } });
const gateway = spring("api-gateway", 8080);

for (const service of [discovery, customers, visits, vets, genai, gateway, admin]) service.uses(config);
for (const service of [customers, visits, vets, genai, gateway, admin]) service.uses(discovery);
for (const service of [customers, visits, vets, genai, gateway]) service.uses(tracing);
for (const service of [customers, visits, vets, genai]) gateway.uses(service);
genai.uses(vets).uses(customers);
// Spring Boot Admin asks each instance's actuator, found by Eureka.
for (const service of [customers, visits, vets, genai, gateway]) admin.uses(service);

const prometheus = new Service(clinic, "prometheus-server", {
  on: core,
  image: "prom/prometheus:v2.4.2",
  port: 9090,
  memory: "256MiB",
  memoryLimit: "256MiB",
  health: http("/-/healthy"),
  files: {
    "/etc/prometheus/prometheus.yml": `scrape_configs:
${[gateway, customers, visits, vets]
  .map(
    (s) =>
      `- job_name: ${s.name}\n  metrics_path: /actuator/prometheus\n  static_configs: [{ targets: ["${s.address}"] }]`,
  )
  .join("\n")}`,
  },
});
const grafana = new Service(clinic, "grafana-server", {
  on: core,
  image: "grafana/grafana:5.2.4",
  port: 3000,
  memory: "256MiB",
  memoryLimit: "256MiB",
  health: http("/api/health"),
}).uses(prometheus);

new Gateway(clinic, "public", { routes: { "/": gateway } });
// Each UI has a host port of its own in the file; here each takes a load balancer.
for (const [id, service] of Object.entries({ discovery, admin, tracing, grafana, prometheus }))
  new Gateway(clinic, id, { internal: true, routes: { "/": service } });
app.synth();
