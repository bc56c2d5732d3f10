import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import { byText } from "../../../model/order.js";

/**
 * One line a machine type: `type vcpus memoryMiB arch fact[=value]…`, sorted by name. Left out are bare metal (no hypervisor,
 * boots for minutes) and types that run neither x86_64 nor arm64 (the Macs). A type with several architectures is listed with
 * the one that Photon OS runs.
 */
export function catalogRows(described: readonly InstanceTypeInfo[]): string[] {
  return described
    .filter((type) => type.BareMetal !== true && archOf(type) !== undefined)
    .sort((a, b) => byText(a.InstanceType ?? "", b.InstanceType ?? ""))
    .map(row);
}

/**
 * The catalog's file. One string a type: a diff reads like a list of what changed, and an array of strings, which is how a
 * bundler writes it into JavaScript, loads in a sixth of the time of nested arrays and objects.
 */
export function renderCatalog(rows: readonly string[], source: string): string {
  return [
    "{",
    `  "source": ${JSON.stringify(source)},`,
    `  "columns": "type vcpus memoryMiB arch fact[=value]...",`,
    `  "machines": [`,
    rows.map((line) => `    ${JSON.stringify(line)}`).join(",\n"),
    "  ]",
    "}",
    "",
  ].join("\n");
}

function archOf(type: InstanceTypeInfo): string | undefined {
  const archs = type.ProcessorInfo?.SupportedArchitectures ?? [];
  return (["x86_64", "arm64"] as const).find((arch) => archs.includes(arch));
}

/** A fact that is zero, or as it is for most types, is left out. */
function row(type: InstanceTypeInfo): string {
  const facts = {
    networkGbps: peakGbps(type),
    localDiskGB: type.InstanceStorageInfo?.TotalSizeInGB ?? 0,
    gpus: sum((type.GpuInfo?.Gpus ?? []).map((gpu) => gpu.Count ?? 0)),
    burstable: type.BurstablePerformanceSupported === true,
    onDemandOnly: !(type.SupportedUsageClasses ?? []).includes("spot"),
    xen: type.Hypervisor === "xen",
    previousGeneration: type.CurrentGeneration === false,
  };
  const told = Object.entries(facts)
    .filter(([, value]) => Boolean(value))
    .map(([fact, value]) => (value === true ? fact : `${fact}=${value}`));
  const size = [type.VCpuInfo?.DefaultVCpus ?? 0, type.MemoryInfo?.SizeInMiB ?? 0];
  return [type.InstanceType, ...size, archOf(type), ...told].join(" ");
}

/** The most that all network cards together carry for a while, in Gbit/s. */
function peakGbps({ NetworkInfo }: InstanceTypeInfo): number {
  return Number(sum((NetworkInfo?.NetworkCards ?? []).map((card) => card.PeakBandwidthInGbps ?? 0)).toFixed(3));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
