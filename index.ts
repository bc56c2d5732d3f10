export { Construct } from "constructs";
export type { CheckContext } from "./checks/context.js";
export type { Place, Rule, Severity, Violation } from "./checks/rule.js";
export { App, type AppProps } from "./constructs/app.js";
export { Cluster, type ClusterProps, type ControlOptions } from "./constructs/cluster.js";
export { external, type External } from "./constructs/external.js";
export { dir, type FileOptions } from "./constructs/file.js";
export { Fleet, type FleetProps, type OsOptions, type SizeRange } from "./constructs/fleet.js";
export { Gateway, type GatewayProps, type RouteTarget } from "./constructs/gateway.js";
export { command, http, tcp, type Health, type PortProbeOptions, type ProbeOptions } from "./constructs/health.js";
export { Mesh, type MeshProps } from "./constructs/mesh.js";
export type { Platform } from "./constructs/platform.js";
export {
  destroys,
  interrupts,
  losesData,
  raisesPrivilege,
  opensEdge,
  replaces,
  type PreviewAcceptance,
  type PreviewOptions,
  type PreviewRule,
} from "./constructs/policy.js";
export { rolling, type RollingOptions, type Rollout } from "./constructs/rollout.js";
export { Secret, secretsManager, ssm, type SecretProps, type SecretSource } from "./constructs/secret.js";
export {
  Service,
  type LateText,
  type PortAddress,
  type PortOptions,
  type ServiceProps,
  type UseOptions,
} from "./constructs/service.js";
export { local, s3, type S3StateOptions, type State } from "./constructs/state.js";
export { Volume, type VolumeProps } from "./constructs/volume.js";
export { LightfleetError, type ErrorCode, type ErrorKind, type Finding, type SourceLocation } from "./errors/error.js";
export type { Model } from "./model/schema.js";
export type { Cidr, Duration, Memory } from "./model/units.js";
export { aws, type AwsOptions } from "./stacks/aws/platform.js";
