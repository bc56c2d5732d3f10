export { writeSide } from "./preview/side.js";
