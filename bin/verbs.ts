import type { Verb, VerbGroup } from "./verb.js";
import { bootstrap } from "./verbs/bootstrap.js";
import { catalogUpdate } from "./verbs/catalog-update.js";
import { check } from "./verbs/check.js";
import { comment } from "./verbs/comment.js";
import { completion } from "./verbs/completion.js";
import { deploy } from "./verbs/deploy.js";
import { destroy } from "./verbs/destroy.js";
import { diff } from "./verbs/diff.js";
import { doctor } from "./verbs/doctor.js";
import { drift } from "./verbs/drift.js";
import { drill } from "./verbs/drill.js";
import { graph } from "./verbs/graph.js";
import { iam } from "./verbs/iam.js";
import { imageFind } from "./verbs/image-find.js";
import { imageImport } from "./verbs/image-import.js";
import { imageList } from "./verbs/image-list.js";
import { imagePin } from "./verbs/image-pin.js";
import { init } from "./verbs/init.js";
import { outputs } from "./verbs/outputs.js";
import { preview } from "./verbs/preview.js";
import { previewSide } from "./verbs/preview-side.js";
import { sandboxReset } from "./verbs/sandbox-reset.js";
import { status } from "./verbs/status.js";
import { synth } from "./verbs/synth.js";
import { unlock } from "./verbs/unlock.js";

/** All verbs, in the order of the help: parser, help, completion, hints and docs/commands.md are made from this list. */
export const VERBS: readonly (Verb | VerbGroup)[] = [
  ...[init, synth, check, drill, preview, graph, comment, previewSide, deploy, diff, drift, status, destroy, doctor],
  {
    name: "image",
    summary: "Import, find and pin Photon OS images",
    verbs: [imageImport, imageList, imageFind, imagePin],
  },
  { name: "catalog", summary: "Update facts about machine types", verbs: [catalogUpdate] },
  ...[outputs, bootstrap, unlock, iam],
  { name: "sandbox", summary: "Manage the embedded cloud", verbs: [sandboxReset] },
  completion,
];
