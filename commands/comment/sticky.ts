import type { Api } from "./api.js";

/** A place that comments stand at: a pull request, or a merge request. */
export interface Place {
  readonly api: Api;
  /** All comments, in pages of 100. */
  list(page: number): string;
  readonly create: string;
  edit(id: number): string;
  readonly editBy: "PATCH" | "PUT";
}

export type Posted = "created" | "edited" | "kept" | "none";

interface Comment {
  readonly id: number;
  readonly body: string;
}

const PAGE = 100;
/** Pages that are looked through; nobody reads more than that. */
const PAGES = 30;

/**
 * Puts a comment where one with the same mark stands already, or makes one. Where nothing changes, none is made, and one that
 * stands there says so.
 * @param mark the first line, by which it is found again
 */
export async function putComment(place: Place, mark: string, body: string, quiet: boolean): Promise<Posted> {
  const found = await find(place, mark);
  if (found === undefined) {
    if (quiet) return "none";
    await place.api.send("POST", place.create, { body });
    return "created";
  }
  if (found.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) return "kept";
  await place.api.send(place.editBy, place.edit(found.id), { body });
  return "edited";
}

async function find({ api, list }: Place, mark: string): Promise<Comment | undefined> {
  for (let page = 1; page <= PAGES; page++) {
    const comments = await api.get(list(page));
    if (!Array.isArray(comments)) return undefined;
    const own = comments.filter(isComment).find((comment) => isOurs(comment) && comment.body.startsWith(mark));
    if (own !== undefined) return own;
    if (comments.length < PAGE) return undefined;
  }
  return undefined;
}

const isComment = (value: unknown): value is Comment =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  typeof value.id === "number" &&
  "body" in value &&
  typeof value.body === "string";

/** Somebody may write our mark into a comment of their own: people's comments are left alone where the server tells them apart. */
function isOurs(comment: object): boolean {
  const user: unknown = "user" in comment ? comment.user : undefined;
  return !(
    typeof user === "object" &&
    user !== null &&
    "type" in user &&
    user.type === "User" &&
    !("performed_via_github_app" in comment && comment.performed_via_github_app)
  );
}
