/** A credential that its own shape gives away. */
export interface TokenShape {
  /** What it is, as a noun with its article. */
  readonly what: string;
  readonly shape: RegExp;
}

/**
 * Shapes of well-known credentials: prefixes that their makers chose so that scanners find them. From the rules of gitleaks
 * (https://github.com/gitleaks/gitleaks, config/gitleaks.toml) and the makers' own pages. Public halves (`pk_live_…`) are none.
 */
export const TOKENS: readonly TokenShape[] = [
  { what: "a private key", shape: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----/ },
  { what: "an age secret key", shape: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/ },
  { what: "an AWS access key", shape: /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/ },
  { what: "a GitHub token", shape: /\b(?:gh[pousr]_[0-9A-Za-z]{36,}|github_pat_\w{60,})/ },
  { what: "a GitLab token", shape: /\bgl(?:pat|dt|ptt|rt|cbt|oas|imt|agent|soat|ft|ffct)-[0-9A-Za-z_-]{20,}/ },
  { what: "a Slack token", shape: /\bxox[abeoprs]-[0-9A-Za-z-]{10,}|\bxapp-\d-[A-Z0-9]+-\d+-[a-z0-9]+/ },
  { what: "a Slack webhook", shape: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{40,}/ },
  { what: "a Google API key", shape: /\bAIza[\w-]{35}/ },
  { what: "a Google OAuth secret", shape: /\bGOCSPX-[\w-]{28}/ },
  { what: "a Stripe key", shape: /\b(?:sk|rk)_(?:test|live|prod)_[0-9A-Za-z]{10,99}/ },
  { what: "a Stripe webhook secret", shape: /\bwhsec_[0-9A-Za-z+/=]{24,}/ },
  { what: "an OpenAI key", shape: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/ },
  { what: "an Anthropic key", shape: /\bsk-ant-[\w-]{40,}/ },
  { what: "a SendGrid key", shape: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/ },
  { what: "a Twilio key", shape: /\bSK[0-9a-f]{32}\b/ },
  { what: "a Mailgun key", shape: /\bkey-[0-9a-f]{32}\b/ },
  { what: "an npm token", shape: /\bnpm_[0-9A-Za-z]{36}\b/ },
  { what: "a PyPI token", shape: /\bpypi-AgEI[\w-]{50,}/ },
  { what: "a Docker Hub token", shape: /\bdckr_(?:pat|oat)_[\w-]{27,}/ },
  { what: "a HashiCorp Vault token", shape: /\bhv[sbr]\.[\w-]{24,}/ },
  { what: "a Terraform Cloud token", shape: /\b[0-9A-Za-z]{14}\.atlasv1\.[\w=-]{60,}/ },
  { what: "a DigitalOcean token", shape: /\bdo[opr]_v1_[0-9a-f]{64}\b/ },
  { what: "a Databricks token", shape: /\bdapi[0-9a-f]{32}\b/ },
  { what: "an Atlassian token", shape: /\bATATT3[\w=-]{100,}/ },
  { what: "a Hugging Face token", shape: /\bhf_[A-Za-z]{34}\b/ },
  { what: "a Shopify token", shape: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/ },
  { what: "a New Relic key", shape: /\bNRAK-[0-9A-Z]{27}\b/ },
  { what: "a Grafana token", shape: /\bglsa_[0-9A-Za-z]{32}_[0-9a-f]{8}\b/ },
  { what: "a Linear key", shape: /\blin_api_[0-9A-Za-z]{40}\b/ },
  { what: "a Telegram bot token", shape: /\b\d{8,10}:AA[\w-]{33}\b/ },
  { what: "an Azure storage key", shape: /\bAccountKey=[0-9A-Za-z+/]{86}==/ },
  {
    what: "an Authorization header",
    shape: /\bauthorization["']?\s*[:=]\s*["']?(?:basic|bearer|token)\s+[\w+/.~-]{8,}/i,
  },
  { what: "a JSON Web Token", shape: /\bey[\w-]{17,}\.ey[\w-]{17,}\.[\w-]{10,}/ },
];
