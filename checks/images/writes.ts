import type { ServiceModel } from "../../model/schema.js";
import { parseImage } from "./reference.js";
import { statefulImage } from "./stateful.js";

/**
 * Where images without data of their own write all the same: pid files, caches, uploads (the pages of Docker's official images
 * on a read-only root: nginx names /var/cache/nginx and /var/run; httpd its logs; Tomcat its work and temp folders).
 */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  nginx: ["/var/cache/nginx", "/var/run"],
  httpd: ["/usr/local/apache2/logs"],
  tomcat: ["/usr/local/tomcat/logs", "/usr/local/tomcat/work", "/usr/local/tomcat/temp"],
  wordpress: ["/var/www/html", "/tmp"],
  nextcloud: ["/var/www/html", "/tmp"],
};

/** The paths that an image is known to need writable and that no volume and no tmpfs of the service covers; undefined for an unknown image. */
export function unwritable({ image, ports, volumes, tmpfs = {} }: ServiceModel): string[] | undefined {
  const name = parseImage(image)?.path.at(-1) ?? "";
  const needed = statefulImage(image, ports)?.writes ?? WRITES[name];
  const mounted = [...Object.keys(volumes), ...Object.keys(tmpfs)].map(real);
  return needed?.filter((path) => !mounted.some((at) => real(path) === at || real(path).startsWith(`${at}/`)));
}

/** A path as images have it: /var/run is a link to /run. */
const real = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, "/run");
