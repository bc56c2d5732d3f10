const RESERVED = ["swarm", "cluster"];
const ID = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$|^[a-z]$/;

/** Whether an id can be one: it becomes a DNS name, a Terraform name and a label. */
export const isLegalId = (id: string): boolean => ID.test(id) && !RESERVED.includes(id);

/** What an id may look like, for error texts. */
export const LEGAL_ID =
  'a DNS label of up to 40 characters: a-z, 0-9 and \'-\', starting with a letter; not "swarm" or "cluster"';
