import type { Rule } from "./rule.js";
import { alone } from "./rules/isolated-service.js";
import { anyOrder } from "./rules/any-order.js";
import { apart } from "./rules/spread.js";
import { architecture } from "./rules/architecture.js";
import { circle } from "./rules/dependency-cycle.js";
import { cpuLimit } from "./rules/cpu-limit.js";
import { credential } from "./rules/credential.js";
import { defaultQuota } from "./rules/default-quota.js";
import { dividedVolume } from "./rules/divided-volume.js";
import { dockerVersion } from "./rules/docker-version.js";
import { encryptingDocker } from "./rules/encrypting-docker.js";
import { endOfLife } from "./rules/end-of-life.js";
import { fileMax } from "./rules/file-max.js";
import { fits } from "./rules/fits.js";
import { fitsAtMin } from "./rules/fits-at-min.js";
import { gatewayProtocol } from "./rules/gateway-protocol.js";
import { hiddenEdge } from "./rules/hidden-edge.js";
import { hostPortClash } from "./rules/host-port-clash.js";
import { hostSysctl } from "./rules/host-sysctl.js";
import { idleTarget } from "./rules/idle-target.js";
import { imageDigest } from "./rules/image-digest.js";
import { imageTag } from "./rules/image-tag.js";
import { ingressSize } from "./rules/ingress-size.js";
import { inheritedSysctl } from "./rules/inherited-sysctl.js";
import { jvmHeap } from "./rules/jvm-heap.js";
import { knownCapabilities } from "./rules/known-capabilities.js";
import { localVolume } from "./rules/local-volume.js";
import { memoryReserved } from "./rules/memory-reserved.js";
import { namedService } from "./rules/named-service.js";
import { offered } from "./rules/public-service.js";
import { oneTask } from "./rules/one-task.js";
import { openFiles } from "./rules/open-files.js";
import { overlap } from "./rules/overlap.js";
import { overlaySize } from "./rules/overlay-size.js";
import { pinnedImage } from "./rules/pinned-image.js";
import { privilegedPort } from "./rules/privileged-port.js";
import { processLimit } from "./rules/process-limit.js";
import { promisedMemory } from "./rules/promised-memory.js";
import { quorum } from "./rules/quorum.js";
import { readOnlyRoot } from "./rules/read-only-root.js";
import { reservedPort } from "./rules/reserved-port.js";
import { roomToRoll } from "./rules/room-to-roll.js";
import { shadowedRoute } from "./rules/shadowed-route.js";
import { separateData } from "./rules/separate-data.js";
import { sharedMemory } from "./rules/shared-memory.js";
import { sharedNumber } from "./rules/shared-number.js";
import { spotShare } from "./rules/spot-share.js";
import { startFirstData } from "./rules/start-first-data.js";
import { stopGrace } from "./rules/stop-grace.js";
import { survivesVm } from "./rules/survives-vm.js";
import { survivesZone } from "./rules/survives-zone.js";
import { targetsApart } from "./rules/targets-apart.js";
import { uncheckedTarget } from "./rules/unchecked-target.js";
import { undecided } from "./rules/unsolved.js";
import { unkeptData } from "./rules/unkept-data.js";

const CAPACITY = [fits, fitsAtMin, roomToRoll, anyOrder, undecided];
const FAILURE = [survivesVm, survivesZone, oneTask, apart, quorum, spotShare, targetsApart, localVolume];
const DATA = [startFirstData, dividedVolume, unkeptData, separateData, stopGrace];
const LIMITS = [
  knownCapabilities,
  openFiles,
  fileMax,
  hostSysctl,
  inheritedSysctl,
  jvmHeap,
  memoryReserved,
  promisedMemory,
  sharedMemory,
  processLimit,
  hostPortClash,
  reservedPort,
  privilegedPort,
  readOnlyRoot,
  cpuLimit,
];
const TOPOLOGY = [
  alone,
  circle,
  shadowedRoute,
  uncheckedTarget,
  hiddenEdge,
  overlap,
  idleTarget,
  overlaySize,
  sharedNumber,
  ingressSize,
  namedService,
  gatewayProtocol,
  encryptingDocker,
];
const SUPPLY = [
  imageTag,
  imageDigest,
  pinnedImage,
  architecture,
  endOfLife,
  dockerVersion,
  offered,
  credential,
  defaultQuota,
];

/** Lightfleet's own rules, by code: LF1xx capacity, LF2xx failure, LF3xx limits and ports, LF4xx topology, LF5xx supply. */
export const RULES: readonly Rule[] = [...CAPACITY, ...FAILURE, ...DATA, ...LIMITS, ...TOPOLOGY, ...SUPPLY];
