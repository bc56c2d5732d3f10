import { byText } from "../model/order.js";
import type { ServiceModel } from "../model/schema.js";
import type { Border } from "./border.js";
import { sameCluster, type Element } from "./element.js";
import type { Service, ServiceProps } from "./service.js";
import { toValue } from "./value.js";

const PATH = /^(\/[\w.@+-]+)+$/;

/** Takes what a service mounts over the border: secrets, volumes, files; each path once. */
export function readMounts(
  service: Service,
  { secrets = {}, volumes = {}, files = {} }: ServiceProps,
  border: Border,
): Pick<ServiceModel, "secrets" | "volumes" | "files"> {
  border.keys("secrets", secrets, /^[\w.-]+$/, `the name of a file, as in "db-password"`);
  border.keys("volumes", volumes, PATH, `an absolute path, as in "/data"`);
  border.keys("files", files, PATH, `an absolute path, as in "/etc/app.conf"`);
  for (const path of Object.keys(files))
    if (path in volumes) border.refuse("LF015", `'files' and 'volumes' both hold "${path}"`);
  return {
    secrets: names(service, "secrets", secrets, border),
    volumes: names(service, "volumes", volumes, border),
    files: Object.fromEntries(
      Object.entries(files)
        .sort(([a], [b]) => byText(a, b))
        .map(([path, text]) => [path, toValue(service, text)]),
    ),
  };
}

function names(
  service: Service,
  prop: string,
  entries: Readonly<Record<string, Element>>,
  border: Border,
): Record<string, string> {
  const own = Object.entries(entries).filter(([key, element]) => {
    if (sameCluster(element, service)) return true;
    border.refuse("LF017", `'${prop}.${key}' is '${element.node.path}' of another cluster`);
    return false;
  });
  return Object.fromEntries(own.sort(([a], [b]) => byText(a, b)).map(([key, element]) => [key, element.name]));
}
