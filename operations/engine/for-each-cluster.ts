import { LightfleetError } from "../../errors/error.js";

/**
 * What is done with one of several clusters. `begin` is called right before anything of it is changed, and `reached` once its
 * result is there, where work goes on after that.
 */
export type Work<C, R> = (cluster: C, begin: () => void, reached: (result: R) => void) => Promise<R>;

/**
 * Works on one cluster after the other. Where that ends in between, the error says which are done, and which were not begun.
 * @param word what a cluster is then, as in `deployed`
 */
export async function inTurn<C extends { readonly id: string }, R>(
  clusters: readonly C[],
  word: string,
  work: Work<C, R>,
): Promise<R[]> {
  const results: R[] = [];
  const begun = new Set<string>();
  for (const cluster of clusters) {
    const there: R[] = [];
    try {
      results.push(
        await work(
          cluster,
          () => begun.add(cluster.id),
          (result) => there.push(result),
        ),
      );
    } catch (error) {
      if (!LightfleetError.is(error)) throw error;
      const ids = clusters.map(({ id }) => id);
      const done = ids.slice(0, results.length);
      throw withDone(
        error,
        [...results, ...there],
        tell(
          done,
          ids.slice(results.length).filter((id) => !begun.has(id)),
          word,
        ),
      );
    }
  }
  return results;
}

function withDone(cause: LightfleetError, clusters: readonly unknown[], text: string | undefined): LightfleetError {
  const { code, kind, hint, findings } = cause;
  const done = { clusters, ...(text !== undefined && { text }) };
  return new LightfleetError(cause.message, { code, kind, findings, cause, done, ...(hint !== undefined && { hint }) });
}

/** As in `alpha is deployed; beta and gamma were not begun`; undefined where none is done. */
function tell(done: readonly string[], open: readonly string[], word: string): string | undefined {
  if (done.length === 0) return undefined;
  const first = `${list(done)} ${done.length === 1 ? "is" : "are"} ${word}`;
  return open.length === 0 ? first : `${first}; ${list(open)} ${open.length === 1 ? "was" : "were"} not begun`;
}

const list = (ids: readonly string[]): string =>
  ids.length === 1 ? (ids[0] ?? "") : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1)}`;
