import { credentialsOf, credentialsOfTags, type Credential } from "../credentials/find.js";
import type { Rule, Violation } from "../rule.js";

export const credential: Rule = {
  code: "LF508",
  severity: "warning",
  title: "no credential stands in the program",
  why: `What stands in variables, arguments, files, labels and tags is in git, in the plan, in the state, in the release, and in
'docker inspect' on every manager. Credentials are known by their own shape (the prefixes of AWS, GitHub, Slack, Stripe and others,
private keys, JSON Web Tokens), as passwords in addresses, and by the names that they have. The finding says where one stands,
never what it is. In production those whose shape leaves no doubt are errors.`,
  fix: `keep it in SSM or Secrets Manager, and mount it: new Secret(…, { source: ssm("/…") }) is a file below /run/secrets`,
  *check({ model }) {
    const { services, fleets, production } = model;
    for (const found of credentialsOfTags(model)) yield tell(null, found, production);
    for (const fleet of fleets) for (const found of credentialsOfTags(fleet)) yield tell(fleet.id, found, production);
    for (const service of services)
      for (const found of credentialsOf(service)) yield tell(service.id, found, production);
  },
};

function tell(on: string | null, { what, certain, place }: Credential, production: boolean): Violation {
  const hint = hintFor(place);
  return {
    at: { on, detail: place },
    message: `${what} stands in clear text`,
    ...(hint !== undefined && { hint }),
    ...(production && certain && { severity: "error" as const }),
  };
}

/** Variables of Docker's official images, which read a file in their place (…_FILE; see each image's page on Docker Hub). */
const TAKES_FILE =
  /^variable ((?:POSTGRES|MYSQL|MYSQL_ROOT|MARIADB|MARIADB_ROOT|MONGO_INITDB_ROOT|WORDPRESS_DB|NEXTCLOUD_ADMIN)_PASS(?:WORD)?)$/;

function hintFor(place: string): string | undefined {
  if (!TAKES_FILE.test(place)) return undefined;
  return `mount it as a secret: secrets: { "password": new Secret(…, { source: ssm("/…") }) }, and name its file in the variable of that name with _FILE at its end: "/run/secrets/password"`;
}
