import type { ServiceModel } from "../../model/schema.js";
import { together, type Risk } from "./risk.js";

/** What a service finds no more where it looks for it, since other volumes are mounted, none, or the same elsewhere. */
export function remounted(was: ServiceModel, now: ServiceModel): Risk {
  const paths = Object.entries(was.volumes).filter(([path, volume]) => now.volumes[path] !== volume);
  return together(paths.map(([path, volume]) => missing(path, volume, now)));
}

function missing(path: string, volume: string, { volumes }: ServiceModel): Risk {
  const other = volumes[path];
  if (other !== undefined)
    return {
      effect: [`at ${path} it finds what is in ${other}, and not what it had in ${volume}`],
      marks: ["may-lose-data", "stateful"],
    };
  const [elsewhere] = Object.keys(volumes).filter((each) => volumes[each] === volume);
  if (elsewhere !== undefined)
    return { effect: [`its data in ${volume} is at ${elsewhere}, and at ${path} no longer`], marks: [] };
  return {
    effect: [
      `at ${path} it finds nothing of what it had in ${volume}, and what it writes there ends with its container`,
    ],
    marks: ["may-lose-data", "stateful"],
  };
}
