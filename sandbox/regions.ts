/** The regions of the cloud: the letters of their zones, and the prefix of their zones' ids. */
const table: { readonly [region: string]: readonly [letters: string, prefix: string] } = {
  "af-south-1": ["abc", "afs1"],
  "ap-east-1": ["abc", "ape1"],
  "ap-northeast-1": ["acd", "apne1"],
  "ap-northeast-2": ["abcd", "apne2"],
  "ap-northeast-3": ["abc", "apne3"],
  "ap-south-1": ["abc", "aps1"],
  "ap-south-2": ["abc", "aps2"],
  "ap-southeast-1": ["abc", "apse1"],
  "ap-southeast-2": ["abc", "apse2"],
  "ap-southeast-3": ["abc", "apse3"],
  "ap-southeast-4": ["abc", "apse4"],
  "ap-southeast-5": ["abc", "apse5"],
  "ap-southeast-7": ["abc", "apse7"],
  "ca-central-1": ["abd", "cac1"],
  "ca-west-1": ["abc", "caw1"],
  "cn-north-1": ["abd", "cnn1"],
  "cn-northwest-1": ["abc", "cnnw1"],
  "eu-central-1": ["abc", "euc1"],
  "eu-central-2": ["abc", "euc2"],
  "eu-north-1": ["abc", "eun1"],
  "eu-south-1": ["abc", "eus1"],
  "eu-south-2": ["abc", "eus2"],
  "eu-west-1": ["abc", "euw1"],
  "eu-west-2": ["abc", "euw2"],
  "eu-west-3": ["abc", "euw3"],
  "il-central-1": ["abc", "ilc1"],
  "me-central-1": ["abc", "mec1"],
  "me-south-1": ["abc", "mes1"],
  "mx-central-1": ["abc", "mxc1"],
  "sa-east-1": ["abc", "sae1"],
  "us-east-1": ["abcdef", "use1"],
  "us-east-2": ["abc", "use2"],
  "us-gov-east-1": ["abc", "usge1"],
  "us-gov-west-1": ["abc", "usgw1"],
  "us-west-1": ["ac", "usw1"],
  "us-west-2": ["abcd", "usw2"],
};

export interface Zone {
  /** As in `eu-west-1a`. */
  readonly name: string;
  /** As in `euw1-az1`: the same data centres in every account. */
  readonly id: string;
}

export const regions = (): string[] => Object.keys(table);

export const isRegion = (name: string): boolean => name in table;

/** The availability zones of a region, by name. */
export function zonesOf(region: string): Zone[] {
  const [letters, prefix] = table[region] ?? ["abc", region];
  return [...letters].map((letter, index) => ({ name: `${region}${letter}`, id: `${prefix}-az${index + 1}` }));
}

/** The zone of that name or id. */
export const findZone = (region: string, name: string): Zone | undefined =>
  zonesOf(region).find((zone) => zone.name === name || zone.id === name);
