/** Version of the model's format; it grows when a reader of the old one could not read the new one. */
export const MODEL_VERSION = 1;
