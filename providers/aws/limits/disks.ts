/**
 * Sizes of EBS volumes in GiB, by their type (Amazon EC2, API_CreateVolume and API_EbsBlockDevice, "VolumeSize"; gp3 of more than
 * 16,384 GiB since September 2025).
 */
export const DISK_GIB: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  gp2: { min: 1, max: 16_384 },
  gp3: { min: 1, max: 65_536 },
  io1: { min: 4, max: 16_384 },
  io2: { min: 4, max: 65_536 },
  st1: { min: 125, max: 16_384 },
  sc1: { min: 125, max: 16_384 },
  standard: { min: 1, max: 1_024 },
};

/** The type of the disks of fleets. */
export const FLEET_DISK = "gp3";

/** Why a volume of that type and size cannot be, in EC2's own words; undefined where it can, or where the type is unknown. */
export function refuseDisk(type: string, gib: number): string | undefined {
  const range = DISK_GIB[type];
  if (range === undefined || (gib >= range.min && gib <= range.max)) return undefined;
  return `InvalidParameterValue: Volume of ${gib}GiB is too ${gib > range.max ? "large" : "small"} for volume type ${type}; ${gib > range.max ? "maximum" : "minimum"} is ${gib > range.max ? range.max : range.min}GiB.`;
}
