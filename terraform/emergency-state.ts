import { isRecord } from "../lib/records.js";
const FIELD = ',"state":';

/**
 * The state in a line of an engine's `-json` stream in which it gives out what it could save nowhere ("Emergency state
 * dump"): the one kind of line with a state in it, of no type, or of the type `log`. Byte for byte, since numbers of a state may
 * be larger than JavaScript's.
 * @returns undefined for any other line
 */
export function readEmergencyState(line: string): string | undefined {
  if (!line.includes(FIELD)) return undefined;
  const parsed = parse(line);
  if (!isRecord(parsed) || !isState(parsed["state"])) return undefined;
  const text = firstObject(line.slice(line.indexOf(FIELD) + FIELD.length));
  return isState(parse(text)) ? text : JSON.stringify(parsed["state"]);
}

const isState = (value: unknown): boolean => isRecord(value) && "version" in value && "lineage" in value;

/** The JSON object that a text begins with. */
function firstObject(text: string): string {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (sign === "{") depth++;
    if (sign === "}" && --depth === 0) return text.slice(0, index + 1);
  }
  return "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
