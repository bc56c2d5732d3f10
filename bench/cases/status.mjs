import { createServer } from "node:http";
import { race, median } from "../harness.mjs";
import { ratioTable, seconds, target } from "../report.mjs";
import { cli, program } from "../workshop.mjs";

export const name = "status";

const FLEETS = 100;
const VMS = 10;

/** The status of an account that answers at once, page by page, as AWS does. */
export async function run({ runs, workshop, log }) {
  const home = workshop.project("status", program("large"));
  const account = await openAccount();
  const env = {
    ...{ FLEETS: String(FLEETS), SERVICES: "100", AWS_ENDPOINT_URL: account.url, AWS_EC2_METADATA_DISABLED: "true" },
    ...{ AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-west-1" },
  };
  const command = (label, ...args) => ({ name: label, argv: [process.execPath, cli, ...args, "-C", home], env });
  const node = { name: "node -e 0", argv: [process.execPath, "-e", "0"] };
  const groups = command("lightfleet status", "status");
  const each = command("lightfleet status --vms", "status", "--vms");
  try {
    await race([command("lightfleet synth", "synth")], { runs: 1, log: () => undefined });
    const times = await race([node, groups, each], { runs, log });
    const counts = await account.countsOf(() => race([each], { runs: 0, log: () => undefined }));
    const took = median(times.get(groups.name));
    return {
      title: "Status of an account",
      text: `${FLEETS} fleets of ${VMS} VMs and a fleet of managers, from a server on the loopback that answers at once: what is left is Lightfleet's own time. Asked for, with every VM: ${counts}.`,
      tables: [ratioTable(times, node.name)],
      targets: [target(`status of ${FLEETS} fleets of ${VMS} VMs < 3 s`, seconds(took), took < 3_000)],
    };
  } finally {
    account.close();
  }
}

/** Groups by the hundred, VMs by the thousand, as they are asked for. */
async function openAccount() {
  let asked = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const action = form.get("Action") ?? request.headers["x-amz-target"]?.split(".").at(-1) ?? request.method;
    asked.push(action);
    const json = request.headers["x-amz-target"] !== undefined;
    response.setHeader("content-type", json ? "application/x-amz-json-1.1" : "text/xml");
    response.end(json ? "{}" : answer(action, form));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async countsOf(action) {
      asked = [];
      await action();
      const counts = group(asked);
      return [...counts].map(([one, all]) => `${all.length} × ${one}`).join(", ");
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function group(list) {
  const found = new Map();
  for (const one of list) found.set(one, [...(found.get(one) ?? []), one]);
  return found;
}

const fleets = ["control", ...Array.from({ length: FLEETS }, (_, index) => `fleet-${index}`)];
const zone = (index) => `eu-west-1${"abc"[index % 3]}`;
const ids = (fleet) =>
  Array.from({ length: fleet === 0 ? 3 : VMS }, (_, vm) => `i-${String(fleet * VMS + vm).padStart(17, "0")}`);

function answer(action, form) {
  const page = Number(form.get("NextToken") ?? 0);
  if (action === "DescribeAutoScalingGroups")
    return described(action, groupsOf(page, Number(form.get("MaxRecords") ?? 50)));
  if (action === "DescribeInstances") return instancesOf(page, Number(form.get("MaxResults") ?? 1000));
  return described(action, "");
}

const described = (action, result) =>
  `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${result}</${action}Result></${action}Response>`;

const TEMPLATE = "<LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>1</Version></LaunchTemplate>";

function groupsOf(from, size) {
  const members = fleets.slice(from, from + size).map((fleet, index) => {
    const vms = ids(from + index).map(
      (id, vm) =>
        `<member><InstanceId>${id}</InstanceId><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus><AvailabilityZone>${zone(vm)}</AvailabilityZone><InstanceType>m7g.large</InstanceType>${TEMPLATE}</member>`,
    );
    const tag = (key, value) => `<member><Key>lightfleet:${key}</Key><Value>${value}</Value></member>`;
    return `<member><AutoScalingGroupName>large-${fleet}</AutoScalingGroupName><MinSize>3</MinSize><MaxSize>9</MaxSize><DesiredCapacity>${vms.length}</DesiredCapacity>${TEMPLATE}<Instances>${vms.join("")}</Instances><Tags>${tag("cluster", "large")}${tag("fleet", fleet)}</Tags></member>`;
  });
  const next = from + size < fleets.length ? `<NextToken>${from + size}</NextToken>` : "";
  return `<AutoScalingGroups>${members.join("")}</AutoScalingGroups>${next}`;
}

function instancesOf(from, size) {
  const all = fleets.flatMap((_, fleet) => ids(fleet));
  const items = all
    .slice(from, from + size)
    .map(
      (id, index) =>
        `<item><instancesSet><item><instanceId>${id}</instanceId><instanceType>m7g.large</instanceType><instanceState><code>16</code><name>running</name></instanceState><privateIpAddress>10.0.${(index >> 8) & 255}.${index & 255}</privateIpAddress></item></instancesSet></item>`,
    );
  const next = from + size < all.length ? `<nextToken>${from + size}</nextToken>` : "";
  return `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet>${items.join("")}</reservationSet>${next}</DescribeInstancesResponse>`;
}
