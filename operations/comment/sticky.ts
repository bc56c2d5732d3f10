import type { Api } from "./api.js";

/** A place that comments stand at: a pull request, or a merge request. */
export interface Place {
  readonly api: Api;
  /** All comments, in pages of 100. */
  list(page: number): string;
  readonly create: string;
  edit(id: number): string;
  readonly editBy: "PATCH" | "PUT";
  /** Id of the account that posts, where comments tell whose they are by that. */
  readonly self?: number;
}

export type Posted = "created" | "edited" | "kept" | "none";

export interface Comment {
  readonly id: number;
  readonly body: string;
}

const PAGE = 100;
/** Pages that are looked through; nobody reads more than that. */
const PAGES = 30;

/** All comments of ours at a place. */
export async function ownComments({ api, list, self }: Place): Promise<Comment[]> {
  const found: Comment[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const comments = await api.get(list(page));
    if (!Array.isArray(comments)) break;
    found.push(...comments.filter(isComment).filter((comment) => isOurs(comment, self)));
    if (comments.length < PAGE) break;
  }
  return found;
}

/**
 * Puts a comment where one with the same mark stands already, or makes one. Where nothing changes, none is made, and one that
 * stands there says so.
 * @param own what {@link ownComments} found
 * @param mark the first line, by which it is found again
 */
export async function putComment(
  place: Place,
  own: readonly Comment[],
  { mark, body, quiet }: { readonly mark: string; readonly body: string; readonly quiet: boolean },
): Promise<Posted> {
  const found = own.find((comment) => comment.body.startsWith(mark));
  if (found === undefined) {
    if (quiet) return "none";
    await place.api.send("POST", place.create, { body });
    return "created";
  }
  if (found.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) return "kept";
  await place.api.send(place.editBy, place.edit(found.id), { body });
  return "edited";
}

const isComment = (value: unknown): value is Comment =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  typeof value.id === "number" &&
  "body" in value &&
  typeof value.body === "string";

/** Somebody may write our mark into a comment of their own: others' comments are left alone where the server tells them apart. */
function isOurs(comment: object, self: number | undefined): boolean {
  const [user, author] = [memberOf(comment, "user"), memberOf(comment, "author")];
  if (self !== undefined && author !== undefined) return memberOf(author, "id") === self;
  return !(memberOf(user, "type") === "User" && !memberOf(comment, "performed_via_github_app"));
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
