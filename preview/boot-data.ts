import { diffLines } from "diff";
import type { BootData } from "./schema.js";
import type { ClusterSide } from "./snapshot.js";

/** Lines kept around a difference. */
const AROUND = 2;
/** Lines of one file beyond which its diff is cut. */
const MOST = 400;
/** Files above this are told by their size alone: a diff of them would take long, and nobody would read it. */
const LARGEST = 200_000;

/** What VMs boot with, line by line, where it differs: for fleets that are on both sides. */
export function bootDataChanges(base: ClusterSide["bootData"], head: ClusterSide["bootData"]): BootData[] {
  return Object.keys(head)
    .sort()
    .flatMap((fleet): BootData[] => {
      const [before, after] = [base[fleet], head[fleet]];
      if (before === undefined || after === undefined) return [];
      const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
      const files = paths
        .filter((path) => before[path] !== after[path])
        .map((path) => diffFile(path, before[path] ?? "", after[path] ?? ""));
      return files.length > 0 ? [{ fleet, files }] : [];
    });
}

type BootFile = BootData["files"][number];

function diffFile(path: string, before: string, after: string): BootFile {
  if (before.length + after.length > LARGEST) {
    const text = `(${before.length} bytes, now ${after.length})`;
    return { path, lines: [{ sign: "+", text }], removed: 0, added: 1, cut: true };
  }
  const parts = diffLines(readable(before), readable(after));
  const lines: BootFile["lines"][number][] = [];
  let [removed, added] = [0, 0];
  parts.forEach((part, index) => {
    const texts = part.value.replace(/\n$/, "").split("\n");
    if (part.added || part.removed) {
      if (part.added) added += texts.length;
      else removed += texts.length;
      lines.push(...texts.map((text) => ({ sign: part.added ? ("+" as const) : ("-" as const), text: redact(text) })));
      return;
    }
    const [first, last] = [index === 0 ? 0 : AROUND, index === parts.length - 1 ? 0 : AROUND];
    const kept =
      texts.length <= first + last ? texts : [...texts.slice(0, first), "…", ...texts.slice(texts.length - last)];
    lines.push(...kept.map((text) => ({ sign: " " as const, text: redact(text) })));
  });
  return { path, lines: lines.slice(0, MOST), removed, added, cut: lines.length > MOST };
}

/** JSON on one line is laid out, so that what differs in it can be seen. */
function readable(text: string): string {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || trimmed.includes("\n")) return text;
  try {
    return `${JSON.stringify(JSON.parse(trimmed), null, 2)}\n`;
  } catch {
    return text;
  }
}

const SECRET =
  /((?:pass(?:word|wd)?|secret|token|private[_-]?key|credential|api[_-]?key)["']?\s*[:=]\s*["']?)([^\s"',]{4,})/gi;
const URL_LOGIN = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)([^\s@]+)(@)/gi;

/** Boot data holds no secrets of ours; what looks like one, since somebody put it there, is not shown. */
const redact = (text: string): string =>
  text.replace(SECRET, "$1<redacted>").replace(URL_LOGIN, "$1<redacted>$3").slice(0, 500);
