/**
 * Stands before the lab's emulator of AWS, which knows no answers to lifecycle hooks: takes these, writes each down as a
 * line, and passes all else on. Arguments: address of the emulator, port to listen on, folder of the TLS key, file to write,
 * and the folder of a certificate for the name that the lab's own is not made for: the API of ECR lies a level deeper.
 */
import { appendFileSync, readFileSync } from "node:fs";
import https from "node:https";
import { createSecureContext } from "node:tls";

const [host, port, keys, file, more] = process.argv.slice(2);
const read = (folder, name) => readFileSync(`${folder}/${name}`);
const tls = { key: read(keys, "tls.key"), cert: read(keys, "tls.crt") };
const [all, ecr] = [tls, { key: read(more, "ecr.key"), cert: read(more, "ecr.crt") }].map(createSecureContext);
const SNICallback = (name, done) => done(null, name.startsWith("api.ecr.") ? ecr : all);
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

const xml = (response, status, text) => {
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(text);
};

function answer(form, response) {
  const said = {
    at: Date.now(),
    instance: form.get("InstanceId"),
    group: form.get("AutoScalingGroupName"),
    hook: form.get("LifecycleHookName"),
    result: form.get("LifecycleActionResult"),
  };
  appendFileSync(file, `${JSON.stringify(said)}\n`);
  xml(
    response,
    200,
    "<CompleteLifecycleActionResponse><CompleteLifecycleActionResult/></CompleteLifecycleActionResponse>",
  );
}

function pass(request, response, body) {
  const { method, url: path, headers } = request;
  const onward = https.request(
    { host, port: 443, method, path, headers, agent, rejectUnauthorized: false },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  onward.on("error", () => xml(response, 502, "<Error/>"));
  if (body === undefined) request.pipe(onward);
  else onward.end(body);
}

https
  .createServer({ ...tls, SNICallback }, (request, response) => {
    if (!request.headers.host?.startsWith("autoscaling.")) {
      pass(request, response);
      return;
    }
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const form = new URLSearchParams(body.toString());
      if (form.get("Action") === "CompleteLifecycleAction") answer(form, response);
      else pass(request, response, body);
    });
  })
  .listen(Number(port), host);
