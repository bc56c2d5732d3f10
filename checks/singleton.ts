import type { ServiceModel } from "../model/schema.js";
import { parseImage } from "./images/reference.js";

/**
 * What is meant to run once: schedulers, which would start each job twice (Celery's beat, cron and its kin), servers that are
 * told to be the only one (`-bootstrap-expect=1`, `-dev`), and generators of load, whose number is part of the test.
 */
const ARGUMENTS = [/\bcelery\b.*\bbeat\b/, /^-?-bootstrap-expect[= ]1$/, /\b(crond|supercronic|ofelia)\b/];
const IMAGES =
  /(^|[-_])(beat|cron|crond|supercronic|ofelia|scheduler|loadgenerator|load-?test|load-?generator|locust|k6)([-_]|$)/;

/** Whether its image or its arguments say that it is to run once. */
export function isSingleton({ image, args }: ServiceModel): boolean {
  const name = parseImage(image)?.path.at(-1) ?? "";
  if (IMAGES.test(name)) return true;
  const texts = (args ?? []).filter((text) => typeof text === "string");
  return ARGUMENTS.some((shape) => shape.test(texts.join(" ")) || texts.some((text) => shape.test(text)));
}
