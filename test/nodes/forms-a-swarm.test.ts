import { afterAll, describe, expect, test } from "vitest";
import { absent } from "./lab.js";
import { form, seen, whole } from "./cluster.js";

const ROUNDS = Number(process.env["LIGHTFLEET_LAB_ROUNDS"] ?? 1);
const times: number[] = [];

describe.skipIf(absent() !== undefined)(
  "three managers and two workers, from the user data of the shop's fleets",
  () => {
    test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
      "form a swarm with no hand on them (%i)",
      async (round) => {
        const seconds = await form();
        times.push(seconds);
        console.log(`round ${round}: ${seconds} s`);
        const all = await seen();
        expect(whole(all)).toBe(true);
        expect(all.filter(({ manager }) => manager === "Leader")).toHaveLength(1);
      },
      1_000_000,
    );

    afterAll(() => {
      console.log(`seconds: ${times.join(", ")}`);
    });
  },
);
