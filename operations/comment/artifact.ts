import { strFromU8, unzipSync } from "fflate";
import { LightfleetError } from "../../errors/error.js";
import type { Api } from "./api.js";

/** The largest change list that is read, in bytes. One of 1,000 services that all change has some 3 MiB. */
export const LARGEST_LIST = 16 * 1024 * 1024;
/** The largest archive that is downloaded, and the most files that may be in it. */
const LARGEST_ARCHIVE = 8 * 1024 * 1024;
const FILES = 8;
const NAME = "preview.json";

/**
 * The change list in an artifact of a run of GitHub Actions. It is unpacked in memory, and of it that one file alone: whatever else lies in the
 * archive, and wherever that says that it belongs, is written nowhere.
 * @param api of GitHub
 * @param repository as in `acme/shop`
 * @param run id of the run
 * @throws LF644 where there is none, or several, or one that is too large; LF653 where the server refuses
 */
export async function readArtifact(api: Api, repository: string, run: number, name: string): Promise<string> {
  const query = new URLSearchParams({ name, per_page: "100" }).toString();
  const answer = await api.get(`/repos/${repository}/actions/runs/${run}/artifacts?${query}`);
  const found = artifactsOf(answer).filter((one) => one.name === name);
  const [artifact, another] = found;
  if (artifact === undefined || another !== undefined)
    throw refused(`run ${run} has ${found.length} artifacts '${name}': it must have one`);
  if (artifact.bytes > LARGEST_ARCHIVE)
    throw refused(`artifact '${name}' has ${artifact.bytes} bytes: at most 8 MiB are read`);
  const archive = await api.download(`/repos/${repository}/actions/artifacts/${artifact.id}/zip`, LARGEST_ARCHIVE);
  return unpack(archive, name);
}

function unpack(archive: Uint8Array, name: string): string {
  let files = 0;
  let content: Uint8Array | undefined;
  try {
    const entries = unzipSync(archive, {
      filter: (entry) => {
        if (++files > FILES) throw refused(`artifact '${name}' has more than ${FILES} files`);
        if (entry.name !== NAME) return false;
        if (entry.originalSize > LARGEST_LIST)
          throw refused(`'${NAME}' has ${entry.originalSize} bytes: at most 16 MiB are read`);
        return true;
      },
    });
    content = entries[NAME];
  } catch (cause) {
    if (LightfleetError.is(cause)) throw cause;
    throw refused(`artifact '${name}' is no archive that can be read`, cause);
  }
  if (content === undefined) throw refused(`artifact '${name}' has no '${NAME}'`);
  return strFromU8(content);
}

interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
}

function artifactsOf(answer: unknown): Artifact[] {
  const { artifacts }: { artifacts?: unknown } = typeof answer === "object" && answer !== null ? answer : {};
  if (!Array.isArray(artifacts)) return [];
  return artifacts.flatMap((one: Record<string, unknown>) =>
    typeof one["id"] === "number" && typeof one["name"] === "string"
      ? [{ id: one["id"], name: one["name"], bytes: Number(one["size_in_bytes"] ?? 0) }]
      : [],
  );
}

const refused = (message: string, cause?: unknown): LightfleetError =>
  new LightfleetError(message, {
    code: "LF644",
    kind: "external",
    hint: "an artifact comes from the change's own job, and may be anything: see what that job did",
    cause,
  });
