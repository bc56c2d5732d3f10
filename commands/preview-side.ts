export { writeSide } from "../operations/preview/snapshot.js";
