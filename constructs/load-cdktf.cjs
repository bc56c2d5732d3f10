"use strict";
/**
 * Loads cdktf without two packages that it loads at once and hardly ever uses: the zip writer, which works in a process
 * of its own, and semver. They take a fifth of its load time, and are loaded here when they are first used.
 * The build puts this in the place of "cdktf".
 */
const { Module, createRequire } = require("node:module");

function standInFor(from, name) {
  const file = from.resolve(name);
  if (file in require.cache) return undefined;
  const real = () => from(file);
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = new Proxy(() => undefined, {
    apply: (_, self, args) => Reflect.apply(real(), self, args),
    get: (_, key) => real()[key],
  });
  require.cache[file] = standIn;
  return file;
}

function deferRarelyUsed() {
  try {
    const from = createRequire(require.resolve("cdktf"));
    return ["archiver", "semver"].map((name) => standInFor(from, name)).filter((file) => file !== undefined);
  } catch {
    return []; // Another version of cdktf, without them: it loads as it is.
  }
}

const deferred = deferRarelyUsed();
try {
  module.exports = require("cdktf");
} finally {
  // Whoever else asks for these packages gets the real ones.
  for (const file of deferred) Reflect.deleteProperty(require.cache, file);
}
