// Source: dockersamples/example-voting-app, docker-stack.yml (commit 63e9150)
import { App, aws, Cluster, command, Fleet, Gateway, http, Service, Volume } from "lightfleet";

const app = new App();
const voting = new Cluster(app, "voting", { platform: aws({ region: "eu-west-1" }), control: { size: 1 } });
const core = new Fleet(voting, "core", { machine: "t3.medium", size: 2 });
const data = new Volume(voting, "db-data");

const redis = new Service(voting, "redis", {
  on: core,
  image: "redis:alpine",
  port: 6379,
  memory: "64MiB",
  health: command(["redis-cli", "ping"]),
});
const db = new Service(voting, "db", {
  on: core,
  image: "postgres:15-alpine",
  port: 5432,
  memory: "128MiB",
  env: { POSTGRES_USER: "postgres", POSTGRES_PASSWORD: "postgres" },
  volumes: { "/var/lib/postgresql/data": data },
  health: command(["pg_isready", "-U", "postgres"]),
});
const vote = new Service(voting, "vote", {
  on: core,
  image: "dockersamples/examplevotingapp_vote",
  replicas: 2,
  port: 80,
  memory: "64MiB",
  health: http("/"),
}).uses(redis);
const result = new Service(voting, "result", {
  on: core,
  image: "dockersamples/examplevotingapp_result",
  port: 80,
  memory: "64MiB",
  health: http("/"),
}).uses(db);
new Service(voting, "worker", {
  on: core,
  image: "dockersamples/examplevotingapp_worker",
  replicas: 2,
  memory: "64MiB",
})
  .uses(redis)
  .uses(db);

// 8080 and 8081 of one address become two load balancers.
new Gateway(voting, "vote-public", { routes: { "/": vote } });
new Gateway(voting, "result-public", { routes: { "/": result } });
app.synth();
