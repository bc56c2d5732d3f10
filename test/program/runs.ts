/** How many random cases a property is tried with: as many as a change can wait for, and more with `npm run test:thorough`. */
export const runs = (usual: number, thorough: number): number =>
  process.env["LIGHTFLEET_TEST_THOROUGH"] === "1" ? thorough : usual;
