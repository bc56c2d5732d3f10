/**
 * Version of the model's format; it grows when a reader of the old one could not read the new one. Models of all versions
 * before it are read: what they lack gets its default in `upgrade.ts`.
 */
export const MODEL_VERSION = 2;
