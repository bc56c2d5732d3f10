import { App, aws, Cluster, Fleet, Gateway, http, Service } from "lightfleet";

const app = new App();
const hello = new Cluster(app, "hello", { platform: aws({ region: "eu-west-1" }), control: { size: 1 } });
const core = new Fleet(hello, "core", { machine: "t4g.small", size: 2 });
const web = new Service(hello, "web", {
  on: core,
  image: "nginx:1.29-alpine",
  replicas: 2,
  port: 80,
  memory: "64MiB",
  health: http("/"),
});
new Gateway(hello, "public", { routes: { "/": web } });

app.synth();
