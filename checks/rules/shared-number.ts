import { firstChoice, type NumberRange } from "../../model/hash.js";
import { PUBLISHED_RANGE } from "../../model/published-ports.js";
import { priorityBand } from "../../model/route-priorities.js";
import type { Rule, Violation } from "../rule.js";

/** Numbers that were given out of one range. */
interface Given {
  readonly what: string;
  /** The service or gateway that a key belongs to. */
  readonly placeOf: (key: string) => string;
  readonly rangeOf: (key: string) => NumberRange;
  readonly numbers: Readonly<Record<string, number>>;
  /** What is noted in the lock file. */
  readonly noted: Readonly<Record<string, number>>;
}

export const sharedNumber: Rule = {
  code: "LF409",
  severity: "warning",
  title: "numbers that would collide are in the lock file",
  why: `A service behind a gateway is published on a port from ${PUBLISHED_RANGE.first} on, and a route has a priority: both follow from the
name, and where two names come to one number, the next free one is taken. Which of the two has to move depends on which was there
first, and \`lightfleet.lock.json\` is where that stands. Where it holds neither, adding or removing one of them may move the
other, which runs: a swarm and a load balancer refuse a number that is in use, until the other has let go of it.`,
  fix: "run 'lightfleet synth' where the program is as it is deployed, and commit lightfleet.lock.json",
  *check({ model, lock }) {
    const noted = lock?.numbers?.[model.cluster];
    const { ports, priorities } = model.numbers;
    yield* undecided({
      what: "published port of",
      placeOf: (key) => key.replace(/:\d+$/, ""),
      rangeOf: () => PUBLISHED_RANGE,
      numbers: ports,
      noted: noted?.ports ?? {},
    });
    for (const [gateway, numbers] of Object.entries(priorities))
      yield* undecided({
        what: "priority of",
        placeOf: () => gateway,
        rangeOf: priorityBand,
        numbers,
        noted: noted?.priorities[gateway] ?? {},
      });
  },
};

/** Keys that are not noted, and have their number because of one another. */
function* undecided({ what, placeOf, rangeOf, numbers, noted }: Given): Generator<Violation> {
  const fresh = Object.keys(numbers).filter((key) => noted[key] !== numbers[key]);
  const owners = new Map(fresh.map((key) => [numbers[key]!, key]));
  for (const key of fresh) {
    const rivals = rivalsOf(numbers[key]!, firstChoice(key, rangeOf(key)), rangeOf(key), owners);
    if (rivals.length > 0)
      yield {
        at: { on: placeOf(key), detail: `${what} ${key} (${numbers[key]}), beside ${rivals.join(", ")}` },
        message:
          "two names come to one number, and the lock file says of neither which it has: what runs may have to move",
      };
  }
}

/** Who has the numbers between the one that a key's hash points at and the one that it got. */
function rivalsOf(
  got: number,
  wanted: number,
  { first, size }: NumberRange,
  owners: ReadonlyMap<number, string>,
): string[] {
  const rivals: string[] = [];
  for (let number = wanted; number !== got; number = number + 1 < first + size ? number + 1 : first) {
    const owner = owners.get(number);
    if (owner !== undefined) rivals.push(`${owner} (${number})`);
  }
  return rivals;
}
