#!/usr/bin/env node
/**
 * Writes model/machines.json, the catalog of machine types that fleets are checked against, from EC2's own
 * DescribeInstanceTypes.
 *
 *   node scripts/catalog.mjs [--source "where the facts are from"]
 *
 * Endpoint, region and credentials come the standard way (AWS_ENDPOINT_URL, AWS_REGION, profiles). A region of AWS
 * describes only the types that it offers: ask us-east-1, or an emulator that carries all of them.
 *
 * Left out: bare metal (no hypervisor, boots for minutes, no Photon image is tested on it) and types that run neither
 * x86_64 nor arm64 (the Macs). A type with several architectures is listed with the one that Photon OS runs.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { EC2Client, paginateDescribeInstanceTypes } from "@aws-sdk/client-ec2";

const file = new URL("../model/machines.json", import.meta.url);

const { values } = parseArgs({ options: { source: { type: "string" } } });
const client = new EC2Client({});
const region = await client.config.region();
const source = values.source ?? (process.env.AWS_ENDPOINT_URL ? "an EC2-compatible endpoint" : `EC2 in ${region}`);

const described = [];
for await (const page of paginateDescribeInstanceTypes({ client }, {})) described.push(...(page.InstanceTypes ?? []));

const rows = described
  .filter((type) => !type.BareMetal && archOf(type) !== undefined)
  .sort((a, b) => compareNames(a.InstanceType, b.InstanceType))
  .map(row);
if (rows.length === 0) throw new Error("the endpoint described no machine type: is it EC2, and is the region right?");

writeFileSync(file, render(rows));
console.log(`${rows.length} of ${described.length} types written to model/machines.json`);

function archOf(type) {
  const archs = type.ProcessorInfo?.SupportedArchitectures ?? [];
  return ["x86_64", "arm64"].find((arch) => archs.includes(arch));
}

/** `type vcpus memoryMiB arch fact[=value]…`; a fact that is zero, or as it is for most types, is left out. */
function row(type) {
  const facts = {
    networkGbps: peakGbps(type),
    localDiskGB: type.InstanceStorageInfo?.TotalSizeInGB,
    gpus: sum((type.GpuInfo?.Gpus ?? []).map((gpu) => gpu.Count ?? 0)),
    burstable: type.BurstablePerformanceSupported === true,
    onDemandOnly: !(type.SupportedUsageClasses ?? []).includes("spot"),
    xen: type.Hypervisor === "xen",
    previousGeneration: type.CurrentGeneration === false,
  };
  const told = Object.entries(facts)
    .filter(([, value]) => Boolean(value))
    .map(([fact, value]) => (value === true ? fact : `${fact}=${value}`));
  return [type.InstanceType, type.VCpuInfo.DefaultVCpus, type.MemoryInfo.SizeInMiB, archOf(type), ...told].join(" ");
}

/** The most that all network cards together carry for a while, in Gbit/s. */
function peakGbps(type) {
  return Number(sum((type.NetworkInfo?.NetworkCards ?? []).map((card) => card.PeakBandwidthInGbps ?? 0)).toFixed(3));
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** By code unit: the same order on every machine. */
function compareNames(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * One string a type: a diff reads like a list of what changed, and an array of strings, which is how a bundler writes it
 * into JavaScript, loads in a sixth of the time of nested arrays and objects.
 */
function render(lines) {
  return [
    "{",
    `  "source": ${JSON.stringify(source)},`,
    `  "columns": "type vcpus memoryMiB arch fact[=value]...",`,
    `  "machines": [`,
    lines.map((line) => `    ${JSON.stringify(line)}`).join(",\n"),
    "  ]",
    "}",
    "",
  ].join("\n");
}
