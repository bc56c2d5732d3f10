import { PICTURE_STYLE } from "../svg.js";

/** The page's look: light and dark by the reader's setting, and legible from 320 pixels on. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--dim:#59636e;--paper:#fff;--band:#f6f8fa;--line:#d1d9e0;--task:#eaeef2;--red:#b3202a;--green:#1a7f37;--amber:#8a5a00;--redbg:#ffebe9;--greenbg:#dafbe1;--amberbg:#fff4d6;--link:#0757ba}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#a3adb8;--paper:#0d1117;--band:#161b22;--line:#3d444d;--task:#21262d;--red:#ff8b85;--green:#5fd07a;--amber:#e3b341;--redbg:#3c1618;--greenbg:#12351d;--amberbg:#3a2d0b;--link:#79b8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:1180px;margin:0 auto;padding:0 16px}
header{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);padding-top:10px;padding-bottom:10px;z-index:2}
h1{font-size:20px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px}h3{font-size:15px;margin:24px 0 8px}
.bar{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
.verdict{font-weight:700;padding:2px 10px;border-radius:999px;border:1px solid currentColor}
.blocked{color:var(--red);background:var(--redbg)}.attention{color:var(--amber);background:var(--amberbg)}.changes,.unchanged{color:var(--green);background:var(--greenbg)}
.dim{color:var(--dim)}
input[type=search]{font:inherit;color:inherit;background:var(--band);border:1px solid var(--line);border-radius:6px;padding:6px 10px;min-width:0;flex:1 1 180px;max-width:360px}
kbd{font:12px ui-monospace,monospace;border:1px solid var(--line);border-radius:4px;padding:0 4px}
ul.reasons{padding-left:20px;margin:8px 0}
table{border-collapse:collapse;width:100%;margin:8px 0}
th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid var(--line)}
code.whole{white-space:nowrap}
td.prose{overflow-wrap:anywhere;min-width:9em}td details{overflow-wrap:break-word}td.value{overflow-wrap:anywhere;min-width:7em}
th{font-size:13px;color:var(--dim);font-weight:600}
td.sign{font:700 16px ui-monospace,monospace;white-space:nowrap;width:1%}
tr.danger td{background:var(--redbg)}tr.warning td{background:var(--amberbg)}
tr.danger .label{color:var(--red);font-weight:700}tr.warning .label{color:var(--amber);font-weight:700}
tr:target td,tr.found td{outline:2px solid var(--link);outline-offset:-2px}
td details table{margin:4px 0;background:var(--paper)}
details{margin:6px 0}summary{cursor:pointer;padding:4px 0}
.picture{overflow:auto;border:1px solid var(--line);border-radius:8px;padding:8px;max-height:78vh}
.picture svg{display:block}
.side{position:absolute;opacity:0;pointer-events:none}
.switch label{display:inline-block;padding:4px 14px;border:1px solid var(--line);cursor:pointer}
.switch label:first-of-type{border-radius:6px 0 0 6px}.switch label:last-of-type{border-radius:0 6px 6px 0;border-left:0}
.before-on:checked~.switch .for-before,.after-on:checked~.switch .for-after{background:var(--ink);color:var(--paper)}
.before-on:focus-visible~.switch .for-before,.after-on:focus-visible~.switch .for-after{outline:2px solid var(--link);outline-offset:2px}
.before-on:checked~.pictures .after,.after-on:checked~.pictures .before{display:none}
pre{font:12.5px/1.45 ui-monospace,monospace;overflow:auto;background:var(--band);border:1px solid var(--line);border-radius:6px;padding:8px;margin:6px 0}
pre .add{display:block;color:var(--green);background:var(--greenbg)}pre .del{display:block;color:var(--red);background:var(--redbg)}pre .keep{display:block}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
@media(max-width:760px){header{position:static}.cards thead{display:none}.cards>tbody>tr{display:block;border:1px solid var(--line);border-radius:8px;margin:8px 0;overflow:hidden}.cards>tbody>tr>td{display:block;border:0;width:auto;min-width:0;overflow-wrap:break-word}.cards>tbody>tr>td:empty{display:none}.cards>tbody>tr>td[data-label]::before{content:attr(data-label) ": ";color:var(--dim);font-size:13px}h2{font-size:17px}}
@media print{header{position:static}.picture{max-height:none}}
${PICTURE_STYLE}
.topology g:focus-visible{outline:none}.topology g:focus-visible>rect{stroke:var(--link);stroke-width:3}.topology g[data-id]{cursor:pointer}
.topology .added>rect{stroke:var(--green)}.topology .removed>rect,.topology .replaced>rect{stroke:var(--red)}.topology .changed>rect{stroke:var(--amber)}
`;

/** Search, keys, and the way from the picture to the table. All else works without. */
export const SCRIPT = `
(()=>{
const search=document.getElementById("search"),none=document.getElementById("none");
const rows=[...document.querySelectorAll("[data-text]")];
const filter=()=>{const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);let shown=0;
for(const row of rows){const hit=words.every(word=>row.dataset.text.includes(word));row.hidden=!hit;if(hit)shown++}
none.hidden=shown>0||words.length===0};
search.addEventListener("input",filter);
const go=id=>{for(const row of document.querySelectorAll("tr.found"))row.classList.remove("found");
const row=[...document.querySelectorAll("tr[data-change]")].find(each=>each.dataset.change===id);
if(!row)return;row.hidden=false;row.classList.add("found");row.scrollIntoView({block:"center"});row.focus({preventScroll:true})};
document.addEventListener("click",event=>{const at=event.target.closest("g[data-id]");if(at)go(at.dataset.id)});
document.addEventListener("keydown",event=>{
const typing=event.target.matches("input[type=search]");
if(event.key==="Escape"&&typing){search.value="";filter();search.blur();return}
if(typing||event.ctrlKey||event.metaKey||event.altKey)return;
if(event.key==="/"){event.preventDefault();search.focus()}
else if(event.key==="b")for(const side of document.querySelectorAll(".before-on"))(side.checked?side.parentElement.querySelector(".after-on"):side).click();
else if(event.key==="Enter"&&event.target.closest){const at=event.target.closest("g[data-id]");if(at)go(at.dataset.id)}
});
})();
`;
