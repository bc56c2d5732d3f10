/** Letters that a mark is made of: none that ends it. */
const clean = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, "");

/** A project's folder in its repository, as far as a mark holds it. */
export const cleanProject = (project: string): string => project.split(/[/\\]/).map(clean).filter(Boolean).join("/");

/**
 * The first line of a comment, by which it is found again.
 * @param name of the cluster; `all` for what is about the program as a whole
 * @param project the project's folder in the repository: two may name a cluster alike
 */
export function commentMark(name: string, project: string): string {
  const folder = cleanProject(project);
  return `<!-- lightfleet:preview:${folder === "" ? "" : `${folder}:`}${clean(name) || "all"} -->`;
}

/** What a comment is about, out of its mark; undefined where it has none. */
export function readMark(body: string): { readonly name: string; readonly project: string } | undefined {
  const [, project = "", name] = /^<!-- lightfleet:preview:(?:([\w./-]+):)?([\w.-]+) -->/.exec(body) ?? [];
  return name === undefined ? undefined : { name, project };
}
