/** What a name says about the value that it has. */
export type NamedSecret = "password" | "key";

const PASSWORD = /(^|_)(password|passwd|passphrase|pass|pwd|passcode|requirepass|masterauth)$/;

const KEY =
  /(^|_)(secret|token|api_?key|app_?key|access_?key|secret_?key|private_?key|encryption_?key|signing_?key|master_?key|session_?key|account_?key|license_?key|secret_?key_?base|client_?secret|otp_?secret|credentials?|cookie)$/;

/** Names that end alike, and mean something that is no secret. */
const PUBLIC =
  /(^|_)(public|pub|next_public|vite|react_app|allow|allow_empty|random|enable|disable|use|no|require|idempotency|routing|partition|sort|primary|foreign|cache|max|min|num|count|next|page|continuation|csrf_cookie|session_cookie)_/;

/**
 * Whether a name is one of a secret's: by its last words, in any spelling (`DB_PASSWORD`, `spring.datasource.password`,
 * `clientSecret`, `--api-key`). Names of files, paths and settings around a secret end otherwise (`…_FILE`, `…_TTL`).
 */
export function namedSecret(name: string): NamedSecret | undefined {
  const plain = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
  if (PUBLIC.test(plain)) return undefined;
  if (PASSWORD.test(plain)) return "password";
  return KEY.test(plain) ? "key" : undefined;
}

/** What stands for a value that comes from elsewhere: a template, a variable, a mark to be filled in, a path. */
const ELSEWHERE =
  /^(\$|%[({A-Z]|\{\{|<[^>]*>$|\*+$|\/|\.\.?\/|file:|env:|ref:|vault:|ENC\(|\{cipher\}|op:\/\/|arn:aws|ssm:|secretsmanager:)|\$\{|\{\{|\$\(/;

const SETTING = /^(|true|false|yes|no|on|off|none|null|nil|undefined|0|1|disabled|enabled|required|optional)$/i;

/** Whether a value that such a name has is a secret itself. A password may be any word; a key is long, and no plain word. */
export function isSecretValue(kind: NamedSecret, value: string): boolean {
  if (SETTING.test(value) || ELSEWHERE.test(value)) return false;
  if (kind === "password") return true;
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || entropy(value) >= 3.5);
}

/** Bits for each character (Shannon): 3 for words, above 3.5 for what was made by chance. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
