import type { ClusterStatus } from "../../commands/status.js";

type Service = ClusterStatus["services"][number];

/** What is said of a service's image: the one that runs, and the one that is wanted where it is another. */
export function imageOf({ image: declared, running }: Service): string {
  const runs = running?.image;
  if (runs === undefined) return declared;
  const wanted = plain(running?.wanted ?? runs);
  if (wanted === runs) return runs === plain(declared) ? declared : runs;
  const [[name, tag], [wantedName, wantedTag]] = [apart(runs), apart(wanted)];
  if (name !== wantedName || tag === "" || wantedTag === "") return `runs ${runs}, wanted ${wanted}`;
  return `${name}  runs ${tag}, wanted ${wantedTag}`;
}

/** The same where there is little room: without the registry. */
export const shortImage = (text: string): string => text.replaceAll(/[^\s,]*\//g, "");

/** Managers tell images without their digest. */
const plain = (image: string): string => image.split("@")[0] ?? image;

/** Repository and tag; a registry may have a port. */
function apart(image: string): [name: string, tag: string] {
  const [, name = image, tag = ""] = /^(.*):([^:/]+)$/.exec(image) ?? [];
  return [name, tag];
}
