import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that wait for long, the longest first: one that began last would be waited for alone. */
const LONG = [
  "live/lifecycle",
  "contract/engine/draining",
  "contract/engine/models",
  "live/preview-pairs",
  "contract/engine/addresses",
  "live/remote-state",
  "e2e/data-loss",
  "live/failures",
  "live/status",
  "contract/engine/field-effects",
  "contract/engine/releases",
  "e2e/sandbox-lifecycle",
  "e2e/two-deploys",
  "e2e/wait-release",
  "contract/engine/leader-change",
  "e2e/several-clusters",
].map((name) => `/test/${name}.test.ts`);

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONG.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? LONG.length : place;
};

/** Any order, by the run's seed, so that no file comes to need another before it; but the long ones come first. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    const rank = ({ moduleId }: TestSpecification): number => {
      let hash = seed | 0;
      for (let index = 0; index < moduleId.length; index++)
        hash = Math.imul(hash ^ moduleId.charCodeAt(index), 16_777_619);
      return hash;
    };
    return [...files].sort((a, b) => placeOf(a) - placeOf(b) || rank(a) - rank(b));
  }
}
