import { LightfleetError } from "../errors/error.js";
import { diagramOf, mermaidDiagram } from "../preview/render/diagram.js";
import { dotDiagram } from "../preview/render/dot.js";
import { svgFile } from "../preview/render/svg.js";
import { placeAnew } from "../preview/system/placement.js";
import { topologyOf } from "../preview/topology.js";
import type { CommandContext } from "../operations/context.js";
import { selectOne } from "../operations/engine/select-clusters.js";
import { synthesize } from "../operations/synthesis/synthesize.js";
import { formatOf, writeOutput } from "../operations/write-output.js";

export interface GraphOptions {
  /** The cluster; the only one of the program where it is not said. */
  readonly cluster: string | undefined;
  /** By the ending of the file where it is not said, and Mermaid where that says nothing. */
  readonly format: string | undefined;
  /** File that it is written to, relative to the project's folder. */
  readonly output: string | undefined;
  /** Whether a part of the program may be replaced by it. */
  readonly overwrite: boolean;
}

export interface GraphResult {
  readonly cluster: string;
  readonly format: string;
  readonly graph: string;
  /** Absolute. */
  readonly file?: string;
}

const FORMATS = ["mermaid", "dot", "svg"];
const ENDINGS = { ".svg": "svg", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".md": "mermaid" } as const;

/**
 * Draws a cluster: fleets, services, who talks to whom, and the ways in.
 * @throws LF050 where the file cannot be written, LF650 for a format that there is not, LF057 and LF615 where the cluster is not clear, and what running the program throws
 */
export async function graph(options: GraphOptions, context: CommandContext): Promise<GraphResult> {
  const { cluster, output, overwrite } = options;
  const format = options.format ?? formatOf(output, ENDINGS) ?? "mermaid";
  if (!FORMATS.includes(format))
    throw usage(`'--format ${format}' is unknown: it must be one of ${FORMATS.join(", ")}`);
  const { models } = await synthesize(context, { gate: false });
  const { model } = selectOne(
    models.map((one) => ({ id: one.cluster, model: one })),
    cluster,
  );
  const topology = topologyOf(model, placeAnew(model));
  const text =
    format === "svg"
      ? svgFile(topology)
      : format === "dot"
        ? dotDiagram(diagramOf(null, topology))
        : mermaidDiagram(diagramOf(null, topology));
  const result = { cluster: model.cluster, format, graph: text };
  if (output === undefined) return result;
  return { ...result, file: await writeOutput(context.dir, { file: output, overwrite }, text) };
}

const usage = (message: string): LightfleetError => new LightfleetError(message, { code: "LF650", kind: "usage" });
