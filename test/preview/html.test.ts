import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderHtml } from "../../preview/render/html.js";
import { svgFile } from "../../preview/render/svg.js";
import { hostile } from "./hostile.js";
import { listOf, write } from "./lists.js";

const list = listOf(
  write(),
  write((shop) => {
    shop.fleets["core"]!.machine = "m7i.xlarge";
    shop.services["adservice"]!.image = "ghcr.io/acme/ads:2";
    delete shop.services["loadgenerator"];
  }),
);

const tagsOf = (page: string): string[] => [...page.matchAll(/<([a-z][a-z0-9]*)[\s>]/g)].map(([, tag = ""]) => tag);
const TAGS = new Set(
  "html head meta title style body header main footer section h1 h2 h3 p div span strong em kbd input label table thead tbody tr th td ul ol li details summary pre code svg g rect text script wbr".split(
    " ",
  ),
);

test("the page holds one script, which is ours, and nothing from elsewhere, whatever others write", () => {
  const [own] = /<script>[\s\S]*?<\/script>/.exec(renderHtml(list)) ?? [""];
  fc.assert(
    fc.property(hostile(list), (strange) => {
      const page = renderHtml(strange);
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).toContain(own);
      const rest = page.replace(own, "").replace(/<style>[\s\S]*?<\/style>/g, "");
      expect(tagsOf(rest).filter((tag) => !TAGS.has(tag))).toEqual([]);
      expect(rest).not.toMatch(/<[^>]*\s(on\w+|src|href|style|srcdoc|xlink:href)\s*=/i);
      expect(rest.match(/"/g)!.length % 2).toBe(0);
      expect(page).toBe(renderHtml(strange));
    }),
    { numRuns: 40 },
  );
});

test("its policy allows that script alone", () => {
  const page = renderHtml(list);
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(script).digest("base64");
  expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
});

test("a picture is well-formed, and told in words", () => {
  const svg = svgFile(list.clusters[0]!.topology.head!);
  const opened = [...svg.matchAll(/<([a-z]+)[^>]*[^/]>/g)].length;
  expect(svg.match(/<\/[a-z]+>/g)).toHaveLength(opened);
  expect(svg).toContain('role="img"');
  const [fleet] = list.clusters[0]!.topology.head!.fleets;
  const one = svgFile({ ...list.clusters[0]!.topology.head!, zones: ["a"], fleets: [fleet!] });
  expect(one).toContain("1 fleet in 1 zone");
});
