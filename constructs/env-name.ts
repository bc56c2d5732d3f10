/** Names of variables: Linux takes more than shells do, and images that are configured by dots and dashes are many. */
export const ENV_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.\-/:+@]*$/;
/** The same for errors. */
export const ENV_NAME_TEXT = `the name of a variable, of letters, digits and any of _ . - / : + @`;
