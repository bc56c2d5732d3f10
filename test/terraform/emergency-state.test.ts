import { expect, test } from "vitest";
import { readEmergencyState } from "../../terraform/emergency-state.js";

const line = (tail: string): string =>
  `{"@level":"info","@message":"Emergency state dump","@module":"terraform.ui","@timestamp":"2026-11-30T15:57:20Z"${tail}}`;

const STATE = '{"version":4,"serial":1,"lineage":"l","resources":[{"id":12345678901234567890,"x":"}\\\\\\"{"}]}';

test.each([
  ["without a type, as older engines give it", ""],
  ["with one behind it", ',"type":"log"'],
])("a state that could be saved nowhere is read byte for byte out of its line: %s", (_, tail) =>
  expect(readEmergencyState(line(`,"state":${STATE}${tail}`))).toBe(STATE),
);

test.each([
  ["a text that speaks of one", line(',"note":"{\\"state\\":{\\"version\\":4}}"')],
  ["another state", line(',"state":"running"')],
  ["an object that is no state", line(',"state":{"version":4}')],
  ["a line that is cut off", line(`,"state":${STATE}`).slice(0, -1)],
  ["prose", `the engine says ,"state":${STATE}`],
])("%s is none", (_, text) => expect(readEmergencyState(text)).toBeUndefined());
