// Source: instana/robot-shop, docker-compose.yaml, and K8s/helm/templates for memory (commit 55292e2)
import { App, aws, Cluster, command, Fleet, Gateway, http, Service, type ServiceProps } from "lightfleet";

const app = new App();
const robot = new Cluster(app, "robot-shop", { platform: aws({ region: "eu-west-1", zones: 2 }) });
const core = new Fleet(robot, "core", { machine: "m7i.large", size: 2 });

const part = (id: string, props: Partial<ServiceProps> = {}): Service =>
  new Service(robot, id, {
    on: core,
    image: `robotshop/rs-${id}:2.1.0`,
    port: 8080,
    memory: "50MiB",
    memoryLimit: "100MiB",
    health: http("/health"),
    ...props,
  });
const quiet = { health: undefined as never };

const mongodb = part("mongodb", { ...quiet, port: 27017, memory: "100MiB", memoryLimit: "200MiB" });
const redis = part("redis", { image: "redis:6.2-alpine", port: 6379, health: command(["redis-cli", "ping"]) });
const rabbitmq = part("rabbitmq", {
  ...quiet,
  image: "rabbitmq:3.8-management-alpine",
  port: 5672,
  memory: "256MiB",
  memoryLimit: "512MiB",
});
// `cap_add: [NET_ADMIN]` means Docker's own set and NET_ADMIN: here all fourteen have to be written out.
const DOCKER_SET =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );
const mysql = part("mysql", {
  ...quiet,
  image: "robotshop/rs-mysql-db:2.1.0",
  port: 3306,
  memory: "700MiB",
  memoryLimit: "1024MiB",
  capabilities: [...DOCKER_SET, "NET_ADMIN"],
});
const catalogue = part("catalogue").uses(mongodb);
const user = part("user").uses(mongodb).uses(redis);
const cart = part("cart").uses(redis).uses(catalogue);
const shipping = part("shipping", {
  memory: "500MiB",
  memoryLimit: "1000MiB",
  args: ["java", "-Xmn256m", "-Xmx768m", "-jar", "shipping.jar"], // the image's own CMD, so that the check sees it
  env: { CART_ENDPOINT: cart.address },
}).uses(mysql);
const ratings = part("ratings", { port: 80, health: http("/_health"), env: { APP_ENV: "prod" } })
  .uses(mysql)
  .uses(catalogue);
const payment = part("payment").uses(rabbitmq).uses(cart).uses(user);
part("dispatch", { ...quiet, port: undefined as never }).uses(rabbitmq);
// nginx fills in the names of hosts (`http://${CART_HOST}:8080/`).
const web = part("web", {
  health: http("/"),
  env: {
    CATALOGUE_HOST: catalogue.host,
    USER_HOST: user.host,
    CART_HOST: cart.host,
    SHIPPING_HOST: shipping.host,
    PAYMENT_HOST: payment.host,
    RATINGS_HOST: ratings.host,
  },
});

new Gateway(robot, "public", { routes: { "/": web } });
app.synth();
