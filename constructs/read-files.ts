import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { byteLength } from "../model/limits/limit.js";
import { LINUX_LIMITS } from "../model/limits/linux.js";
import { byText, sortedRecord } from "../model/order.js";
import type { ServiceModel, Value } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import type { SettledFile, SettledProps } from "./late-values.js";
import type { Service } from "./service.js";
import { entryOf } from "./show.js";
import { toValue } from "./value.js";

type Files = NonNullable<SettledProps["files"]>;
type Owner = NonNullable<ServiceModel["fileOwners"]>[string];

/** Takes files over the border: texts, bytes that are none, and who owns and may read those that are not for all. */
export function readFiles(
  service: Service,
  files: Files,
  border: Border,
): Pick<ServiceModel, "files" | "binaryFiles" | "fileOwners"> {
  const texts: [string, Value][] = [];
  const binary: [string, string][] = [];
  const owners: [string, Owner][] = [];
  for (const [path, given] of Object.entries(files).sort(([a], [b]) => byText(a, b))) {
    const file: SettledFile = typeof given === "string" ? { content: given } : given;
    const text = typeof file.content === "string" ? file.content : textOf(file.content);
    if (text !== undefined) texts.push([path, readContent(service, path, text, border)]);
    else if (typeof file.content !== "string") {
      border.limit(entryOf("files", path), ENGINE_LIMITS.configSize, file.content.byteLength, LARGE);
      binary.push([path, Buffer.from(file.content).toString("base64")]);
    }
    const owner = readOwner(path, file, border);
    if (Object.keys(owner).length > 0) owners.push([path, owner]);
  }
  return {
    files: Object.fromEntries(texts),
    ...(binary.length > 0 && { binaryFiles: sortedRecord(Object.fromEntries(binary)) }),
    ...(owners.length > 0 && { fileOwners: sortedRecord(Object.fromEntries(owners)) }),
  };
}

/** What is text stays text, for checks to read; undefined for bytes that are none. */
function textOf(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString("utf8");
  return Buffer.from(text).equals(buffer) ? text : undefined;
}

/** A file's content; that of a token is known when it is applied, and its size is then the manager's to look at. */
function readContent(service: Service, path: string, text: string, border: Border): Value {
  const content = toValue(service, text);
  if (typeof content !== "string") return content;
  const hint = content === "" ? "an empty file is none that Swarm can hold: write a newline" : LARGE;
  border.limit(entryOf("files", path), ENGINE_LIMITS.configSize, byteLength(content), hint);
  return content;
}

const LARGE = "put what is large into the image, a volume or a bucket";

function readOwner(path: string, { mode, uid, gid }: SettledFile, border: Border): Owner {
  const at = entryOf("files", path);
  const id = { min: 0, ...LINUX_LIMITS.userId };
  return {
    ...(mode !== undefined && { mode: border.integer(`${at}.mode`, mode, 0, 0o777) }),
    ...(uid !== undefined && { uid: border.count(`${at}.uid`, uid, id) }),
    ...(gid !== undefined && { gid: border.count(`${at}.gid`, gid, id) }),
  };
}
