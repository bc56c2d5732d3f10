import { App, LightfleetError, type Finding } from "lightfleet";
import { declareProgram, type AnyProgram, type AnyService } from "./any-program.js";
import type { PlainProps } from "./any-service.js";
import { readCluster, withOutput, type Synthesized } from "./synthesize.js";

/** A program that the language takes, and what was left out of it since it was refused. */
export interface Accepted {
  readonly program: AnyProgram;
  readonly written: Synthesized;
  /** How many values were refused. */
  readonly refused: number;
}

/**
 * Takes out of a program what the language refuses, so that one bad value does not hide what others do: first each value
 * that is refused by itself, then what does not go together.
 * @returns undefined where it refuses the program's bare names
 */
export function acceptedPart(program: AnyProgram): Accepted | undefined {
  const bad = refusedAlone(program);
  let services = program.services.map((service, place) => withProps(service, (prop) => !bad.has(`${place}.${prop}`)));
  let { edges, gateway } = program;
  for (;;) {
    const next = { ...program, services, edges, gateway };
    const written = synthesized(next);
    if ("model" in written) return { program: next, written, refused: countOf(program) - countOf(next) };
    const named = new Set(written.map(({ path }) => path?.split("/")[1]));
    const isBare = ({ props }: AnyService): boolean => Object.keys(props).every((prop) => prop === "image");
    const blamed = services.filter((service) => named.has(service.id) && !isBare(service));
    if (blamed.length > 0)
      services = services.map((service) => {
        if (!blamed.includes(service)) return service;
        const left = Object.keys(service.props).filter((prop) => prop !== "image");
        return withProps(service, (prop) => prop === "image" || left.indexOf(prop) < Math.floor(left.length / 2));
      });
    else if (edges.length > 0 || gateway !== undefined) [edges, gateway] = [[], undefined];
    else return undefined;
  }
}

/** Values that are refused each by itself, by the service's place and the prop: found at once, as services of one program. */
function refusedAlone(program: AnyProgram): Set<string> {
  const alone = program.services.flatMap(({ runs, props }, place) =>
    Object.entries(props).map(([prop, value], index) => ({
      key: `${place}.${prop}`,
      service: { id: `p${place}-${index}`, runs, props: { [prop]: value } as PlainProps },
    })),
  );
  const found = synthesized({
    ...program,
    services: alone.map(({ service }) => service),
    edges: [],
    gateway: undefined,
  });
  const paths = new Set("model" in found ? [] : found.map(({ path }) => path?.split("/")[1]));
  return new Set(alone.filter(({ service }) => paths.has(service.id)).map(({ key }) => key));
}

const withProps = (service: AnyService, keep: (prop: string) => boolean): AnyService => ({
  ...service,
  props: Object.fromEntries(Object.entries(service.props).filter(([prop]) => keep(prop))),
});

const countOf = ({ services, edges, gateway }: AnyProgram): number =>
  services.reduce((sum, { props }) => sum + Object.keys(props).length, 0) +
  edges.length +
  (gateway === undefined ? 0 : 1);

/** What the language makes of a program, or what it finds wrong with it. @throws what is no finding of Lightfleet's */
function synthesized(program: AnyProgram): Synthesized | readonly Finding[] {
  try {
    return withOutput((outdir) => {
      const app = new App({ outdir });
      declareProgram(app, program);
      app.synth();
      return readCluster(outdir, program.cluster);
    });
  } catch (error) {
    if (LightfleetError.is(error)) return error.findings;
    throw error;
  }
}
