// Generated from schema.json (hashicorp/aws 5.100.0) by `npm run generate`: not edited by hand.
import type { Construct } from "constructs";
import type { Bool, List, NumberList, Numeric, StringMap } from "./reference.js";
import { AwsData, AwsResource, type MetaArguments } from "./resource.js";

export interface AwsProviderAssumeRole {
  readonly duration?: string | undefined;
  readonly external_id?: string | undefined;
  readonly policy?: string | undefined;
  readonly policy_arns?: List | undefined;
  readonly role_arn?: string | undefined;
  readonly session_name?: string | undefined;
  readonly source_identity?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly transitive_tag_keys?: List | undefined;
}

export interface AwsProviderAssumeRoleWithWebIdentity {
  readonly duration?: string | undefined;
  readonly policy?: string | undefined;
  readonly policy_arns?: List | undefined;
  readonly role_arn?: string | undefined;
  readonly session_name?: string | undefined;
  readonly web_identity_token?: string | undefined;
  readonly web_identity_token_file?: string | undefined;
}

export interface AwsProviderDefaultTags {
  readonly tags?: StringMap | undefined;
}

export interface AwsProviderEndpoints {
  readonly accessanalyzer?: string | undefined;
  readonly account?: string | undefined;
  readonly acm?: string | undefined;
  readonly acmpca?: string | undefined;
  readonly amg?: string | undefined;
  readonly amp?: string | undefined;
  readonly amplify?: string | undefined;
  readonly apigateway?: string | undefined;
  readonly apigatewayv2?: string | undefined;
  readonly appautoscaling?: string | undefined;
  readonly appconfig?: string | undefined;
  readonly appfabric?: string | undefined;
  readonly appflow?: string | undefined;
  readonly appintegrations?: string | undefined;
  readonly appintegrationsservice?: string | undefined;
  readonly applicationautoscaling?: string | undefined;
  readonly applicationinsights?: string | undefined;
  readonly applicationsignals?: string | undefined;
  readonly appmesh?: string | undefined;
  readonly appregistry?: string | undefined;
  readonly apprunner?: string | undefined;
  readonly appstream?: string | undefined;
  readonly appsync?: string | undefined;
  readonly athena?: string | undefined;
  readonly auditmanager?: string | undefined;
  readonly autoscaling?: string | undefined;
  readonly autoscalingplans?: string | undefined;
  readonly backup?: string | undefined;
  readonly batch?: string | undefined;
  readonly bcmdataexports?: string | undefined;
  readonly beanstalk?: string | undefined;
  readonly bedrock?: string | undefined;
  readonly bedrockagent?: string | undefined;
  readonly billing?: string | undefined;
  readonly budgets?: string | undefined;
  readonly ce?: string | undefined;
  readonly chatbot?: string | undefined;
  readonly chime?: string | undefined;
  readonly chimesdkmediapipelines?: string | undefined;
  readonly chimesdkvoice?: string | undefined;
  readonly cleanrooms?: string | undefined;
  readonly cloud9?: string | undefined;
  readonly cloudcontrol?: string | undefined;
  readonly cloudcontrolapi?: string | undefined;
  readonly cloudformation?: string | undefined;
  readonly cloudfront?: string | undefined;
  readonly cloudfrontkeyvaluestore?: string | undefined;
  readonly cloudhsm?: string | undefined;
  readonly cloudhsmv2?: string | undefined;
  readonly cloudsearch?: string | undefined;
  readonly cloudtrail?: string | undefined;
  readonly cloudwatch?: string | undefined;
  readonly cloudwatchevents?: string | undefined;
  readonly cloudwatchevidently?: string | undefined;
  readonly cloudwatchlog?: string | undefined;
  readonly cloudwatchlogs?: string | undefined;
  readonly cloudwatchobservabilityaccessmanager?: string | undefined;
  readonly cloudwatchrum?: string | undefined;
  readonly codeartifact?: string | undefined;
  readonly codebuild?: string | undefined;
  readonly codecatalyst?: string | undefined;
  readonly codecommit?: string | undefined;
  readonly codeconnections?: string | undefined;
  readonly codedeploy?: string | undefined;
  readonly codeguruprofiler?: string | undefined;
  readonly codegurureviewer?: string | undefined;
  readonly codepipeline?: string | undefined;
  readonly codestarconnections?: string | undefined;
  readonly codestarnotifications?: string | undefined;
  readonly cognitoidentity?: string | undefined;
  readonly cognitoidentityprovider?: string | undefined;
  readonly cognitoidp?: string | undefined;
  readonly comprehend?: string | undefined;
  readonly computeoptimizer?: string | undefined;
  readonly config?: string | undefined;
  readonly configservice?: string | undefined;
  readonly connect?: string | undefined;
  readonly connectcases?: string | undefined;
  readonly controltower?: string | undefined;
  readonly costandusagereportservice?: string | undefined;
  readonly costexplorer?: string | undefined;
  readonly costoptimizationhub?: string | undefined;
  readonly cur?: string | undefined;
  readonly customerprofiles?: string | undefined;
  readonly databasemigration?: string | undefined;
  readonly databasemigrationservice?: string | undefined;
  readonly databrew?: string | undefined;
  readonly dataexchange?: string | undefined;
  readonly datapipeline?: string | undefined;
  readonly datasync?: string | undefined;
  readonly datazone?: string | undefined;
  readonly dax?: string | undefined;
  readonly deploy?: string | undefined;
  readonly detective?: string | undefined;
  readonly devicefarm?: string | undefined;
  readonly devopsguru?: string | undefined;
  readonly directconnect?: string | undefined;
  readonly directoryservice?: string | undefined;
  readonly dlm?: string | undefined;
  readonly dms?: string | undefined;
  readonly docdb?: string | undefined;
  readonly docdbelastic?: string | undefined;
  readonly drs?: string | undefined;
  readonly ds?: string | undefined;
  readonly dsql?: string | undefined;
  readonly dynamodb?: string | undefined;
  readonly ec2?: string | undefined;
  readonly ecr?: string | undefined;
  readonly ecrpublic?: string | undefined;
  readonly ecs?: string | undefined;
  readonly efs?: string | undefined;
  readonly eks?: string | undefined;
  readonly elasticache?: string | undefined;
  readonly elasticbeanstalk?: string | undefined;
  readonly elasticloadbalancing?: string | undefined;
  readonly elasticloadbalancingv2?: string | undefined;
  readonly elasticsearch?: string | undefined;
  readonly elasticsearchservice?: string | undefined;
  readonly elastictranscoder?: string | undefined;
  readonly elb?: string | undefined;
  readonly elbv2?: string | undefined;
  readonly emr?: string | undefined;
  readonly emrcontainers?: string | undefined;
  readonly emrserverless?: string | undefined;
  readonly es?: string | undefined;
  readonly eventbridge?: string | undefined;
  readonly events?: string | undefined;
  readonly evidently?: string | undefined;
  readonly evs?: string | undefined;
  readonly finspace?: string | undefined;
  readonly firehose?: string | undefined;
  readonly fis?: string | undefined;
  readonly fms?: string | undefined;
  readonly fsx?: string | undefined;
  readonly gamelift?: string | undefined;
  readonly glacier?: string | undefined;
  readonly globalaccelerator?: string | undefined;
  readonly glue?: string | undefined;
  readonly gluedatabrew?: string | undefined;
  readonly grafana?: string | undefined;
  readonly greengrass?: string | undefined;
  readonly groundstation?: string | undefined;
  readonly guardduty?: string | undefined;
  readonly healthlake?: string | undefined;
  readonly iam?: string | undefined;
  readonly identitystore?: string | undefined;
  readonly imagebuilder?: string | undefined;
  readonly inspector?: string | undefined;
  readonly inspector2?: string | undefined;
  readonly inspectorv2?: string | undefined;
  readonly internetmonitor?: string | undefined;
  readonly invoicing?: string | undefined;
  readonly iot?: string | undefined;
  readonly iotanalytics?: string | undefined;
  readonly iotevents?: string | undefined;
  readonly ivs?: string | undefined;
  readonly ivschat?: string | undefined;
  readonly kafka?: string | undefined;
  readonly kafkaconnect?: string | undefined;
  readonly kendra?: string | undefined;
  readonly keyspaces?: string | undefined;
  readonly kinesis?: string | undefined;
  readonly kinesisanalytics?: string | undefined;
  readonly kinesisanalyticsv2?: string | undefined;
  readonly kinesisvideo?: string | undefined;
  readonly kms?: string | undefined;
  readonly lakeformation?: string | undefined;
  readonly lambda?: string | undefined;
  readonly launchwizard?: string | undefined;
  readonly lex?: string | undefined;
  readonly lexmodelbuilding?: string | undefined;
  readonly lexmodelbuildingservice?: string | undefined;
  readonly lexmodels?: string | undefined;
  readonly lexmodelsv2?: string | undefined;
  readonly lexv2models?: string | undefined;
  readonly licensemanager?: string | undefined;
  readonly lightsail?: string | undefined;
  readonly location?: string | undefined;
  readonly locationservice?: string | undefined;
  readonly logs?: string | undefined;
  readonly lookoutmetrics?: string | undefined;
  readonly m2?: string | undefined;
  readonly macie2?: string | undefined;
  readonly managedgrafana?: string | undefined;
  readonly mediaconnect?: string | undefined;
  readonly mediaconvert?: string | undefined;
  readonly medialive?: string | undefined;
  readonly mediapackage?: string | undefined;
  readonly mediapackagev2?: string | undefined;
  readonly mediapackagevod?: string | undefined;
  readonly mediastore?: string | undefined;
  readonly memorydb?: string | undefined;
  readonly mgn?: string | undefined;
  readonly mq?: string | undefined;
  readonly msk?: string | undefined;
  readonly mwaa?: string | undefined;
  readonly neptune?: string | undefined;
  readonly neptunegraph?: string | undefined;
  readonly networkfirewall?: string | undefined;
  readonly networkmanager?: string | undefined;
  readonly networkmonitor?: string | undefined;
  readonly notifications?: string | undefined;
  readonly notificationscontacts?: string | undefined;
  readonly oam?: string | undefined;
  readonly opensearch?: string | undefined;
  readonly opensearchingestion?: string | undefined;
  readonly opensearchserverless?: string | undefined;
  readonly opensearchservice?: string | undefined;
  readonly opsworks?: string | undefined;
  readonly organizations?: string | undefined;
  readonly osis?: string | undefined;
  readonly outposts?: string | undefined;
  readonly paymentcryptography?: string | undefined;
  readonly pcaconnectorad?: string | undefined;
  readonly pcs?: string | undefined;
  readonly pinpoint?: string | undefined;
  readonly pinpointsmsvoicev2?: string | undefined;
  readonly pipes?: string | undefined;
  readonly polly?: string | undefined;
  readonly pricing?: string | undefined;
  readonly prometheus?: string | undefined;
  readonly prometheusservice?: string | undefined;
  readonly qbusiness?: string | undefined;
  readonly qldb?: string | undefined;
  readonly quicksight?: string | undefined;
  readonly ram?: string | undefined;
  readonly rbin?: string | undefined;
  readonly rds?: string | undefined;
  readonly recyclebin?: string | undefined;
  readonly redshift?: string | undefined;
  readonly redshiftdata?: string | undefined;
  readonly redshiftdataapiservice?: string | undefined;
  readonly redshiftserverless?: string | undefined;
  readonly rekognition?: string | undefined;
  readonly resiliencehub?: string | undefined;
  readonly resourceexplorer2?: string | undefined;
  readonly resourcegroups?: string | undefined;
  readonly resourcegroupstagging?: string | undefined;
  readonly resourcegroupstaggingapi?: string | undefined;
  readonly rolesanywhere?: string | undefined;
  readonly route53?: string | undefined;
  readonly route53domains?: string | undefined;
  readonly route53profiles?: string | undefined;
  readonly route53recoverycontrolconfig?: string | undefined;
  readonly route53recoveryreadiness?: string | undefined;
  readonly route53resolver?: string | undefined;
  readonly rum?: string | undefined;
  readonly s3?: string | undefined;
  readonly s3api?: string | undefined;
  readonly s3control?: string | undefined;
  readonly s3outposts?: string | undefined;
  readonly s3tables?: string | undefined;
  readonly sagemaker?: string | undefined;
  readonly scheduler?: string | undefined;
  readonly schemas?: string | undefined;
  readonly sdb?: string | undefined;
  readonly secretsmanager?: string | undefined;
  readonly securityhub?: string | undefined;
  readonly securitylake?: string | undefined;
  readonly serverlessapplicationrepository?: string | undefined;
  readonly serverlessapprepo?: string | undefined;
  readonly serverlessrepo?: string | undefined;
  readonly servicecatalog?: string | undefined;
  readonly servicecatalogappregistry?: string | undefined;
  readonly servicediscovery?: string | undefined;
  readonly servicequotas?: string | undefined;
  readonly ses?: string | undefined;
  readonly sesv2?: string | undefined;
  readonly sfn?: string | undefined;
  readonly shield?: string | undefined;
  readonly signer?: string | undefined;
  readonly simpledb?: string | undefined;
  readonly sns?: string | undefined;
  readonly sqs?: string | undefined;
  readonly ssm?: string | undefined;
  readonly ssmcontacts?: string | undefined;
  readonly ssmincidents?: string | undefined;
  readonly ssmquicksetup?: string | undefined;
  readonly ssmsap?: string | undefined;
  readonly sso?: string | undefined;
  readonly ssoadmin?: string | undefined;
  readonly stepfunctions?: string | undefined;
  readonly storagegateway?: string | undefined;
  readonly sts?: string | undefined;
  readonly swf?: string | undefined;
  readonly synthetics?: string | undefined;
  readonly taxsettings?: string | undefined;
  readonly timestreaminfluxdb?: string | undefined;
  readonly timestreamquery?: string | undefined;
  readonly timestreamwrite?: string | undefined;
  readonly transcribe?: string | undefined;
  readonly transcribeservice?: string | undefined;
  readonly transfer?: string | undefined;
  readonly verifiedpermissions?: string | undefined;
  readonly vpclattice?: string | undefined;
  readonly waf?: string | undefined;
  readonly wafregional?: string | undefined;
  readonly wafv2?: string | undefined;
  readonly wellarchitected?: string | undefined;
  readonly worklink?: string | undefined;
  readonly workspaces?: string | undefined;
  readonly workspacesweb?: string | undefined;
  readonly xray?: string | undefined;
}

export interface AwsProviderIgnoreTags {
  readonly key_prefixes?: List | undefined;
  readonly keys?: List | undefined;
}

export interface AwsProviderArguments {
  readonly access_key?: string | undefined;
  readonly allowed_account_ids?: List | undefined;
  readonly assume_role?: readonly AwsProviderAssumeRole[] | undefined;
  readonly assume_role_with_web_identity?: readonly AwsProviderAssumeRoleWithWebIdentity[] | undefined;
  readonly custom_ca_bundle?: string | undefined;
  readonly default_tags?: readonly AwsProviderDefaultTags[] | undefined;
  readonly ec2_metadata_service_endpoint?: string | undefined;
  readonly ec2_metadata_service_endpoint_mode?: string | undefined;
  readonly endpoints?: readonly AwsProviderEndpoints[] | undefined;
  readonly forbidden_account_ids?: List | undefined;
  readonly http_proxy?: string | undefined;
  readonly https_proxy?: string | undefined;
  readonly ignore_tags?: readonly AwsProviderIgnoreTags[] | undefined;
  readonly insecure?: Bool | undefined;
  readonly max_retries?: Numeric | undefined;
  readonly no_proxy?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly retry_mode?: string | undefined;
  readonly s3_us_east_1_regional_endpoint?: string | undefined;
  readonly s3_use_path_style?: Bool | undefined;
  readonly secret_key?: string | undefined;
  readonly shared_config_files?: List | undefined;
  readonly shared_credentials_files?: List | undefined;
  readonly skip_credentials_validation?: Bool | undefined;
  readonly skip_metadata_api_check?: string | undefined;
  readonly skip_region_validation?: Bool | undefined;
  readonly skip_requesting_account_id?: Bool | undefined;
  readonly sts_region?: string | undefined;
  readonly token?: string | undefined;
  readonly token_bucket_rate_limiter_capacity?: Numeric | undefined;
  readonly use_dualstack_endpoint?: Bool | undefined;
  readonly use_fips_endpoint?: Bool | undefined;
}

export interface AutoscalingGroupAvailabilityZoneDistribution {
  readonly capacity_distribution_strategy?: string | undefined;
}

export interface AutoscalingGroupCapacityReservationSpecificationCapacityReservationTarget {
  readonly capacity_reservation_ids?: List | undefined;
  readonly capacity_reservation_resource_group_arns?: List | undefined;
}

export interface AutoscalingGroupCapacityReservationSpecification {
  readonly capacity_reservation_preference?: string | undefined;
  readonly capacity_reservation_target?: AutoscalingGroupCapacityReservationSpecificationCapacityReservationTarget | undefined;
}

export interface AutoscalingGroupInitialLifecycleHook {
  readonly default_result?: string | undefined;
  readonly heartbeat_timeout?: Numeric | undefined;
  readonly lifecycle_transition: string;
  readonly name: string;
  readonly notification_metadata?: string | undefined;
  readonly notification_target_arn?: string | undefined;
  readonly role_arn?: string | undefined;
}

export interface AutoscalingGroupInstanceMaintenancePolicy {
  readonly max_healthy_percentage: Numeric;
  readonly min_healthy_percentage: Numeric;
}

export interface AutoscalingGroupInstanceRefreshPreferencesAlarmSpecification {
  readonly alarms?: List | undefined;
}

export interface AutoscalingGroupInstanceRefreshPreferences {
  readonly alarm_specification?: AutoscalingGroupInstanceRefreshPreferencesAlarmSpecification | undefined;
  readonly auto_rollback?: Bool | undefined;
  readonly checkpoint_delay?: string | undefined;
  readonly checkpoint_percentages?: NumberList | undefined;
  readonly instance_warmup?: string | undefined;
  readonly max_healthy_percentage?: Numeric | undefined;
  readonly min_healthy_percentage?: Numeric | undefined;
  readonly scale_in_protected_instances?: string | undefined;
  readonly skip_matching?: Bool | undefined;
  readonly standby_instances?: string | undefined;
}

export interface AutoscalingGroupInstanceRefresh {
  readonly preferences?: AutoscalingGroupInstanceRefreshPreferences | undefined;
  readonly strategy: string;
  readonly triggers?: List | undefined;
}

export interface AutoscalingGroupLaunchTemplate {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyInstancesDistribution {
  readonly on_demand_allocation_strategy?: string | undefined;
  readonly on_demand_base_capacity?: Numeric | undefined;
  readonly on_demand_percentage_above_base_capacity?: Numeric | undefined;
  readonly spot_allocation_strategy?: string | undefined;
  readonly spot_instance_pools?: Numeric | undefined;
  readonly spot_max_price?: string | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecification {
  readonly launch_template_id?: string | undefined;
  readonly launch_template_name?: string | undefined;
  readonly version?: string | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsAcceleratorCount {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsAcceleratorTotalMemoryMib {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsBaselineEbsBandwidthMbps {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsMemoryGibPerVcpu {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsMemoryMib {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsNetworkBandwidthGbps {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsNetworkInterfaceCount {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsTotalLocalStorageGb {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsVcpuCount {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirements {
  readonly accelerator_count?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsAcceleratorCount | undefined;
  readonly accelerator_manufacturers?: List | undefined;
  readonly accelerator_names?: List | undefined;
  readonly accelerator_total_memory_mib?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsAcceleratorTotalMemoryMib | undefined;
  readonly accelerator_types?: List | undefined;
  readonly allowed_instance_types?: List | undefined;
  readonly bare_metal?: string | undefined;
  readonly baseline_ebs_bandwidth_mbps?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsBaselineEbsBandwidthMbps | undefined;
  readonly burstable_performance?: string | undefined;
  readonly cpu_manufacturers?: List | undefined;
  readonly excluded_instance_types?: List | undefined;
  readonly instance_generations?: List | undefined;
  readonly local_storage?: string | undefined;
  readonly local_storage_types?: List | undefined;
  readonly max_spot_price_as_percentage_of_optimal_on_demand_price?: Numeric | undefined;
  readonly memory_gib_per_vcpu?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsMemoryGibPerVcpu | undefined;
  readonly memory_mib?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsMemoryMib | undefined;
  readonly network_bandwidth_gbps?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsNetworkBandwidthGbps | undefined;
  readonly network_interface_count?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsNetworkInterfaceCount | undefined;
  readonly on_demand_max_price_percentage_over_lowest_price?: Numeric | undefined;
  readonly require_hibernate_support?: Bool | undefined;
  readonly spot_max_price_percentage_over_lowest_price?: Numeric | undefined;
  readonly total_local_storage_gb?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsTotalLocalStorageGb | undefined;
  readonly vcpu_count?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirementsVcpuCount | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideLaunchTemplateSpecification {
  readonly launch_template_id?: string | undefined;
  readonly launch_template_name?: string | undefined;
  readonly version?: string | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverride {
  readonly instance_requirements?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirements | undefined;
  readonly instance_type?: string | undefined;
  readonly launch_template_specification?: AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideLaunchTemplateSpecification | undefined;
  readonly weighted_capacity?: string | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicyLaunchTemplate {
  readonly launch_template_specification: AutoscalingGroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecification;
  readonly override?: readonly AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverride[] | undefined;
}

export interface AutoscalingGroupMixedInstancesPolicy {
  readonly instances_distribution?: AutoscalingGroupMixedInstancesPolicyInstancesDistribution | undefined;
  readonly launch_template: AutoscalingGroupMixedInstancesPolicyLaunchTemplate;
}

export interface AutoscalingGroupTag {
  readonly key: string;
  readonly propagate_at_launch: Bool;
  readonly value: string;
}

export interface AutoscalingGroupTimeouts {
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface AutoscalingGroupTrafficSource {
  readonly identifier: string;
  readonly type?: string | undefined;
}

export interface AutoscalingGroupWarmPoolInstanceReusePolicy {
  readonly reuse_on_scale_in?: Bool | undefined;
}

export interface AutoscalingGroupWarmPool {
  readonly instance_reuse_policy?: AutoscalingGroupWarmPoolInstanceReusePolicy | undefined;
  readonly max_group_prepared_capacity?: Numeric | undefined;
  readonly min_size?: Numeric | undefined;
  readonly pool_state?: string | undefined;
}

export interface AutoscalingGroupConfig extends MetaArguments {
  readonly availability_zone_distribution?: AutoscalingGroupAvailabilityZoneDistribution | undefined;
  readonly availability_zones?: List | undefined;
  readonly capacity_rebalance?: Bool | undefined;
  readonly capacity_reservation_specification?: AutoscalingGroupCapacityReservationSpecification | undefined;
  readonly context?: string | undefined;
  readonly default_cooldown?: Numeric | undefined;
  readonly default_instance_warmup?: Numeric | undefined;
  readonly desired_capacity?: Numeric | undefined;
  readonly desired_capacity_type?: string | undefined;
  readonly enabled_metrics?: List | undefined;
  readonly force_delete?: Bool | undefined;
  readonly force_delete_warm_pool?: Bool | undefined;
  readonly health_check_grace_period?: Numeric | undefined;
  readonly health_check_type?: string | undefined;
  readonly ignore_failed_scaling_activities?: Bool | undefined;
  readonly initial_lifecycle_hook?: readonly AutoscalingGroupInitialLifecycleHook[] | undefined;
  readonly instance_maintenance_policy?: AutoscalingGroupInstanceMaintenancePolicy | undefined;
  readonly instance_refresh?: AutoscalingGroupInstanceRefresh | undefined;
  readonly launch_configuration?: string | undefined;
  readonly launch_template?: AutoscalingGroupLaunchTemplate | undefined;
  readonly load_balancers?: List | undefined;
  readonly max_instance_lifetime?: Numeric | undefined;
  readonly max_size: Numeric;
  readonly metrics_granularity?: string | undefined;
  readonly min_elb_capacity?: Numeric | undefined;
  readonly min_size: Numeric;
  readonly mixed_instances_policy?: AutoscalingGroupMixedInstancesPolicy | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly placement_group?: string | undefined;
  readonly protect_from_scale_in?: Bool | undefined;
  readonly service_linked_role_arn?: string | undefined;
  readonly suspended_processes?: List | undefined;
  readonly tag?: readonly AutoscalingGroupTag[] | undefined;
  readonly target_group_arns?: List | undefined;
  readonly termination_policies?: List | undefined;
  readonly timeouts?: AutoscalingGroupTimeouts | undefined;
  readonly traffic_source?: readonly AutoscalingGroupTrafficSource[] | undefined;
  readonly vpc_zone_identifier?: List | undefined;
  readonly wait_for_capacity_timeout?: string | undefined;
  readonly wait_for_elb_capacity?: Numeric | undefined;
  readonly warm_pool?: AutoscalingGroupWarmPool | undefined;
}

export type AutoscalingGroupAttribute =
  | "arn" | "availability_zone_distribution" | "availability_zones" | "capacity_rebalance"
  | "capacity_reservation_specification" | "context" | "default_cooldown" | "default_instance_warmup"
  | "desired_capacity" | "desired_capacity_type" | "enabled_metrics" | "force_delete" | "force_delete_warm_pool"
  | "health_check_grace_period" | "health_check_type" | "id" | "ignore_failed_scaling_activities"
  | "initial_lifecycle_hook" | "instance_maintenance_policy" | "instance_refresh" | "launch_configuration"
  | "launch_template" | "load_balancers" | "max_instance_lifetime" | "max_size" | "metrics_granularity"
  | "min_elb_capacity" | "min_size" | "mixed_instances_policy" | "name" | "name_prefix" | "placement_group"
  | "predicted_capacity" | "protect_from_scale_in" | "service_linked_role_arn" | "suspended_processes" | "tag"
  | "target_group_arns" | "termination_policies" | "traffic_source" | "vpc_zone_identifier"
  | "wait_for_capacity_timeout" | "wait_for_elb_capacity" | "warm_pool" | "warm_pool_size";

/** Terraform's `aws_autoscaling_group`. */
export class AutoscalingGroup extends AwsResource<AutoscalingGroupConfig, AutoscalingGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: AutoscalingGroupConfig) {
    super(scope, id, name, "aws_autoscaling_group", config);
  }
}

export interface AutoscalingLifecycleHookConfig extends MetaArguments {
  readonly autoscaling_group_name: string;
  readonly default_result?: string | undefined;
  readonly heartbeat_timeout?: Numeric | undefined;
  readonly lifecycle_transition: string;
  readonly name: string;
  readonly notification_metadata?: string | undefined;
  readonly notification_target_arn?: string | undefined;
  readonly role_arn?: string | undefined;
}

export type AutoscalingLifecycleHookAttribute =
  | "autoscaling_group_name" | "default_result" | "heartbeat_timeout" | "id" | "lifecycle_transition" | "name"
  | "notification_metadata" | "notification_target_arn" | "role_arn";

/** Terraform's `aws_autoscaling_lifecycle_hook`. */
export class AutoscalingLifecycleHook extends AwsResource<AutoscalingLifecycleHookConfig, AutoscalingLifecycleHookAttribute> {
  constructor(scope: Construct, id: string, name: string, config: AutoscalingLifecycleHookConfig) {
    super(scope, id, name, "aws_autoscaling_lifecycle_hook", config);
  }
}

export interface CloudwatchLogGroupConfig extends MetaArguments {
  readonly kms_key_id?: string | undefined;
  readonly log_group_class?: string | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly retention_in_days?: Numeric | undefined;
  readonly skip_destroy?: Bool | undefined;
  readonly tags?: StringMap | undefined;
}

export type CloudwatchLogGroupAttribute =
  | "arn" | "id" | "kms_key_id" | "log_group_class" | "name" | "name_prefix" | "retention_in_days" | "skip_destroy"
  | "tags" | "tags_all";

/** Terraform's `aws_cloudwatch_log_group`. */
export class CloudwatchLogGroup extends AwsResource<CloudwatchLogGroupConfig, CloudwatchLogGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: CloudwatchLogGroupConfig) {
    super(scope, id, name, "aws_cloudwatch_log_group", config);
  }
}

export interface CloudwatchMetricAlarmMetricQueryMetric {
  readonly dimensions?: StringMap | undefined;
  readonly metric_name: string;
  readonly namespace?: string | undefined;
  readonly period: Numeric;
  readonly stat: string;
  readonly unit?: string | undefined;
}

export interface CloudwatchMetricAlarmMetricQuery {
  readonly account_id?: string | undefined;
  readonly expression?: string | undefined;
  readonly id: string;
  readonly label?: string | undefined;
  readonly metric?: CloudwatchMetricAlarmMetricQueryMetric | undefined;
  readonly period?: Numeric | undefined;
  readonly return_data?: Bool | undefined;
}

export interface CloudwatchMetricAlarmConfig extends MetaArguments {
  readonly actions_enabled?: Bool | undefined;
  readonly alarm_actions?: List | undefined;
  readonly alarm_description?: string | undefined;
  readonly alarm_name: string;
  readonly comparison_operator: string;
  readonly datapoints_to_alarm?: Numeric | undefined;
  readonly dimensions?: StringMap | undefined;
  readonly evaluate_low_sample_count_percentiles?: string | undefined;
  readonly evaluation_periods: Numeric;
  readonly extended_statistic?: string | undefined;
  readonly insufficient_data_actions?: List | undefined;
  readonly metric_name?: string | undefined;
  readonly metric_query?: readonly CloudwatchMetricAlarmMetricQuery[] | undefined;
  readonly namespace?: string | undefined;
  readonly ok_actions?: List | undefined;
  readonly period?: Numeric | undefined;
  readonly statistic?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly threshold?: Numeric | undefined;
  readonly threshold_metric_id?: string | undefined;
  readonly treat_missing_data?: string | undefined;
  readonly unit?: string | undefined;
}

export type CloudwatchMetricAlarmAttribute =
  | "actions_enabled" | "alarm_actions" | "alarm_description" | "alarm_name" | "arn" | "comparison_operator"
  | "datapoints_to_alarm" | "dimensions" | "evaluate_low_sample_count_percentiles" | "evaluation_periods"
  | "extended_statistic" | "id" | "insufficient_data_actions" | "metric_name" | "metric_query" | "namespace"
  | "ok_actions" | "period" | "statistic" | "tags" | "tags_all" | "threshold" | "threshold_metric_id"
  | "treat_missing_data" | "unit";

/** Terraform's `aws_cloudwatch_metric_alarm`. */
export class CloudwatchMetricAlarm extends AwsResource<CloudwatchMetricAlarmConfig, CloudwatchMetricAlarmAttribute> {
  constructor(scope: Construct, id: string, name: string, config: CloudwatchMetricAlarmConfig) {
    super(scope, id, name, "aws_cloudwatch_metric_alarm", config);
  }
}

export interface DbInstanceBlueGreenUpdate {
  readonly enabled?: Bool | undefined;
}

export interface DbInstanceRestoreToPointInTime {
  readonly restore_time?: string | undefined;
  readonly source_db_instance_automated_backups_arn?: string | undefined;
  readonly source_db_instance_identifier?: string | undefined;
  readonly source_dbi_resource_id?: string | undefined;
  readonly use_latest_restorable_time?: Bool | undefined;
}

export interface DbInstanceS3Import {
  readonly bucket_name: string;
  readonly bucket_prefix?: string | undefined;
  readonly ingestion_role: string;
  readonly source_engine: string;
  readonly source_engine_version: string;
}

export interface DbInstanceTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface DbInstanceConfig extends MetaArguments {
  readonly allocated_storage?: Numeric | undefined;
  readonly allow_major_version_upgrade?: Bool | undefined;
  readonly apply_immediately?: Bool | undefined;
  readonly auto_minor_version_upgrade?: Bool | undefined;
  readonly availability_zone?: string | undefined;
  readonly backup_retention_period?: Numeric | undefined;
  readonly backup_target?: string | undefined;
  readonly backup_window?: string | undefined;
  readonly blue_green_update?: DbInstanceBlueGreenUpdate | undefined;
  readonly ca_cert_identifier?: string | undefined;
  readonly character_set_name?: string | undefined;
  readonly copy_tags_to_snapshot?: Bool | undefined;
  readonly custom_iam_instance_profile?: string | undefined;
  readonly customer_owned_ip_enabled?: Bool | undefined;
  readonly database_insights_mode?: string | undefined;
  readonly db_name?: string | undefined;
  readonly db_subnet_group_name?: string | undefined;
  readonly dedicated_log_volume?: Bool | undefined;
  readonly delete_automated_backups?: Bool | undefined;
  readonly deletion_protection?: Bool | undefined;
  readonly domain?: string | undefined;
  readonly domain_auth_secret_arn?: string | undefined;
  readonly domain_dns_ips?: List | undefined;
  readonly domain_fqdn?: string | undefined;
  readonly domain_iam_role_name?: string | undefined;
  readonly domain_ou?: string | undefined;
  readonly enabled_cloudwatch_logs_exports?: List | undefined;
  readonly engine?: string | undefined;
  readonly engine_lifecycle_support?: string | undefined;
  readonly engine_version?: string | undefined;
  readonly final_snapshot_identifier?: string | undefined;
  readonly iam_database_authentication_enabled?: Bool | undefined;
  readonly identifier?: string | undefined;
  readonly identifier_prefix?: string | undefined;
  readonly instance_class: string;
  readonly iops?: Numeric | undefined;
  readonly kms_key_id?: string | undefined;
  readonly license_model?: string | undefined;
  readonly maintenance_window?: string | undefined;
  readonly manage_master_user_password?: Bool | undefined;
  readonly master_user_secret_kms_key_id?: string | undefined;
  readonly max_allocated_storage?: Numeric | undefined;
  readonly monitoring_interval?: Numeric | undefined;
  readonly monitoring_role_arn?: string | undefined;
  readonly multi_az?: Bool | undefined;
  readonly nchar_character_set_name?: string | undefined;
  readonly network_type?: string | undefined;
  readonly option_group_name?: string | undefined;
  readonly parameter_group_name?: string | undefined;
  readonly password?: string | undefined;
  readonly password_wo?: string | undefined;
  readonly password_wo_version?: Numeric | undefined;
  readonly performance_insights_enabled?: Bool | undefined;
  readonly performance_insights_kms_key_id?: string | undefined;
  readonly performance_insights_retention_period?: Numeric | undefined;
  readonly port?: Numeric | undefined;
  readonly publicly_accessible?: Bool | undefined;
  readonly replica_mode?: string | undefined;
  readonly replicate_source_db?: string | undefined;
  readonly restore_to_point_in_time?: DbInstanceRestoreToPointInTime | undefined;
  readonly s3_import?: DbInstanceS3Import | undefined;
  readonly skip_final_snapshot?: Bool | undefined;
  readonly snapshot_identifier?: string | undefined;
  readonly storage_encrypted?: Bool | undefined;
  readonly storage_throughput?: Numeric | undefined;
  readonly storage_type?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: DbInstanceTimeouts | undefined;
  readonly timezone?: string | undefined;
  readonly upgrade_storage_config?: Bool | undefined;
  readonly username?: string | undefined;
  readonly vpc_security_group_ids?: List | undefined;
}

export type DbInstanceAttribute =
  | "address" | "allocated_storage" | "allow_major_version_upgrade" | "apply_immediately" | "arn"
  | "auto_minor_version_upgrade" | "availability_zone" | "backup_retention_period" | "backup_target"
  | "backup_window" | "blue_green_update" | "ca_cert_identifier" | "character_set_name" | "copy_tags_to_snapshot"
  | "custom_iam_instance_profile" | "customer_owned_ip_enabled" | "database_insights_mode" | "db_name"
  | "db_subnet_group_name" | "dedicated_log_volume" | "delete_automated_backups" | "deletion_protection" | "domain"
  | "domain_auth_secret_arn" | "domain_dns_ips" | "domain_fqdn" | "domain_iam_role_name" | "domain_ou"
  | "enabled_cloudwatch_logs_exports" | "endpoint" | "engine" | "engine_lifecycle_support" | "engine_version"
  | "engine_version_actual" | "final_snapshot_identifier" | "hosted_zone_id" | "iam_database_authentication_enabled"
  | "id" | "identifier" | "identifier_prefix" | "instance_class" | "iops" | "kms_key_id" | "latest_restorable_time"
  | "license_model" | "listener_endpoint" | "maintenance_window" | "manage_master_user_password"
  | "master_user_secret" | "master_user_secret_kms_key_id" | "max_allocated_storage" | "monitoring_interval"
  | "monitoring_role_arn" | "multi_az" | "nchar_character_set_name" | "network_type" | "option_group_name"
  | "parameter_group_name" | "password" | "password_wo" | "password_wo_version" | "performance_insights_enabled"
  | "performance_insights_kms_key_id" | "performance_insights_retention_period" | "port" | "publicly_accessible"
  | "replica_mode" | "replicas" | "replicate_source_db" | "resource_id" | "restore_to_point_in_time" | "s3_import"
  | "skip_final_snapshot" | "snapshot_identifier" | "status" | "storage_encrypted" | "storage_throughput"
  | "storage_type" | "tags" | "tags_all" | "timezone" | "upgrade_storage_config" | "username"
  | "vpc_security_group_ids";

/** Terraform's `aws_db_instance`. */
export class DbInstance extends AwsResource<DbInstanceConfig, DbInstanceAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DbInstanceConfig) {
    super(scope, id, name, "aws_db_instance", config);
  }
}

export interface DbSubnetGroupConfig extends MetaArguments {
  readonly description?: string | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly subnet_ids: List;
  readonly tags?: StringMap | undefined;
}

export type DbSubnetGroupAttribute =
  | "arn" | "description" | "id" | "name" | "name_prefix" | "subnet_ids" | "supported_network_types" | "tags"
  | "tags_all" | "vpc_id";

/** Terraform's `aws_db_subnet_group`. */
export class DbSubnetGroup extends AwsResource<DbSubnetGroupConfig, DbSubnetGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DbSubnetGroupConfig) {
    super(scope, id, name, "aws_db_subnet_group", config);
  }
}

export interface DefaultSecurityGroupConfig extends MetaArguments {
  readonly egress?: readonly { readonly cidr_blocks: List | null; readonly description: string | null; readonly from_port: Numeric | null; readonly ipv6_cidr_blocks: List | null; readonly prefix_list_ids: List | null; readonly protocol: string | null; readonly security_groups: List | null; readonly self: Bool | null; readonly to_port: Numeric | null }[] | undefined;
  readonly ingress?: readonly { readonly cidr_blocks: List | null; readonly description: string | null; readonly from_port: Numeric | null; readonly ipv6_cidr_blocks: List | null; readonly prefix_list_ids: List | null; readonly protocol: string | null; readonly security_groups: List | null; readonly self: Bool | null; readonly to_port: Numeric | null }[] | undefined;
  readonly revoke_rules_on_delete?: Bool | undefined;
  readonly tags?: StringMap | undefined;
  readonly vpc_id?: string | undefined;
}

export type DefaultSecurityGroupAttribute =
  | "arn" | "description" | "egress" | "id" | "ingress" | "name" | "name_prefix" | "owner_id"
  | "revoke_rules_on_delete" | "tags" | "tags_all" | "vpc_id";

/** Terraform's `aws_default_security_group`. */
export class DefaultSecurityGroup extends AwsResource<DefaultSecurityGroupConfig, DefaultSecurityGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DefaultSecurityGroupConfig) {
    super(scope, id, name, "aws_default_security_group", config);
  }
}

export interface EbsVolumeTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface EbsVolumeConfig extends MetaArguments {
  readonly availability_zone: string;
  readonly encrypted?: Bool | undefined;
  readonly final_snapshot?: Bool | undefined;
  readonly iops?: Numeric | undefined;
  readonly kms_key_id?: string | undefined;
  readonly multi_attach_enabled?: Bool | undefined;
  readonly outpost_arn?: string | undefined;
  readonly size?: Numeric | undefined;
  readonly snapshot_id?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly throughput?: Numeric | undefined;
  readonly timeouts?: EbsVolumeTimeouts | undefined;
  readonly type?: string | undefined;
}

export type EbsVolumeAttribute =
  | "arn" | "availability_zone" | "create_time" | "encrypted" | "final_snapshot" | "id" | "iops" | "kms_key_id"
  | "multi_attach_enabled" | "outpost_arn" | "size" | "snapshot_id" | "tags" | "tags_all" | "throughput" | "type";

/** Terraform's `aws_ebs_volume`. */
export class EbsVolume extends AwsResource<EbsVolumeConfig, EbsVolumeAttribute> {
  constructor(scope: Construct, id: string, name: string, config: EbsVolumeConfig) {
    super(scope, id, name, "aws_ebs_volume", config);
  }
}

export interface EfsFileSystemLifecyclePolicy {
  readonly transition_to_archive?: string | undefined;
  readonly transition_to_ia?: string | undefined;
  readonly transition_to_primary_storage_class?: string | undefined;
}

export interface EfsFileSystemProtection {
  readonly replication_overwrite?: string | undefined;
}

export interface EfsFileSystemConfig extends MetaArguments {
  readonly availability_zone_name?: string | undefined;
  readonly creation_token?: string | undefined;
  readonly encrypted?: Bool | undefined;
  readonly kms_key_id?: string | undefined;
  readonly lifecycle_policy?: readonly EfsFileSystemLifecyclePolicy[] | undefined;
  readonly performance_mode?: string | undefined;
  readonly protection?: EfsFileSystemProtection | undefined;
  readonly provisioned_throughput_in_mibps?: Numeric | undefined;
  readonly tags?: StringMap | undefined;
  readonly throughput_mode?: string | undefined;
}

export type EfsFileSystemAttribute =
  | "arn" | "availability_zone_id" | "availability_zone_name" | "creation_token" | "dns_name" | "encrypted" | "id"
  | "kms_key_id" | "lifecycle_policy" | "name" | "number_of_mount_targets" | "owner_id" | "performance_mode"
  | "protection" | "provisioned_throughput_in_mibps" | "size_in_bytes" | "tags" | "tags_all" | "throughput_mode";

/** Terraform's `aws_efs_file_system`. */
export class EfsFileSystem extends AwsResource<EfsFileSystemConfig, EfsFileSystemAttribute> {
  constructor(scope: Construct, id: string, name: string, config: EfsFileSystemConfig) {
    super(scope, id, name, "aws_efs_file_system", config);
  }
}

export interface EfsFileSystemPolicyConfig extends MetaArguments {
  readonly bypass_policy_lockout_safety_check?: Bool | undefined;
  readonly file_system_id: string;
  readonly policy: string;
}

export type EfsFileSystemPolicyAttribute =
  | "bypass_policy_lockout_safety_check" | "file_system_id" | "id" | "policy";

/** Terraform's `aws_efs_file_system_policy`. */
export class EfsFileSystemPolicy extends AwsResource<EfsFileSystemPolicyConfig, EfsFileSystemPolicyAttribute> {
  constructor(scope: Construct, id: string, name: string, config: EfsFileSystemPolicyConfig) {
    super(scope, id, name, "aws_efs_file_system_policy", config);
  }
}

export interface EfsMountTargetTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
}

export interface EfsMountTargetConfig extends MetaArguments {
  readonly file_system_id: string;
  readonly ip_address?: string | undefined;
  readonly security_groups?: List | undefined;
  readonly subnet_id: string;
  readonly timeouts?: EfsMountTargetTimeouts | undefined;
}

export type EfsMountTargetAttribute =
  | "availability_zone_id" | "availability_zone_name" | "dns_name" | "file_system_arn" | "file_system_id" | "id"
  | "ip_address" | "mount_target_dns_name" | "network_interface_id" | "owner_id" | "security_groups" | "subnet_id";

/** Terraform's `aws_efs_mount_target`. */
export class EfsMountTarget extends AwsResource<EfsMountTargetConfig, EfsMountTargetAttribute> {
  constructor(scope: Construct, id: string, name: string, config: EfsMountTargetConfig) {
    super(scope, id, name, "aws_efs_mount_target", config);
  }
}

export interface EipTimeouts {
  readonly delete?: string | undefined;
  readonly read?: string | undefined;
  readonly update?: string | undefined;
}

export interface EipConfig extends MetaArguments {
  readonly address?: string | undefined;
  readonly associate_with_private_ip?: string | undefined;
  readonly customer_owned_ipv4_pool?: string | undefined;
  readonly domain?: string | undefined;
  readonly instance?: string | undefined;
  readonly ipam_pool_id?: string | undefined;
  readonly network_border_group?: string | undefined;
  readonly network_interface?: string | undefined;
  readonly public_ipv4_pool?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: EipTimeouts | undefined;
  /** @deprecated by the provider */
  readonly vpc?: Bool | undefined;
}

export type EipAttribute =
  | "address" | "allocation_id" | "arn" | "associate_with_private_ip" | "association_id" | "carrier_ip"
  | "customer_owned_ip" | "customer_owned_ipv4_pool" | "domain" | "id" | "instance" | "ipam_pool_id"
  | "network_border_group" | "network_interface" | "private_dns" | "private_ip" | "ptr_record" | "public_dns"
  | "public_ip" | "public_ipv4_pool" | "tags" | "tags_all" | "vpc";

/** Terraform's `aws_eip`. */
export class Eip extends AwsResource<EipConfig, EipAttribute> {
  constructor(scope: Construct, id: string, name: string, config: EipConfig) {
    super(scope, id, name, "aws_eip", config);
  }
}

export interface IamInstanceProfileConfig extends MetaArguments {
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly path?: string | undefined;
  readonly role?: string | undefined;
  readonly tags?: StringMap | undefined;
}

export type IamInstanceProfileAttribute =
  | "arn" | "create_date" | "id" | "name" | "name_prefix" | "path" | "role" | "tags" | "tags_all" | "unique_id";

/** Terraform's `aws_iam_instance_profile`. */
export class IamInstanceProfile extends AwsResource<IamInstanceProfileConfig, IamInstanceProfileAttribute> {
  constructor(scope: Construct, id: string, name: string, config: IamInstanceProfileConfig) {
    super(scope, id, name, "aws_iam_instance_profile", config);
  }
}

export interface IamPolicyConfig extends MetaArguments {
  readonly description?: string | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly path?: string | undefined;
  readonly policy: string;
  readonly tags?: StringMap | undefined;
}

export type IamPolicyAttribute =
  | "arn" | "attachment_count" | "description" | "id" | "name" | "name_prefix" | "path" | "policy" | "policy_id"
  | "tags" | "tags_all";

/** Terraform's `aws_iam_policy`. */
export class IamPolicy extends AwsResource<IamPolicyConfig, IamPolicyAttribute> {
  constructor(scope: Construct, id: string, name: string, config: IamPolicyConfig) {
    super(scope, id, name, "aws_iam_policy", config);
  }
}

export interface IamRoleInlinePolicy {
  readonly name?: string | undefined;
  readonly policy?: string | undefined;
}

export interface IamRoleConfig extends MetaArguments {
  readonly assume_role_policy: string;
  readonly description?: string | undefined;
  readonly force_detach_policies?: Bool | undefined;
  /** @deprecated by the provider */
  readonly inline_policy?: readonly IamRoleInlinePolicy[] | undefined;
  /** @deprecated by the provider */
  readonly managed_policy_arns?: List | undefined;
  readonly max_session_duration?: Numeric | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly path?: string | undefined;
  readonly permissions_boundary?: string | undefined;
  readonly tags?: StringMap | undefined;
}

export type IamRoleAttribute =
  | "arn" | "assume_role_policy" | "create_date" | "description" | "force_detach_policies" | "id" | "inline_policy"
  | "managed_policy_arns" | "max_session_duration" | "name" | "name_prefix" | "path" | "permissions_boundary"
  | "tags" | "tags_all" | "unique_id";

/** Terraform's `aws_iam_role`. */
export class IamRole extends AwsResource<IamRoleConfig, IamRoleAttribute> {
  constructor(scope: Construct, id: string, name: string, config: IamRoleConfig) {
    super(scope, id, name, "aws_iam_role", config);
  }
}

export interface IamRolePolicyConfig extends MetaArguments {
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly policy: string;
  readonly role: string;
}

export type IamRolePolicyAttribute =
  | "id" | "name" | "name_prefix" | "policy" | "role";

/** Terraform's `aws_iam_role_policy`. */
export class IamRolePolicy extends AwsResource<IamRolePolicyConfig, IamRolePolicyAttribute> {
  constructor(scope: Construct, id: string, name: string, config: IamRolePolicyConfig) {
    super(scope, id, name, "aws_iam_role_policy", config);
  }
}

export interface IamRolePolicyAttachmentConfig extends MetaArguments {
  readonly policy_arn: string;
  readonly role: string;
}

export type IamRolePolicyAttachmentAttribute =
  | "id" | "policy_arn" | "role";

/** Terraform's `aws_iam_role_policy_attachment`. */
export class IamRolePolicyAttachment extends AwsResource<IamRolePolicyAttachmentConfig, IamRolePolicyAttachmentAttribute> {
  constructor(scope: Construct, id: string, name: string, config: IamRolePolicyAttachmentConfig) {
    super(scope, id, name, "aws_iam_role_policy_attachment", config);
  }
}

export interface InstanceCapacityReservationSpecificationCapacityReservationTarget {
  readonly capacity_reservation_id?: string | undefined;
  readonly capacity_reservation_resource_group_arn?: string | undefined;
}

export interface InstanceCapacityReservationSpecification {
  readonly capacity_reservation_preference?: string | undefined;
  readonly capacity_reservation_target?: InstanceCapacityReservationSpecificationCapacityReservationTarget | undefined;
}

export interface InstanceCpuOptions {
  readonly amd_sev_snp?: string | undefined;
  readonly core_count?: Numeric | undefined;
  readonly threads_per_core?: Numeric | undefined;
}

export interface InstanceCreditSpecification {
  readonly cpu_credits?: string | undefined;
}

export interface InstanceEbsBlockDevice {
  readonly delete_on_termination?: Bool | undefined;
  readonly device_name: string;
  readonly encrypted?: Bool | undefined;
  readonly iops?: Numeric | undefined;
  readonly kms_key_id?: string | undefined;
  readonly snapshot_id?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly tags_all?: StringMap | undefined;
  readonly throughput?: Numeric | undefined;
  readonly volume_size?: Numeric | undefined;
  readonly volume_type?: string | undefined;
}

export interface InstanceEnclaveOptions {
  readonly enabled?: Bool | undefined;
}

export interface InstanceEphemeralBlockDevice {
  readonly device_name: string;
  readonly no_device?: Bool | undefined;
  readonly virtual_name?: string | undefined;
}

export interface InstanceInstanceMarketOptionsSpotOptions {
  readonly instance_interruption_behavior?: string | undefined;
  readonly max_price?: string | undefined;
  readonly spot_instance_type?: string | undefined;
  readonly valid_until?: string | undefined;
}

export interface InstanceInstanceMarketOptions {
  readonly market_type?: string | undefined;
  readonly spot_options?: InstanceInstanceMarketOptionsSpotOptions | undefined;
}

export interface InstanceLaunchTemplate {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}

export interface InstanceMaintenanceOptions {
  readonly auto_recovery?: string | undefined;
}

export interface InstanceMetadataOptions {
  readonly http_endpoint?: string | undefined;
  readonly http_protocol_ipv6?: string | undefined;
  readonly http_put_response_hop_limit?: Numeric | undefined;
  readonly http_tokens?: string | undefined;
  readonly instance_metadata_tags?: string | undefined;
}

export interface InstanceNetworkInterface {
  readonly delete_on_termination?: Bool | undefined;
  readonly device_index: Numeric;
  readonly network_card_index?: Numeric | undefined;
  readonly network_interface_id: string;
}

export interface InstancePrivateDnsNameOptions {
  readonly enable_resource_name_dns_a_record?: Bool | undefined;
  readonly enable_resource_name_dns_aaaa_record?: Bool | undefined;
  readonly hostname_type?: string | undefined;
}

export interface InstanceRootBlockDevice {
  readonly delete_on_termination?: Bool | undefined;
  readonly encrypted?: Bool | undefined;
  readonly iops?: Numeric | undefined;
  readonly kms_key_id?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly tags_all?: StringMap | undefined;
  readonly throughput?: Numeric | undefined;
  readonly volume_size?: Numeric | undefined;
  readonly volume_type?: string | undefined;
}

export interface InstanceTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly read?: string | undefined;
  readonly update?: string | undefined;
}

export interface InstanceConfig extends MetaArguments {
  readonly ami?: string | undefined;
  readonly associate_public_ip_address?: Bool | undefined;
  readonly availability_zone?: string | undefined;
  readonly capacity_reservation_specification?: InstanceCapacityReservationSpecification | undefined;
  /** @deprecated by the provider */
  readonly cpu_core_count?: Numeric | undefined;
  readonly cpu_options?: InstanceCpuOptions | undefined;
  /** @deprecated by the provider */
  readonly cpu_threads_per_core?: Numeric | undefined;
  readonly credit_specification?: InstanceCreditSpecification | undefined;
  readonly disable_api_stop?: Bool | undefined;
  readonly disable_api_termination?: Bool | undefined;
  readonly ebs_block_device?: readonly InstanceEbsBlockDevice[] | undefined;
  readonly ebs_optimized?: Bool | undefined;
  readonly enable_primary_ipv6?: Bool | undefined;
  readonly enclave_options?: InstanceEnclaveOptions | undefined;
  readonly ephemeral_block_device?: readonly InstanceEphemeralBlockDevice[] | undefined;
  readonly get_password_data?: Bool | undefined;
  readonly hibernation?: Bool | undefined;
  readonly host_id?: string | undefined;
  readonly host_resource_group_arn?: string | undefined;
  readonly iam_instance_profile?: string | undefined;
  readonly instance_initiated_shutdown_behavior?: string | undefined;
  readonly instance_market_options?: InstanceInstanceMarketOptions | undefined;
  readonly instance_type?: string | undefined;
  readonly ipv6_address_count?: Numeric | undefined;
  readonly ipv6_addresses?: List | undefined;
  readonly key_name?: string | undefined;
  readonly launch_template?: InstanceLaunchTemplate | undefined;
  readonly maintenance_options?: InstanceMaintenanceOptions | undefined;
  readonly metadata_options?: InstanceMetadataOptions | undefined;
  readonly monitoring?: Bool | undefined;
  readonly network_interface?: readonly InstanceNetworkInterface[] | undefined;
  readonly placement_group?: string | undefined;
  readonly placement_partition_number?: Numeric | undefined;
  readonly private_dns_name_options?: InstancePrivateDnsNameOptions | undefined;
  readonly private_ip?: string | undefined;
  readonly root_block_device?: InstanceRootBlockDevice | undefined;
  readonly secondary_private_ips?: List | undefined;
  readonly security_groups?: List | undefined;
  readonly source_dest_check?: Bool | undefined;
  readonly subnet_id?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly tenancy?: string | undefined;
  readonly timeouts?: InstanceTimeouts | undefined;
  readonly user_data?: string | undefined;
  readonly user_data_base64?: string | undefined;
  readonly user_data_replace_on_change?: Bool | undefined;
  readonly volume_tags?: StringMap | undefined;
  readonly vpc_security_group_ids?: List | undefined;
}

export type InstanceAttribute =
  | "ami" | "arn" | "associate_public_ip_address" | "availability_zone" | "capacity_reservation_specification"
  | "cpu_core_count" | "cpu_options" | "cpu_threads_per_core" | "credit_specification" | "disable_api_stop"
  | "disable_api_termination" | "ebs_block_device" | "ebs_optimized" | "enable_primary_ipv6" | "enclave_options"
  | "ephemeral_block_device" | "get_password_data" | "hibernation" | "host_id" | "host_resource_group_arn"
  | "iam_instance_profile" | "id" | "instance_initiated_shutdown_behavior" | "instance_lifecycle"
  | "instance_market_options" | "instance_state" | "instance_type" | "ipv6_address_count" | "ipv6_addresses"
  | "key_name" | "launch_template" | "maintenance_options" | "metadata_options" | "monitoring" | "network_interface"
  | "outpost_arn" | "password_data" | "placement_group" | "placement_partition_number"
  | "primary_network_interface_id" | "private_dns" | "private_dns_name_options" | "private_ip" | "public_dns"
  | "public_ip" | "root_block_device" | "secondary_private_ips" | "security_groups" | "source_dest_check"
  | "spot_instance_request_id" | "subnet_id" | "tags" | "tags_all" | "tenancy" | "user_data" | "user_data_base64"
  | "user_data_replace_on_change" | "volume_tags" | "vpc_security_group_ids";

/** Terraform's `aws_instance`. */
export class Instance extends AwsResource<InstanceConfig, InstanceAttribute> {
  constructor(scope: Construct, id: string, name: string, config: InstanceConfig) {
    super(scope, id, name, "aws_instance", config);
  }
}

export interface InternetGatewayTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface InternetGatewayConfig extends MetaArguments {
  readonly tags?: StringMap | undefined;
  readonly timeouts?: InternetGatewayTimeouts | undefined;
  readonly vpc_id?: string | undefined;
}

export type InternetGatewayAttribute =
  | "arn" | "id" | "owner_id" | "tags" | "tags_all" | "vpc_id";

/** Terraform's `aws_internet_gateway`. */
export class InternetGateway extends AwsResource<InternetGatewayConfig, InternetGatewayAttribute> {
  constructor(scope: Construct, id: string, name: string, config: InternetGatewayConfig) {
    super(scope, id, name, "aws_internet_gateway", config);
  }
}

export interface LaunchTemplateBlockDeviceMappingsEbs {
  readonly delete_on_termination?: string | undefined;
  readonly encrypted?: string | undefined;
  readonly iops?: Numeric | undefined;
  readonly kms_key_id?: string | undefined;
  readonly snapshot_id?: string | undefined;
  readonly throughput?: Numeric | undefined;
  readonly volume_initialization_rate?: Numeric | undefined;
  readonly volume_size?: Numeric | undefined;
  readonly volume_type?: string | undefined;
}

export interface LaunchTemplateBlockDeviceMappings {
  readonly device_name?: string | undefined;
  readonly ebs?: LaunchTemplateBlockDeviceMappingsEbs | undefined;
  readonly no_device?: string | undefined;
  readonly virtual_name?: string | undefined;
}

export interface LaunchTemplateCapacityReservationSpecificationCapacityReservationTarget {
  readonly capacity_reservation_id?: string | undefined;
  readonly capacity_reservation_resource_group_arn?: string | undefined;
}

export interface LaunchTemplateCapacityReservationSpecification {
  readonly capacity_reservation_preference?: string | undefined;
  readonly capacity_reservation_target?: LaunchTemplateCapacityReservationSpecificationCapacityReservationTarget | undefined;
}

export interface LaunchTemplateCpuOptions {
  readonly amd_sev_snp?: string | undefined;
  readonly core_count?: Numeric | undefined;
  readonly threads_per_core?: Numeric | undefined;
}

export interface LaunchTemplateCreditSpecification {
  readonly cpu_credits?: string | undefined;
}

export interface LaunchTemplateElasticGpuSpecifications {
  readonly type: string;
}

export interface LaunchTemplateElasticInferenceAccelerator {
  readonly type: string;
}

export interface LaunchTemplateEnclaveOptions {
  readonly enabled?: Bool | undefined;
}

export interface LaunchTemplateHibernationOptions {
  readonly configured: Bool;
}

export interface LaunchTemplateIamInstanceProfile {
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
}

export interface LaunchTemplateInstanceMarketOptionsSpotOptions {
  readonly block_duration_minutes?: Numeric | undefined;
  readonly instance_interruption_behavior?: string | undefined;
  readonly max_price?: string | undefined;
  readonly spot_instance_type?: string | undefined;
  readonly valid_until?: string | undefined;
}

export interface LaunchTemplateInstanceMarketOptions {
  readonly market_type?: string | undefined;
  readonly spot_options?: LaunchTemplateInstanceMarketOptionsSpotOptions | undefined;
}

export interface LaunchTemplateInstanceRequirementsAcceleratorCount {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsAcceleratorTotalMemoryMib {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsBaselineEbsBandwidthMbps {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsMemoryGibPerVcpu {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsMemoryMib {
  readonly max?: Numeric | undefined;
  readonly min: Numeric;
}

export interface LaunchTemplateInstanceRequirementsNetworkBandwidthGbps {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsNetworkInterfaceCount {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsTotalLocalStorageGb {
  readonly max?: Numeric | undefined;
  readonly min?: Numeric | undefined;
}

export interface LaunchTemplateInstanceRequirementsVcpuCount {
  readonly max?: Numeric | undefined;
  readonly min: Numeric;
}

export interface LaunchTemplateInstanceRequirements {
  readonly accelerator_count?: LaunchTemplateInstanceRequirementsAcceleratorCount | undefined;
  readonly accelerator_manufacturers?: List | undefined;
  readonly accelerator_names?: List | undefined;
  readonly accelerator_total_memory_mib?: LaunchTemplateInstanceRequirementsAcceleratorTotalMemoryMib | undefined;
  readonly accelerator_types?: List | undefined;
  readonly allowed_instance_types?: List | undefined;
  readonly bare_metal?: string | undefined;
  readonly baseline_ebs_bandwidth_mbps?: LaunchTemplateInstanceRequirementsBaselineEbsBandwidthMbps | undefined;
  readonly burstable_performance?: string | undefined;
  readonly cpu_manufacturers?: List | undefined;
  readonly excluded_instance_types?: List | undefined;
  readonly instance_generations?: List | undefined;
  readonly local_storage?: string | undefined;
  readonly local_storage_types?: List | undefined;
  readonly max_spot_price_as_percentage_of_optimal_on_demand_price?: Numeric | undefined;
  readonly memory_gib_per_vcpu?: LaunchTemplateInstanceRequirementsMemoryGibPerVcpu | undefined;
  readonly memory_mib: LaunchTemplateInstanceRequirementsMemoryMib;
  readonly network_bandwidth_gbps?: LaunchTemplateInstanceRequirementsNetworkBandwidthGbps | undefined;
  readonly network_interface_count?: LaunchTemplateInstanceRequirementsNetworkInterfaceCount | undefined;
  readonly on_demand_max_price_percentage_over_lowest_price?: Numeric | undefined;
  readonly require_hibernate_support?: Bool | undefined;
  readonly spot_max_price_percentage_over_lowest_price?: Numeric | undefined;
  readonly total_local_storage_gb?: LaunchTemplateInstanceRequirementsTotalLocalStorageGb | undefined;
  readonly vcpu_count: LaunchTemplateInstanceRequirementsVcpuCount;
}

export interface LaunchTemplateLicenseSpecification {
  readonly license_configuration_arn: string;
}

export interface LaunchTemplateMaintenanceOptions {
  readonly auto_recovery?: string | undefined;
}

export interface LaunchTemplateMetadataOptions {
  readonly http_endpoint?: string | undefined;
  readonly http_protocol_ipv6?: string | undefined;
  readonly http_put_response_hop_limit?: Numeric | undefined;
  readonly http_tokens?: string | undefined;
  readonly instance_metadata_tags?: string | undefined;
}

export interface LaunchTemplateMonitoring {
  readonly enabled?: Bool | undefined;
}

export interface LaunchTemplateNetworkInterfacesConnectionTrackingSpecification {
  readonly tcp_established_timeout?: Numeric | undefined;
  readonly udp_stream_timeout?: Numeric | undefined;
  readonly udp_timeout?: Numeric | undefined;
}

export interface LaunchTemplateNetworkInterfacesEnaSrdSpecificationEnaSrdUdpSpecification {
  readonly ena_srd_udp_enabled?: Bool | undefined;
}

export interface LaunchTemplateNetworkInterfacesEnaSrdSpecification {
  readonly ena_srd_enabled?: Bool | undefined;
  readonly ena_srd_udp_specification?: LaunchTemplateNetworkInterfacesEnaSrdSpecificationEnaSrdUdpSpecification | undefined;
}

export interface LaunchTemplateNetworkInterfaces {
  readonly associate_carrier_ip_address?: string | undefined;
  readonly associate_public_ip_address?: string | undefined;
  readonly connection_tracking_specification?: LaunchTemplateNetworkInterfacesConnectionTrackingSpecification | undefined;
  readonly delete_on_termination?: string | undefined;
  readonly description?: string | undefined;
  readonly device_index?: Numeric | undefined;
  readonly ena_srd_specification?: LaunchTemplateNetworkInterfacesEnaSrdSpecification | undefined;
  readonly interface_type?: string | undefined;
  readonly ipv4_address_count?: Numeric | undefined;
  readonly ipv4_addresses?: List | undefined;
  readonly ipv4_prefix_count?: Numeric | undefined;
  readonly ipv4_prefixes?: List | undefined;
  readonly ipv6_address_count?: Numeric | undefined;
  readonly ipv6_addresses?: List | undefined;
  readonly ipv6_prefix_count?: Numeric | undefined;
  readonly ipv6_prefixes?: List | undefined;
  readonly network_card_index?: Numeric | undefined;
  readonly network_interface_id?: string | undefined;
  readonly primary_ipv6?: string | undefined;
  readonly private_ip_address?: string | undefined;
  readonly security_groups?: List | undefined;
  readonly subnet_id?: string | undefined;
}

export interface LaunchTemplatePlacement {
  readonly affinity?: string | undefined;
  readonly availability_zone?: string | undefined;
  readonly group_name?: string | undefined;
  readonly host_id?: string | undefined;
  readonly host_resource_group_arn?: string | undefined;
  readonly partition_number?: Numeric | undefined;
  readonly spread_domain?: string | undefined;
  readonly tenancy?: string | undefined;
}

export interface LaunchTemplatePrivateDnsNameOptions {
  readonly enable_resource_name_dns_a_record?: Bool | undefined;
  readonly enable_resource_name_dns_aaaa_record?: Bool | undefined;
  readonly hostname_type?: string | undefined;
}

export interface LaunchTemplateTagSpecifications {
  readonly resource_type?: string | undefined;
  readonly tags?: StringMap | undefined;
}

export interface LaunchTemplateConfig extends MetaArguments {
  readonly block_device_mappings?: readonly LaunchTemplateBlockDeviceMappings[] | undefined;
  readonly capacity_reservation_specification?: LaunchTemplateCapacityReservationSpecification | undefined;
  readonly cpu_options?: LaunchTemplateCpuOptions | undefined;
  readonly credit_specification?: LaunchTemplateCreditSpecification | undefined;
  readonly default_version?: Numeric | undefined;
  readonly description?: string | undefined;
  readonly disable_api_stop?: Bool | undefined;
  readonly disable_api_termination?: Bool | undefined;
  readonly ebs_optimized?: string | undefined;
  /** @deprecated by the provider */
  readonly elastic_gpu_specifications?: readonly LaunchTemplateElasticGpuSpecifications[] | undefined;
  /** @deprecated by the provider */
  readonly elastic_inference_accelerator?: LaunchTemplateElasticInferenceAccelerator | undefined;
  readonly enclave_options?: LaunchTemplateEnclaveOptions | undefined;
  readonly hibernation_options?: LaunchTemplateHibernationOptions | undefined;
  readonly iam_instance_profile?: LaunchTemplateIamInstanceProfile | undefined;
  readonly image_id?: string | undefined;
  readonly instance_initiated_shutdown_behavior?: string | undefined;
  readonly instance_market_options?: LaunchTemplateInstanceMarketOptions | undefined;
  readonly instance_requirements?: LaunchTemplateInstanceRequirements | undefined;
  readonly instance_type?: string | undefined;
  readonly kernel_id?: string | undefined;
  readonly key_name?: string | undefined;
  readonly license_specification?: readonly LaunchTemplateLicenseSpecification[] | undefined;
  readonly maintenance_options?: LaunchTemplateMaintenanceOptions | undefined;
  readonly metadata_options?: LaunchTemplateMetadataOptions | undefined;
  readonly monitoring?: LaunchTemplateMonitoring | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly network_interfaces?: readonly LaunchTemplateNetworkInterfaces[] | undefined;
  readonly placement?: LaunchTemplatePlacement | undefined;
  readonly private_dns_name_options?: LaunchTemplatePrivateDnsNameOptions | undefined;
  readonly ram_disk_id?: string | undefined;
  readonly security_group_names?: List | undefined;
  readonly tag_specifications?: readonly LaunchTemplateTagSpecifications[] | undefined;
  readonly tags?: StringMap | undefined;
  readonly update_default_version?: Bool | undefined;
  readonly user_data?: string | undefined;
  readonly vpc_security_group_ids?: List | undefined;
}

export type LaunchTemplateAttribute =
  | "arn" | "block_device_mappings" | "capacity_reservation_specification" | "cpu_options" | "credit_specification"
  | "default_version" | "description" | "disable_api_stop" | "disable_api_termination" | "ebs_optimized"
  | "elastic_gpu_specifications" | "elastic_inference_accelerator" | "enclave_options" | "hibernation_options"
  | "iam_instance_profile" | "id" | "image_id" | "instance_initiated_shutdown_behavior" | "instance_market_options"
  | "instance_requirements" | "instance_type" | "kernel_id" | "key_name" | "latest_version" | "license_specification"
  | "maintenance_options" | "metadata_options" | "monitoring" | "name" | "name_prefix" | "network_interfaces"
  | "placement" | "private_dns_name_options" | "ram_disk_id" | "security_group_names" | "tag_specifications" | "tags"
  | "tags_all" | "update_default_version" | "user_data" | "vpc_security_group_ids";

/** Terraform's `aws_launch_template`. */
export class LaunchTemplate extends AwsResource<LaunchTemplateConfig, LaunchTemplateAttribute> {
  constructor(scope: Construct, id: string, name: string, config: LaunchTemplateConfig) {
    super(scope, id, name, "aws_launch_template", config);
  }
}

export interface LbAccessLogs {
  readonly bucket: string;
  readonly enabled?: Bool | undefined;
  readonly prefix?: string | undefined;
}

export interface LbConnectionLogs {
  readonly bucket: string;
  readonly enabled?: Bool | undefined;
  readonly prefix?: string | undefined;
}

export interface LbIpamPools {
  readonly ipv4_ipam_pool_id: string;
}

export interface LbMinimumLoadBalancerCapacity {
  readonly capacity_units: Numeric;
}

export interface LbSubnetMapping {
  readonly allocation_id?: string | undefined;
  readonly ipv6_address?: string | undefined;
  readonly private_ipv4_address?: string | undefined;
  readonly subnet_id: string;
}

export interface LbTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface LbConfig extends MetaArguments {
  readonly access_logs?: LbAccessLogs | undefined;
  readonly client_keep_alive?: Numeric | undefined;
  readonly connection_logs?: LbConnectionLogs | undefined;
  readonly customer_owned_ipv4_pool?: string | undefined;
  readonly desync_mitigation_mode?: string | undefined;
  readonly dns_record_client_routing_policy?: string | undefined;
  readonly drop_invalid_header_fields?: Bool | undefined;
  readonly enable_cross_zone_load_balancing?: Bool | undefined;
  readonly enable_deletion_protection?: Bool | undefined;
  readonly enable_http2?: Bool | undefined;
  readonly enable_tls_version_and_cipher_suite_headers?: Bool | undefined;
  readonly enable_waf_fail_open?: Bool | undefined;
  readonly enable_xff_client_port?: Bool | undefined;
  readonly enable_zonal_shift?: Bool | undefined;
  readonly enforce_security_group_inbound_rules_on_private_link_traffic?: string | undefined;
  readonly idle_timeout?: Numeric | undefined;
  readonly internal?: Bool | undefined;
  readonly ip_address_type?: string | undefined;
  readonly ipam_pools?: LbIpamPools | undefined;
  readonly load_balancer_type?: string | undefined;
  readonly minimum_load_balancer_capacity?: LbMinimumLoadBalancerCapacity | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly preserve_host_header?: Bool | undefined;
  readonly security_groups?: List | undefined;
  readonly subnet_mapping?: readonly LbSubnetMapping[] | undefined;
  readonly subnets?: List | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: LbTimeouts | undefined;
  readonly xff_header_processing_mode?: string | undefined;
}

export type LbAttribute =
  | "access_logs" | "arn" | "arn_suffix" | "client_keep_alive" | "connection_logs" | "customer_owned_ipv4_pool"
  | "desync_mitigation_mode" | "dns_name" | "dns_record_client_routing_policy" | "drop_invalid_header_fields"
  | "enable_cross_zone_load_balancing" | "enable_deletion_protection" | "enable_http2"
  | "enable_tls_version_and_cipher_suite_headers" | "enable_waf_fail_open" | "enable_xff_client_port"
  | "enable_zonal_shift" | "enforce_security_group_inbound_rules_on_private_link_traffic" | "id" | "idle_timeout"
  | "internal" | "ip_address_type" | "ipam_pools" | "load_balancer_type" | "minimum_load_balancer_capacity" | "name"
  | "name_prefix" | "preserve_host_header" | "security_groups" | "subnet_mapping" | "subnets" | "tags" | "tags_all"
  | "vpc_id" | "xff_header_processing_mode" | "zone_id";

/** Terraform's `aws_lb`. */
export class Lb extends AwsResource<LbConfig, LbAttribute> {
  constructor(scope: Construct, id: string, name: string, config: LbConfig) {
    super(scope, id, name, "aws_lb", config);
  }
}

export interface LbListenerDefaultActionAuthenticateCognito {
  readonly authentication_request_extra_params?: StringMap | undefined;
  readonly on_unauthenticated_request?: string | undefined;
  readonly scope?: string | undefined;
  readonly session_cookie_name?: string | undefined;
  readonly session_timeout?: Numeric | undefined;
  readonly user_pool_arn: string;
  readonly user_pool_client_id: string;
  readonly user_pool_domain: string;
}

export interface LbListenerDefaultActionAuthenticateOidc {
  readonly authentication_request_extra_params?: StringMap | undefined;
  readonly authorization_endpoint: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly issuer: string;
  readonly on_unauthenticated_request?: string | undefined;
  readonly scope?: string | undefined;
  readonly session_cookie_name?: string | undefined;
  readonly session_timeout?: Numeric | undefined;
  readonly token_endpoint: string;
  readonly user_info_endpoint: string;
}

export interface LbListenerDefaultActionFixedResponse {
  readonly content_type: string;
  readonly message_body?: string | undefined;
  readonly status_code?: string | undefined;
}

export interface LbListenerDefaultActionForwardStickiness {
  readonly duration: Numeric;
  readonly enabled?: Bool | undefined;
}

export interface LbListenerDefaultActionForwardTargetGroup {
  readonly arn: string;
  readonly weight?: Numeric | undefined;
}

export interface LbListenerDefaultActionForward {
  readonly stickiness?: LbListenerDefaultActionForwardStickiness | undefined;
  readonly target_group: readonly LbListenerDefaultActionForwardTargetGroup[];
}

export interface LbListenerDefaultActionRedirect {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
  readonly query?: string | undefined;
  readonly status_code: string;
}

export interface LbListenerDefaultAction {
  readonly authenticate_cognito?: LbListenerDefaultActionAuthenticateCognito | undefined;
  readonly authenticate_oidc?: LbListenerDefaultActionAuthenticateOidc | undefined;
  readonly fixed_response?: LbListenerDefaultActionFixedResponse | undefined;
  readonly forward?: LbListenerDefaultActionForward | undefined;
  readonly order?: Numeric | undefined;
  readonly redirect?: LbListenerDefaultActionRedirect | undefined;
  readonly target_group_arn?: string | undefined;
  readonly type: string;
}

export interface LbListenerMutualAuthentication {
  readonly advertise_trust_store_ca_names?: string | undefined;
  readonly ignore_client_certificate_expiry?: Bool | undefined;
  readonly mode: string;
  readonly trust_store_arn?: string | undefined;
}

export interface LbListenerTimeouts {
  readonly create?: string | undefined;
  readonly update?: string | undefined;
}

export interface LbListenerConfig extends MetaArguments {
  readonly alpn_policy?: string | undefined;
  readonly certificate_arn?: string | undefined;
  readonly default_action: readonly LbListenerDefaultAction[];
  readonly load_balancer_arn: string;
  readonly mutual_authentication?: LbListenerMutualAuthentication | undefined;
  readonly port?: Numeric | undefined;
  readonly protocol?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_issuer_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_leaf_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_subject_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_mtls_clientcert_validity_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_tls_cipher_suite_header_name?: string | undefined;
  readonly routing_http_request_x_amzn_tls_version_header_name?: string | undefined;
  readonly routing_http_response_access_control_allow_credentials_header_value?: string | undefined;
  readonly routing_http_response_access_control_allow_headers_header_value?: string | undefined;
  readonly routing_http_response_access_control_allow_methods_header_value?: string | undefined;
  readonly routing_http_response_access_control_allow_origin_header_value?: string | undefined;
  readonly routing_http_response_access_control_expose_headers_header_value?: string | undefined;
  readonly routing_http_response_access_control_max_age_header_value?: string | undefined;
  readonly routing_http_response_content_security_policy_header_value?: string | undefined;
  readonly routing_http_response_server_enabled?: Bool | undefined;
  readonly routing_http_response_strict_transport_security_header_value?: string | undefined;
  readonly routing_http_response_x_content_type_options_header_value?: string | undefined;
  readonly routing_http_response_x_frame_options_header_value?: string | undefined;
  readonly ssl_policy?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly tcp_idle_timeout_seconds?: Numeric | undefined;
  readonly timeouts?: LbListenerTimeouts | undefined;
}

export type LbListenerAttribute =
  | "alpn_policy" | "arn" | "certificate_arn" | "default_action" | "id" | "load_balancer_arn"
  | "mutual_authentication" | "port" | "protocol" | "routing_http_request_x_amzn_mtls_clientcert_header_name"
  | "routing_http_request_x_amzn_mtls_clientcert_issuer_header_name"
  | "routing_http_request_x_amzn_mtls_clientcert_leaf_header_name"
  | "routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name"
  | "routing_http_request_x_amzn_mtls_clientcert_subject_header_name"
  | "routing_http_request_x_amzn_mtls_clientcert_validity_header_name"
  | "routing_http_request_x_amzn_tls_cipher_suite_header_name"
  | "routing_http_request_x_amzn_tls_version_header_name"
  | "routing_http_response_access_control_allow_credentials_header_value"
  | "routing_http_response_access_control_allow_headers_header_value"
  | "routing_http_response_access_control_allow_methods_header_value"
  | "routing_http_response_access_control_allow_origin_header_value"
  | "routing_http_response_access_control_expose_headers_header_value"
  | "routing_http_response_access_control_max_age_header_value"
  | "routing_http_response_content_security_policy_header_value" | "routing_http_response_server_enabled"
  | "routing_http_response_strict_transport_security_header_value"
  | "routing_http_response_x_content_type_options_header_value"
  | "routing_http_response_x_frame_options_header_value" | "ssl_policy" | "tags" | "tags_all"
  | "tcp_idle_timeout_seconds";

/** Terraform's `aws_lb_listener`. */
export class LbListener extends AwsResource<LbListenerConfig, LbListenerAttribute> {
  constructor(scope: Construct, id: string, name: string, config: LbListenerConfig) {
    super(scope, id, name, "aws_lb_listener", config);
  }
}

export interface LbListenerRuleActionAuthenticateCognito {
  readonly authentication_request_extra_params?: StringMap | undefined;
  readonly on_unauthenticated_request?: string | undefined;
  readonly scope?: string | undefined;
  readonly session_cookie_name?: string | undefined;
  readonly session_timeout?: Numeric | undefined;
  readonly user_pool_arn: string;
  readonly user_pool_client_id: string;
  readonly user_pool_domain: string;
}

export interface LbListenerRuleActionAuthenticateOidc {
  readonly authentication_request_extra_params?: StringMap | undefined;
  readonly authorization_endpoint: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly issuer: string;
  readonly on_unauthenticated_request?: string | undefined;
  readonly scope?: string | undefined;
  readonly session_cookie_name?: string | undefined;
  readonly session_timeout?: Numeric | undefined;
  readonly token_endpoint: string;
  readonly user_info_endpoint: string;
}

export interface LbListenerRuleActionFixedResponse {
  readonly content_type: string;
  readonly message_body?: string | undefined;
  readonly status_code?: string | undefined;
}

export interface LbListenerRuleActionForwardStickiness {
  readonly duration: Numeric;
  readonly enabled?: Bool | undefined;
}

export interface LbListenerRuleActionForwardTargetGroup {
  readonly arn: string;
  readonly weight?: Numeric | undefined;
}

export interface LbListenerRuleActionForward {
  readonly stickiness?: LbListenerRuleActionForwardStickiness | undefined;
  readonly target_group: readonly LbListenerRuleActionForwardTargetGroup[];
}

export interface LbListenerRuleActionRedirect {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
  readonly query?: string | undefined;
  readonly status_code: string;
}

export interface LbListenerRuleAction {
  readonly authenticate_cognito?: LbListenerRuleActionAuthenticateCognito | undefined;
  readonly authenticate_oidc?: LbListenerRuleActionAuthenticateOidc | undefined;
  readonly fixed_response?: LbListenerRuleActionFixedResponse | undefined;
  readonly forward?: LbListenerRuleActionForward | undefined;
  readonly order?: Numeric | undefined;
  readonly redirect?: LbListenerRuleActionRedirect | undefined;
  readonly target_group_arn?: string | undefined;
  readonly type: string;
}

export interface LbListenerRuleConditionHostHeader {
  readonly values: List;
}

export interface LbListenerRuleConditionHttpHeader {
  readonly http_header_name: string;
  readonly values: List;
}

export interface LbListenerRuleConditionHttpRequestMethod {
  readonly values: List;
}

export interface LbListenerRuleConditionPathPattern {
  readonly values: List;
}

export interface LbListenerRuleConditionQueryString {
  readonly key?: string | undefined;
  readonly value: string;
}

export interface LbListenerRuleConditionSourceIp {
  readonly values: List;
}

export interface LbListenerRuleCondition {
  readonly host_header?: LbListenerRuleConditionHostHeader | undefined;
  readonly http_header?: LbListenerRuleConditionHttpHeader | undefined;
  readonly http_request_method?: LbListenerRuleConditionHttpRequestMethod | undefined;
  readonly path_pattern?: LbListenerRuleConditionPathPattern | undefined;
  readonly query_string?: readonly LbListenerRuleConditionQueryString[] | undefined;
  readonly source_ip?: LbListenerRuleConditionSourceIp | undefined;
}

export interface LbListenerRuleConfig extends MetaArguments {
  readonly action: readonly LbListenerRuleAction[];
  readonly condition: readonly LbListenerRuleCondition[];
  readonly listener_arn: string;
  readonly priority?: Numeric | undefined;
  readonly tags?: StringMap | undefined;
}

export type LbListenerRuleAttribute =
  | "action" | "arn" | "condition" | "id" | "listener_arn" | "priority" | "tags" | "tags_all";

/** Terraform's `aws_lb_listener_rule`. */
export class LbListenerRule extends AwsResource<LbListenerRuleConfig, LbListenerRuleAttribute> {
  constructor(scope: Construct, id: string, name: string, config: LbListenerRuleConfig) {
    super(scope, id, name, "aws_lb_listener_rule", config);
  }
}

export interface LbTargetGroupHealthCheck {
  readonly enabled?: Bool | undefined;
  readonly healthy_threshold?: Numeric | undefined;
  readonly interval?: Numeric | undefined;
  readonly matcher?: string | undefined;
  readonly path?: string | undefined;
  readonly port?: string | undefined;
  readonly protocol?: string | undefined;
  readonly timeout?: Numeric | undefined;
  readonly unhealthy_threshold?: Numeric | undefined;
}

export interface LbTargetGroupStickiness {
  readonly cookie_duration?: Numeric | undefined;
  readonly cookie_name?: string | undefined;
  readonly enabled?: Bool | undefined;
  readonly type: string;
}

export interface LbTargetGroupTargetFailover {
  readonly on_deregistration: string;
  readonly on_unhealthy: string;
}

export interface LbTargetGroupTargetGroupHealthDnsFailover {
  readonly minimum_healthy_targets_count?: string | undefined;
  readonly minimum_healthy_targets_percentage?: string | undefined;
}

export interface LbTargetGroupTargetGroupHealthUnhealthyStateRouting {
  readonly minimum_healthy_targets_count?: Numeric | undefined;
  readonly minimum_healthy_targets_percentage?: string | undefined;
}

export interface LbTargetGroupTargetGroupHealth {
  readonly dns_failover?: LbTargetGroupTargetGroupHealthDnsFailover | undefined;
  readonly unhealthy_state_routing?: LbTargetGroupTargetGroupHealthUnhealthyStateRouting | undefined;
}

export interface LbTargetGroupTargetHealthState {
  readonly enable_unhealthy_connection_termination: Bool;
  readonly unhealthy_draining_interval?: Numeric | undefined;
}

export interface LbTargetGroupConfig extends MetaArguments {
  readonly connection_termination?: Bool | undefined;
  readonly deregistration_delay?: string | undefined;
  readonly health_check?: LbTargetGroupHealthCheck | undefined;
  readonly ip_address_type?: string | undefined;
  readonly lambda_multi_value_headers_enabled?: Bool | undefined;
  readonly load_balancing_algorithm_type?: string | undefined;
  readonly load_balancing_anomaly_mitigation?: string | undefined;
  readonly load_balancing_cross_zone_enabled?: string | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly port?: Numeric | undefined;
  readonly preserve_client_ip?: string | undefined;
  readonly protocol?: string | undefined;
  readonly protocol_version?: string | undefined;
  readonly proxy_protocol_v2?: Bool | undefined;
  readonly slow_start?: Numeric | undefined;
  readonly stickiness?: LbTargetGroupStickiness | undefined;
  readonly tags?: StringMap | undefined;
  readonly target_failover?: readonly LbTargetGroupTargetFailover[] | undefined;
  readonly target_group_health?: LbTargetGroupTargetGroupHealth | undefined;
  readonly target_health_state?: readonly LbTargetGroupTargetHealthState[] | undefined;
  readonly target_type?: string | undefined;
  readonly vpc_id?: string | undefined;
}

export type LbTargetGroupAttribute =
  | "arn" | "arn_suffix" | "connection_termination" | "deregistration_delay" | "health_check" | "id"
  | "ip_address_type" | "lambda_multi_value_headers_enabled" | "load_balancer_arns" | "load_balancing_algorithm_type"
  | "load_balancing_anomaly_mitigation" | "load_balancing_cross_zone_enabled" | "name" | "name_prefix" | "port"
  | "preserve_client_ip" | "protocol" | "protocol_version" | "proxy_protocol_v2" | "slow_start" | "stickiness"
  | "tags" | "tags_all" | "target_failover" | "target_group_health" | "target_health_state" | "target_type"
  | "vpc_id";

/** Terraform's `aws_lb_target_group`. */
export class LbTargetGroup extends AwsResource<LbTargetGroupConfig, LbTargetGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: LbTargetGroupConfig) {
    super(scope, id, name, "aws_lb_target_group", config);
  }
}

export interface NatGatewayTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface NatGatewayConfig extends MetaArguments {
  readonly allocation_id?: string | undefined;
  readonly connectivity_type?: string | undefined;
  readonly private_ip?: string | undefined;
  readonly secondary_allocation_ids?: List | undefined;
  readonly secondary_private_ip_address_count?: Numeric | undefined;
  readonly secondary_private_ip_addresses?: List | undefined;
  readonly subnet_id: string;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: NatGatewayTimeouts | undefined;
}

export type NatGatewayAttribute =
  | "allocation_id" | "association_id" | "connectivity_type" | "id" | "network_interface_id" | "private_ip"
  | "public_ip" | "secondary_allocation_ids" | "secondary_private_ip_address_count"
  | "secondary_private_ip_addresses" | "subnet_id" | "tags" | "tags_all";

/** Terraform's `aws_nat_gateway`. */
export class NatGateway extends AwsResource<NatGatewayConfig, NatGatewayAttribute> {
  constructor(scope: Construct, id: string, name: string, config: NatGatewayConfig) {
    super(scope, id, name, "aws_nat_gateway", config);
  }
}

export interface RouteTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface RouteConfig extends MetaArguments {
  readonly carrier_gateway_id?: string | undefined;
  readonly core_network_arn?: string | undefined;
  readonly destination_cidr_block?: string | undefined;
  readonly destination_ipv6_cidr_block?: string | undefined;
  readonly destination_prefix_list_id?: string | undefined;
  readonly egress_only_gateway_id?: string | undefined;
  readonly gateway_id?: string | undefined;
  readonly local_gateway_id?: string | undefined;
  readonly nat_gateway_id?: string | undefined;
  readonly network_interface_id?: string | undefined;
  readonly route_table_id: string;
  readonly timeouts?: RouteTimeouts | undefined;
  readonly transit_gateway_id?: string | undefined;
  readonly vpc_endpoint_id?: string | undefined;
  readonly vpc_peering_connection_id?: string | undefined;
}

export type RouteAttribute =
  | "carrier_gateway_id" | "core_network_arn" | "destination_cidr_block" | "destination_ipv6_cidr_block"
  | "destination_prefix_list_id" | "egress_only_gateway_id" | "gateway_id" | "id" | "instance_id"
  | "instance_owner_id" | "local_gateway_id" | "nat_gateway_id" | "network_interface_id" | "origin"
  | "route_table_id" | "state" | "transit_gateway_id" | "vpc_endpoint_id" | "vpc_peering_connection_id";

/** Terraform's `aws_route`. */
export class Route extends AwsResource<RouteConfig, RouteAttribute> {
  constructor(scope: Construct, id: string, name: string, config: RouteConfig) {
    super(scope, id, name, "aws_route", config);
  }
}

export interface Route53RecordAlias {
  readonly evaluate_target_health: Bool;
  readonly name: string;
  readonly zone_id: string;
}

export interface Route53RecordCidrRoutingPolicy {
  readonly collection_id: string;
  readonly location_name: string;
}

export interface Route53RecordFailoverRoutingPolicy {
  readonly type: string;
}

export interface Route53RecordGeolocationRoutingPolicy {
  readonly continent?: string | undefined;
  readonly country?: string | undefined;
  readonly subdivision?: string | undefined;
}

export interface Route53RecordGeoproximityRoutingPolicyCoordinates {
  readonly latitude: string;
  readonly longitude: string;
}

export interface Route53RecordGeoproximityRoutingPolicy {
  readonly aws_region?: string | undefined;
  readonly bias?: Numeric | undefined;
  readonly coordinates?: readonly Route53RecordGeoproximityRoutingPolicyCoordinates[] | undefined;
  readonly local_zone_group?: string | undefined;
}

export interface Route53RecordLatencyRoutingPolicy {
  readonly region: string;
}

export interface Route53RecordTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface Route53RecordWeightedRoutingPolicy {
  readonly weight: Numeric;
}

export interface Route53RecordConfig extends MetaArguments {
  readonly alias?: Route53RecordAlias | undefined;
  readonly allow_overwrite?: Bool | undefined;
  readonly cidr_routing_policy?: Route53RecordCidrRoutingPolicy | undefined;
  readonly failover_routing_policy?: Route53RecordFailoverRoutingPolicy | undefined;
  readonly geolocation_routing_policy?: Route53RecordGeolocationRoutingPolicy | undefined;
  readonly geoproximity_routing_policy?: Route53RecordGeoproximityRoutingPolicy | undefined;
  readonly health_check_id?: string | undefined;
  readonly latency_routing_policy?: Route53RecordLatencyRoutingPolicy | undefined;
  readonly multivalue_answer_routing_policy?: Bool | undefined;
  readonly name: string;
  readonly records?: List | undefined;
  readonly set_identifier?: string | undefined;
  readonly timeouts?: Route53RecordTimeouts | undefined;
  readonly ttl?: Numeric | undefined;
  readonly type: string;
  readonly weighted_routing_policy?: Route53RecordWeightedRoutingPolicy | undefined;
  readonly zone_id: string;
}

export type Route53RecordAttribute =
  | "alias" | "allow_overwrite" | "cidr_routing_policy" | "failover_routing_policy" | "fqdn"
  | "geolocation_routing_policy" | "geoproximity_routing_policy" | "health_check_id" | "id"
  | "latency_routing_policy" | "multivalue_answer_routing_policy" | "name" | "records" | "set_identifier" | "ttl"
  | "type" | "weighted_routing_policy" | "zone_id";

/** Terraform's `aws_route53_record`. */
export class Route53Record extends AwsResource<Route53RecordConfig, Route53RecordAttribute> {
  constructor(scope: Construct, id: string, name: string, config: Route53RecordConfig) {
    super(scope, id, name, "aws_route53_record", config);
  }
}

export interface Route53ZoneTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface Route53ZoneVpc {
  readonly vpc_id: string;
  readonly vpc_region?: string | undefined;
}

export interface Route53ZoneConfig extends MetaArguments {
  readonly comment?: string | undefined;
  readonly delegation_set_id?: string | undefined;
  readonly force_destroy?: Bool | undefined;
  readonly name: string;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: Route53ZoneTimeouts | undefined;
  readonly vpc?: readonly Route53ZoneVpc[] | undefined;
}

export type Route53ZoneAttribute =
  | "arn" | "comment" | "delegation_set_id" | "force_destroy" | "id" | "name" | "name_servers"
  | "primary_name_server" | "tags" | "tags_all" | "vpc" | "zone_id";

/** Terraform's `aws_route53_zone`. */
export class Route53Zone extends AwsResource<Route53ZoneConfig, Route53ZoneAttribute> {
  constructor(scope: Construct, id: string, name: string, config: Route53ZoneConfig) {
    super(scope, id, name, "aws_route53_zone", config);
  }
}

export interface RouteTableTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface RouteTableConfig extends MetaArguments {
  readonly propagating_vgws?: List | undefined;
  readonly route?: readonly { readonly carrier_gateway_id: string | null; readonly cidr_block: string | null; readonly core_network_arn: string | null; readonly destination_prefix_list_id: string | null; readonly egress_only_gateway_id: string | null; readonly gateway_id: string | null; readonly ipv6_cidr_block: string | null; readonly local_gateway_id: string | null; readonly nat_gateway_id: string | null; readonly network_interface_id: string | null; readonly transit_gateway_id: string | null; readonly vpc_endpoint_id: string | null; readonly vpc_peering_connection_id: string | null }[] | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: RouteTableTimeouts | undefined;
  readonly vpc_id: string;
}

export type RouteTableAttribute =
  | "arn" | "id" | "owner_id" | "propagating_vgws" | "route" | "tags" | "tags_all" | "vpc_id";

/** Terraform's `aws_route_table`. */
export class RouteTable extends AwsResource<RouteTableConfig, RouteTableAttribute> {
  constructor(scope: Construct, id: string, name: string, config: RouteTableConfig) {
    super(scope, id, name, "aws_route_table", config);
  }
}

export interface RouteTableAssociationTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface RouteTableAssociationConfig extends MetaArguments {
  readonly gateway_id?: string | undefined;
  readonly route_table_id: string;
  readonly subnet_id?: string | undefined;
  readonly timeouts?: RouteTableAssociationTimeouts | undefined;
}

export type RouteTableAssociationAttribute =
  | "gateway_id" | "id" | "route_table_id" | "subnet_id";

/** Terraform's `aws_route_table_association`. */
export class RouteTableAssociation extends AwsResource<RouteTableAssociationConfig, RouteTableAssociationAttribute> {
  constructor(scope: Construct, id: string, name: string, config: RouteTableAssociationConfig) {
    super(scope, id, name, "aws_route_table_association", config);
  }
}

export interface S3BucketCorsRule {
  readonly allowed_headers?: List | undefined;
  readonly allowed_methods: List;
  readonly allowed_origins: List;
  readonly expose_headers?: List | undefined;
  readonly max_age_seconds?: Numeric | undefined;
}

export interface S3BucketGrant {
  readonly id?: string | undefined;
  readonly permissions: List;
  readonly type: string;
  readonly uri?: string | undefined;
}

export interface S3BucketLifecycleRuleExpiration {
  readonly date?: string | undefined;
  readonly days?: Numeric | undefined;
  readonly expired_object_delete_marker?: Bool | undefined;
}

export interface S3BucketLifecycleRuleNoncurrentVersionExpiration {
  readonly days?: Numeric | undefined;
}

export interface S3BucketLifecycleRuleNoncurrentVersionTransition {
  readonly days?: Numeric | undefined;
  readonly storage_class: string;
}

export interface S3BucketLifecycleRuleTransition {
  readonly date?: string | undefined;
  readonly days?: Numeric | undefined;
  readonly storage_class: string;
}

export interface S3BucketLifecycleRule {
  readonly abort_incomplete_multipart_upload_days?: Numeric | undefined;
  readonly enabled: Bool;
  readonly expiration?: S3BucketLifecycleRuleExpiration | undefined;
  readonly id?: string | undefined;
  readonly noncurrent_version_expiration?: S3BucketLifecycleRuleNoncurrentVersionExpiration | undefined;
  readonly noncurrent_version_transition?: readonly S3BucketLifecycleRuleNoncurrentVersionTransition[] | undefined;
  readonly prefix?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly transition?: readonly S3BucketLifecycleRuleTransition[] | undefined;
}

export interface S3BucketLogging {
  readonly target_bucket: string;
  readonly target_prefix?: string | undefined;
}

export interface S3BucketObjectLockConfigurationRuleDefaultRetention {
  readonly days?: Numeric | undefined;
  readonly mode: string;
  readonly years?: Numeric | undefined;
}

export interface S3BucketObjectLockConfigurationRule {
  readonly default_retention: S3BucketObjectLockConfigurationRuleDefaultRetention;
}

export interface S3BucketObjectLockConfiguration {
  /** @deprecated by the provider */
  readonly object_lock_enabled?: string | undefined;
  /** @deprecated by the provider */
  readonly rule?: S3BucketObjectLockConfigurationRule | undefined;
}

export interface S3BucketReplicationConfigurationRulesDestinationAccessControlTranslation {
  readonly owner: string;
}

export interface S3BucketReplicationConfigurationRulesDestinationMetrics {
  readonly minutes?: Numeric | undefined;
  readonly status?: string | undefined;
}

export interface S3BucketReplicationConfigurationRulesDestinationReplicationTime {
  readonly minutes?: Numeric | undefined;
  readonly status?: string | undefined;
}

export interface S3BucketReplicationConfigurationRulesDestination {
  readonly access_control_translation?: S3BucketReplicationConfigurationRulesDestinationAccessControlTranslation | undefined;
  readonly account_id?: string | undefined;
  readonly bucket: string;
  readonly metrics?: S3BucketReplicationConfigurationRulesDestinationMetrics | undefined;
  readonly replica_kms_key_id?: string | undefined;
  readonly replication_time?: S3BucketReplicationConfigurationRulesDestinationReplicationTime | undefined;
  readonly storage_class?: string | undefined;
}

export interface S3BucketReplicationConfigurationRulesFilter {
  readonly prefix?: string | undefined;
  readonly tags?: StringMap | undefined;
}

export interface S3BucketReplicationConfigurationRulesSourceSelectionCriteriaSseKmsEncryptedObjects {
  readonly enabled: Bool;
}

export interface S3BucketReplicationConfigurationRulesSourceSelectionCriteria {
  readonly sse_kms_encrypted_objects?: S3BucketReplicationConfigurationRulesSourceSelectionCriteriaSseKmsEncryptedObjects | undefined;
}

export interface S3BucketReplicationConfigurationRules {
  readonly delete_marker_replication_status?: string | undefined;
  readonly destination: S3BucketReplicationConfigurationRulesDestination;
  readonly filter?: S3BucketReplicationConfigurationRulesFilter | undefined;
  readonly id?: string | undefined;
  readonly prefix?: string | undefined;
  readonly priority?: Numeric | undefined;
  readonly source_selection_criteria?: S3BucketReplicationConfigurationRulesSourceSelectionCriteria | undefined;
  readonly status: string;
}

export interface S3BucketReplicationConfiguration {
  readonly role: string;
  readonly rules: readonly S3BucketReplicationConfigurationRules[];
}

export interface S3BucketServerSideEncryptionConfigurationBlockRuleApplyServerSideEncryptionByDefault {
  readonly kms_master_key_id?: string | undefined;
  readonly sse_algorithm: string;
}

export interface S3BucketServerSideEncryptionConfigurationBlockRule {
  readonly apply_server_side_encryption_by_default: S3BucketServerSideEncryptionConfigurationBlockRuleApplyServerSideEncryptionByDefault;
  readonly bucket_key_enabled?: Bool | undefined;
}

export interface S3BucketServerSideEncryptionConfigurationBlock {
  readonly rule: S3BucketServerSideEncryptionConfigurationBlockRule;
}

export interface S3BucketTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly read?: string | undefined;
  readonly update?: string | undefined;
}

export interface S3BucketVersioningBlock {
  readonly enabled?: Bool | undefined;
  readonly mfa_delete?: Bool | undefined;
}

export interface S3BucketWebsite {
  readonly error_document?: string | undefined;
  readonly index_document?: string | undefined;
  readonly redirect_all_requests_to?: string | undefined;
  readonly routing_rules?: string | undefined;
}

export interface S3BucketConfig extends MetaArguments {
  /** @deprecated by the provider */
  readonly acceleration_status?: string | undefined;
  /** @deprecated by the provider */
  readonly acl?: string | undefined;
  readonly bucket?: string | undefined;
  readonly bucket_prefix?: string | undefined;
  /** @deprecated by the provider */
  readonly cors_rule?: readonly S3BucketCorsRule[] | undefined;
  readonly force_destroy?: Bool | undefined;
  /** @deprecated by the provider */
  readonly grant?: readonly S3BucketGrant[] | undefined;
  /** @deprecated by the provider */
  readonly lifecycle_rule?: readonly S3BucketLifecycleRule[] | undefined;
  /** @deprecated by the provider */
  readonly logging?: S3BucketLogging | undefined;
  /** @deprecated by the provider */
  readonly object_lock_configuration?: S3BucketObjectLockConfiguration | undefined;
  readonly object_lock_enabled?: Bool | undefined;
  /** @deprecated by the provider */
  readonly policy?: string | undefined;
  /** @deprecated by the provider */
  readonly replication_configuration?: S3BucketReplicationConfiguration | undefined;
  /** @deprecated by the provider */
  readonly request_payer?: string | undefined;
  /** @deprecated by the provider */
  readonly server_side_encryption_configuration?: S3BucketServerSideEncryptionConfigurationBlock | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: S3BucketTimeouts | undefined;
  /** @deprecated by the provider */
  readonly versioning?: S3BucketVersioningBlock | undefined;
  /** @deprecated by the provider */
  readonly website?: S3BucketWebsite | undefined;
}

export type S3BucketAttribute =
  | "acceleration_status" | "acl" | "arn" | "bucket" | "bucket_domain_name" | "bucket_prefix"
  | "bucket_regional_domain_name" | "cors_rule" | "force_destroy" | "grant" | "hosted_zone_id" | "id"
  | "lifecycle_rule" | "logging" | "object_lock_configuration" | "object_lock_enabled" | "policy" | "region"
  | "replication_configuration" | "request_payer" | "server_side_encryption_configuration" | "tags" | "tags_all"
  | "versioning" | "website" | "website_domain" | "website_endpoint";

/** Terraform's `aws_s3_bucket`. */
export class S3Bucket extends AwsResource<S3BucketConfig, S3BucketAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketConfig) {
    super(scope, id, name, "aws_s3_bucket", config);
  }
}

export interface S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload {
  readonly days_after_initiation?: Numeric | undefined;
}

export interface S3BucketLifecycleConfigurationRuleExpiration {
  readonly date?: string | undefined;
  readonly days?: Numeric | undefined;
  readonly expired_object_delete_marker?: Bool | undefined;
}

export interface S3BucketLifecycleConfigurationRuleFilterAnd {
  readonly object_size_greater_than?: Numeric | undefined;
  readonly object_size_less_than?: Numeric | undefined;
  readonly prefix?: string | undefined;
  readonly tags?: StringMap | undefined;
}

export interface S3BucketLifecycleConfigurationRuleFilterTag {
  readonly key: string;
  readonly value: string;
}

export interface S3BucketLifecycleConfigurationRuleFilter {
  readonly and?: readonly S3BucketLifecycleConfigurationRuleFilterAnd[] | undefined;
  readonly object_size_greater_than?: Numeric | undefined;
  readonly object_size_less_than?: Numeric | undefined;
  readonly prefix?: string | undefined;
  readonly tag?: readonly S3BucketLifecycleConfigurationRuleFilterTag[] | undefined;
}

export interface S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration {
  readonly newer_noncurrent_versions?: Numeric | undefined;
  readonly noncurrent_days: Numeric;
}

export interface S3BucketLifecycleConfigurationRuleNoncurrentVersionTransition {
  readonly newer_noncurrent_versions?: Numeric | undefined;
  readonly noncurrent_days: Numeric;
  readonly storage_class: string;
}

export interface S3BucketLifecycleConfigurationRuleTransition {
  readonly date?: string | undefined;
  readonly days?: Numeric | undefined;
  readonly storage_class: string;
}

export interface S3BucketLifecycleConfigurationRule {
  readonly abort_incomplete_multipart_upload?: readonly S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload[] | undefined;
  readonly expiration?: readonly S3BucketLifecycleConfigurationRuleExpiration[] | undefined;
  readonly filter?: readonly S3BucketLifecycleConfigurationRuleFilter[] | undefined;
  readonly id: string;
  readonly noncurrent_version_expiration?: readonly S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration[] | undefined;
  readonly noncurrent_version_transition?: readonly S3BucketLifecycleConfigurationRuleNoncurrentVersionTransition[] | undefined;
  /** @deprecated by the provider */
  readonly prefix?: string | undefined;
  readonly status: string;
  readonly transition?: readonly S3BucketLifecycleConfigurationRuleTransition[] | undefined;
}

export interface S3BucketLifecycleConfigurationTimeouts {
  readonly create?: string | undefined;
  readonly update?: string | undefined;
}

export interface S3BucketLifecycleConfigurationConfig extends MetaArguments {
  readonly bucket: string;
  readonly expected_bucket_owner?: string | undefined;
  readonly rule?: readonly S3BucketLifecycleConfigurationRule[] | undefined;
  readonly timeouts?: S3BucketLifecycleConfigurationTimeouts | undefined;
  readonly transition_default_minimum_object_size?: string | undefined;
}

export type S3BucketLifecycleConfigurationAttribute =
  | "bucket" | "expected_bucket_owner" | "id" | "rule" | "transition_default_minimum_object_size";

/** Terraform's `aws_s3_bucket_lifecycle_configuration`. */
export class S3BucketLifecycleConfiguration extends AwsResource<S3BucketLifecycleConfigurationConfig, S3BucketLifecycleConfigurationAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketLifecycleConfigurationConfig) {
    super(scope, id, name, "aws_s3_bucket_lifecycle_configuration", config);
  }
}

export interface S3BucketOwnershipControlsRule {
  readonly object_ownership: string;
}

export interface S3BucketOwnershipControlsConfig extends MetaArguments {
  readonly bucket: string;
  readonly rule: S3BucketOwnershipControlsRule;
}

export type S3BucketOwnershipControlsAttribute =
  | "bucket" | "id" | "rule";

/** Terraform's `aws_s3_bucket_ownership_controls`. */
export class S3BucketOwnershipControls extends AwsResource<S3BucketOwnershipControlsConfig, S3BucketOwnershipControlsAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketOwnershipControlsConfig) {
    super(scope, id, name, "aws_s3_bucket_ownership_controls", config);
  }
}

export interface S3BucketPolicyConfig extends MetaArguments {
  readonly bucket: string;
  readonly policy: string;
}

export type S3BucketPolicyAttribute =
  | "bucket" | "id" | "policy";

/** Terraform's `aws_s3_bucket_policy`. */
export class S3BucketPolicy extends AwsResource<S3BucketPolicyConfig, S3BucketPolicyAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketPolicyConfig) {
    super(scope, id, name, "aws_s3_bucket_policy", config);
  }
}

export interface S3BucketPublicAccessBlockConfig extends MetaArguments {
  readonly block_public_acls?: Bool | undefined;
  readonly block_public_policy?: Bool | undefined;
  readonly bucket: string;
  readonly ignore_public_acls?: Bool | undefined;
  readonly restrict_public_buckets?: Bool | undefined;
}

export type S3BucketPublicAccessBlockAttribute =
  | "block_public_acls" | "block_public_policy" | "bucket" | "id" | "ignore_public_acls" | "restrict_public_buckets";

/** Terraform's `aws_s3_bucket_public_access_block`. */
export class S3BucketPublicAccessBlock extends AwsResource<S3BucketPublicAccessBlockConfig, S3BucketPublicAccessBlockAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketPublicAccessBlockConfig) {
    super(scope, id, name, "aws_s3_bucket_public_access_block", config);
  }
}

export interface S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault {
  readonly kms_master_key_id?: string | undefined;
  readonly sse_algorithm: string;
}

export interface S3BucketServerSideEncryptionConfigurationRule {
  readonly apply_server_side_encryption_by_default?: S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault | undefined;
  readonly bucket_key_enabled?: Bool | undefined;
}

export interface S3BucketServerSideEncryptionConfigurationConfig extends MetaArguments {
  readonly bucket: string;
  readonly expected_bucket_owner?: string | undefined;
  readonly rule: readonly S3BucketServerSideEncryptionConfigurationRule[];
}

export type S3BucketServerSideEncryptionConfigurationAttribute =
  | "bucket" | "expected_bucket_owner" | "id" | "rule";

/** Terraform's `aws_s3_bucket_server_side_encryption_configuration`. */
export class S3BucketServerSideEncryptionConfiguration extends AwsResource<S3BucketServerSideEncryptionConfigurationConfig, S3BucketServerSideEncryptionConfigurationAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketServerSideEncryptionConfigurationConfig) {
    super(scope, id, name, "aws_s3_bucket_server_side_encryption_configuration", config);
  }
}

export interface S3BucketVersioningVersioningConfiguration {
  readonly mfa_delete?: string | undefined;
  readonly status: string;
}

export interface S3BucketVersioningConfig extends MetaArguments {
  readonly bucket: string;
  readonly expected_bucket_owner?: string | undefined;
  readonly mfa?: string | undefined;
  readonly versioning_configuration: S3BucketVersioningVersioningConfiguration;
}

export type S3BucketVersioningAttribute =
  | "bucket" | "expected_bucket_owner" | "id" | "mfa" | "versioning_configuration";

/** Terraform's `aws_s3_bucket_versioning`. */
export class S3BucketVersioning extends AwsResource<S3BucketVersioningConfig, S3BucketVersioningAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3BucketVersioningConfig) {
    super(scope, id, name, "aws_s3_bucket_versioning", config);
  }
}

export interface S3ObjectOverrideProviderDefaultTags {
  readonly tags?: StringMap | undefined;
}

export interface S3ObjectOverrideProvider {
  readonly default_tags?: S3ObjectOverrideProviderDefaultTags | undefined;
}

export interface S3ObjectConfig extends MetaArguments {
  readonly acl?: string | undefined;
  readonly bucket: string;
  readonly bucket_key_enabled?: Bool | undefined;
  readonly cache_control?: string | undefined;
  readonly checksum_algorithm?: string | undefined;
  readonly content?: string | undefined;
  readonly content_base64?: string | undefined;
  readonly content_disposition?: string | undefined;
  readonly content_encoding?: string | undefined;
  readonly content_language?: string | undefined;
  readonly content_type?: string | undefined;
  readonly etag?: string | undefined;
  readonly force_destroy?: Bool | undefined;
  readonly key: string;
  readonly kms_key_id?: string | undefined;
  readonly metadata?: StringMap | undefined;
  readonly object_lock_legal_hold_status?: string | undefined;
  readonly object_lock_mode?: string | undefined;
  readonly object_lock_retain_until_date?: string | undefined;
  readonly override_provider?: S3ObjectOverrideProvider | undefined;
  readonly server_side_encryption?: string | undefined;
  readonly source?: string | undefined;
  readonly source_hash?: string | undefined;
  readonly storage_class?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly website_redirect?: string | undefined;
}

export type S3ObjectAttribute =
  | "acl" | "arn" | "bucket" | "bucket_key_enabled" | "cache_control" | "checksum_algorithm" | "checksum_crc32"
  | "checksum_crc32c" | "checksum_crc64nvme" | "checksum_sha1" | "checksum_sha256" | "content" | "content_base64"
  | "content_disposition" | "content_encoding" | "content_language" | "content_type" | "etag" | "force_destroy"
  | "id" | "key" | "kms_key_id" | "metadata" | "object_lock_legal_hold_status" | "object_lock_mode"
  | "object_lock_retain_until_date" | "override_provider" | "server_side_encryption" | "source" | "source_hash"
  | "storage_class" | "tags" | "tags_all" | "version_id" | "website_redirect";

/** Terraform's `aws_s3_object`. */
export class S3Object extends AwsResource<S3ObjectConfig, S3ObjectAttribute> {
  constructor(scope: Construct, id: string, name: string, config: S3ObjectConfig) {
    super(scope, id, name, "aws_s3_object", config);
  }
}

export interface SecretsmanagerSecretReplica {
  readonly kms_key_id?: string | undefined;
  readonly region: string;
}

export interface SecretsmanagerSecretConfig extends MetaArguments {
  readonly description?: string | undefined;
  readonly force_overwrite_replica_secret?: Bool | undefined;
  readonly kms_key_id?: string | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly policy?: string | undefined;
  readonly recovery_window_in_days?: Numeric | undefined;
  readonly replica?: readonly SecretsmanagerSecretReplica[] | undefined;
  readonly tags?: StringMap | undefined;
}

export type SecretsmanagerSecretAttribute =
  | "arn" | "description" | "force_overwrite_replica_secret" | "id" | "kms_key_id" | "name" | "name_prefix"
  | "policy" | "recovery_window_in_days" | "replica" | "tags" | "tags_all";

/** Terraform's `aws_secretsmanager_secret`. */
export class SecretsmanagerSecret extends AwsResource<SecretsmanagerSecretConfig, SecretsmanagerSecretAttribute> {
  constructor(scope: Construct, id: string, name: string, config: SecretsmanagerSecretConfig) {
    super(scope, id, name, "aws_secretsmanager_secret", config);
  }
}

export interface SecurityGroupTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
}

export interface SecurityGroupConfig extends MetaArguments {
  readonly description?: string | undefined;
  readonly egress?: readonly { readonly cidr_blocks: List | null; readonly description: string | null; readonly from_port: Numeric | null; readonly ipv6_cidr_blocks: List | null; readonly prefix_list_ids: List | null; readonly protocol: string | null; readonly security_groups: List | null; readonly self: Bool | null; readonly to_port: Numeric | null }[] | undefined;
  readonly ingress?: readonly { readonly cidr_blocks: List | null; readonly description: string | null; readonly from_port: Numeric | null; readonly ipv6_cidr_blocks: List | null; readonly prefix_list_ids: List | null; readonly protocol: string | null; readonly security_groups: List | null; readonly self: Bool | null; readonly to_port: Numeric | null }[] | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly revoke_rules_on_delete?: Bool | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: SecurityGroupTimeouts | undefined;
  readonly vpc_id?: string | undefined;
}

export type SecurityGroupAttribute =
  | "arn" | "description" | "egress" | "id" | "ingress" | "name" | "name_prefix" | "owner_id"
  | "revoke_rules_on_delete" | "tags" | "tags_all" | "vpc_id";

/** Terraform's `aws_security_group`. */
export class SecurityGroup extends AwsResource<SecurityGroupConfig, SecurityGroupAttribute> {
  constructor(scope: Construct, id: string, name: string, config: SecurityGroupConfig) {
    super(scope, id, name, "aws_security_group", config);
  }
}

export interface SqsQueueTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface SqsQueueConfig extends MetaArguments {
  readonly content_based_deduplication?: Bool | undefined;
  readonly deduplication_scope?: string | undefined;
  readonly delay_seconds?: Numeric | undefined;
  readonly fifo_queue?: Bool | undefined;
  readonly fifo_throughput_limit?: string | undefined;
  readonly kms_data_key_reuse_period_seconds?: Numeric | undefined;
  readonly kms_master_key_id?: string | undefined;
  readonly max_message_size?: Numeric | undefined;
  readonly message_retention_seconds?: Numeric | undefined;
  readonly name?: string | undefined;
  readonly name_prefix?: string | undefined;
  readonly policy?: string | undefined;
  readonly receive_wait_time_seconds?: Numeric | undefined;
  readonly redrive_allow_policy?: string | undefined;
  readonly redrive_policy?: string | undefined;
  readonly sqs_managed_sse_enabled?: Bool | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: SqsQueueTimeouts | undefined;
  readonly visibility_timeout_seconds?: Numeric | undefined;
}

export type SqsQueueAttribute =
  | "arn" | "content_based_deduplication" | "deduplication_scope" | "delay_seconds" | "fifo_queue"
  | "fifo_throughput_limit" | "id" | "kms_data_key_reuse_period_seconds" | "kms_master_key_id" | "max_message_size"
  | "message_retention_seconds" | "name" | "name_prefix" | "policy" | "receive_wait_time_seconds"
  | "redrive_allow_policy" | "redrive_policy" | "sqs_managed_sse_enabled" | "tags" | "tags_all" | "url"
  | "visibility_timeout_seconds";

/** Terraform's `aws_sqs_queue`. */
export class SqsQueue extends AwsResource<SqsQueueConfig, SqsQueueAttribute> {
  constructor(scope: Construct, id: string, name: string, config: SqsQueueConfig) {
    super(scope, id, name, "aws_sqs_queue", config);
  }
}

export interface SsmParameterConfig extends MetaArguments {
  readonly allowed_pattern?: string | undefined;
  readonly arn?: string | undefined;
  readonly data_type?: string | undefined;
  readonly description?: string | undefined;
  readonly insecure_value?: string | undefined;
  readonly key_id?: string | undefined;
  readonly name: string;
  readonly overwrite?: Bool | undefined;
  readonly tags?: StringMap | undefined;
  readonly tier?: string | undefined;
  readonly type: string;
  readonly value?: string | undefined;
  readonly value_wo?: string | undefined;
  readonly value_wo_version?: Numeric | undefined;
}

export type SsmParameterAttribute =
  | "allowed_pattern" | "arn" | "data_type" | "description" | "has_value_wo" | "id" | "insecure_value" | "key_id"
  | "name" | "overwrite" | "tags" | "tags_all" | "tier" | "type" | "value" | "value_wo" | "value_wo_version"
  | "version";

/** Terraform's `aws_ssm_parameter`. */
export class SsmParameter extends AwsResource<SsmParameterConfig, SsmParameterAttribute> {
  constructor(scope: Construct, id: string, name: string, config: SsmParameterConfig) {
    super(scope, id, name, "aws_ssm_parameter", config);
  }
}

export interface SubnetTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
}

export interface SubnetConfig extends MetaArguments {
  readonly assign_ipv6_address_on_creation?: Bool | undefined;
  readonly availability_zone?: string | undefined;
  readonly availability_zone_id?: string | undefined;
  readonly cidr_block?: string | undefined;
  readonly customer_owned_ipv4_pool?: string | undefined;
  readonly enable_dns64?: Bool | undefined;
  readonly enable_lni_at_device_index?: Numeric | undefined;
  readonly enable_resource_name_dns_a_record_on_launch?: Bool | undefined;
  readonly enable_resource_name_dns_aaaa_record_on_launch?: Bool | undefined;
  readonly ipv6_cidr_block?: string | undefined;
  readonly ipv6_native?: Bool | undefined;
  readonly map_customer_owned_ip_on_launch?: Bool | undefined;
  readonly map_public_ip_on_launch?: Bool | undefined;
  readonly outpost_arn?: string | undefined;
  readonly private_dns_hostname_type_on_launch?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: SubnetTimeouts | undefined;
  readonly vpc_id: string;
}

export type SubnetAttribute =
  | "arn" | "assign_ipv6_address_on_creation" | "availability_zone" | "availability_zone_id" | "cidr_block"
  | "customer_owned_ipv4_pool" | "enable_dns64" | "enable_lni_at_device_index"
  | "enable_resource_name_dns_a_record_on_launch" | "enable_resource_name_dns_aaaa_record_on_launch" | "id"
  | "ipv6_cidr_block" | "ipv6_cidr_block_association_id" | "ipv6_native" | "map_customer_owned_ip_on_launch"
  | "map_public_ip_on_launch" | "outpost_arn" | "owner_id" | "private_dns_hostname_type_on_launch" | "tags"
  | "tags_all" | "vpc_id";

/** Terraform's `aws_subnet`. */
export class Subnet extends AwsResource<SubnetConfig, SubnetAttribute> {
  constructor(scope: Construct, id: string, name: string, config: SubnetConfig) {
    super(scope, id, name, "aws_subnet", config);
  }
}

export interface VpcConfig extends MetaArguments {
  readonly assign_generated_ipv6_cidr_block?: Bool | undefined;
  readonly cidr_block?: string | undefined;
  readonly enable_dns_hostnames?: Bool | undefined;
  readonly enable_dns_support?: Bool | undefined;
  readonly enable_network_address_usage_metrics?: Bool | undefined;
  readonly instance_tenancy?: string | undefined;
  readonly ipv4_ipam_pool_id?: string | undefined;
  readonly ipv4_netmask_length?: Numeric | undefined;
  readonly ipv6_cidr_block?: string | undefined;
  readonly ipv6_cidr_block_network_border_group?: string | undefined;
  readonly ipv6_ipam_pool_id?: string | undefined;
  readonly ipv6_netmask_length?: Numeric | undefined;
  readonly tags?: StringMap | undefined;
}

export type VpcAttribute =
  | "arn" | "assign_generated_ipv6_cidr_block" | "cidr_block" | "default_network_acl_id" | "default_route_table_id"
  | "default_security_group_id" | "dhcp_options_id" | "enable_dns_hostnames" | "enable_dns_support"
  | "enable_network_address_usage_metrics" | "id" | "instance_tenancy" | "ipv4_ipam_pool_id" | "ipv4_netmask_length"
  | "ipv6_association_id" | "ipv6_cidr_block" | "ipv6_cidr_block_network_border_group" | "ipv6_ipam_pool_id"
  | "ipv6_netmask_length" | "main_route_table_id" | "owner_id" | "tags" | "tags_all";

/** Terraform's `aws_vpc`. */
export class Vpc extends AwsResource<VpcConfig, VpcAttribute> {
  constructor(scope: Construct, id: string, name: string, config: VpcConfig) {
    super(scope, id, name, "aws_vpc", config);
  }
}

export interface VpcEndpointDnsOptions {
  readonly dns_record_ip_type?: string | undefined;
  readonly private_dns_only_for_inbound_resolver_endpoint?: Bool | undefined;
}

export interface VpcEndpointSubnetConfiguration {
  readonly ipv4?: string | undefined;
  readonly ipv6?: string | undefined;
  readonly subnet_id?: string | undefined;
}

export interface VpcEndpointTimeouts {
  readonly create?: string | undefined;
  readonly delete?: string | undefined;
  readonly update?: string | undefined;
}

export interface VpcEndpointConfig extends MetaArguments {
  readonly auto_accept?: Bool | undefined;
  readonly dns_options?: VpcEndpointDnsOptions | undefined;
  readonly ip_address_type?: string | undefined;
  readonly policy?: string | undefined;
  readonly private_dns_enabled?: Bool | undefined;
  readonly resource_configuration_arn?: string | undefined;
  readonly route_table_ids?: List | undefined;
  readonly security_group_ids?: List | undefined;
  readonly service_name?: string | undefined;
  readonly service_network_arn?: string | undefined;
  readonly service_region?: string | undefined;
  readonly subnet_configuration?: readonly VpcEndpointSubnetConfiguration[] | undefined;
  readonly subnet_ids?: List | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: VpcEndpointTimeouts | undefined;
  readonly vpc_endpoint_type?: string | undefined;
  readonly vpc_id: string;
}

export type VpcEndpointAttribute =
  | "arn" | "auto_accept" | "cidr_blocks" | "dns_entry" | "dns_options" | "id" | "ip_address_type"
  | "network_interface_ids" | "owner_id" | "policy" | "prefix_list_id" | "private_dns_enabled" | "requester_managed"
  | "resource_configuration_arn" | "route_table_ids" | "security_group_ids" | "service_name" | "service_network_arn"
  | "service_region" | "state" | "subnet_configuration" | "subnet_ids" | "tags" | "tags_all" | "vpc_endpoint_type"
  | "vpc_id";

/** Terraform's `aws_vpc_endpoint`. */
export class VpcEndpoint extends AwsResource<VpcEndpointConfig, VpcEndpointAttribute> {
  constructor(scope: Construct, id: string, name: string, config: VpcEndpointConfig) {
    super(scope, id, name, "aws_vpc_endpoint", config);
  }
}

export interface VpcSecurityGroupEgressRuleConfig extends MetaArguments {
  readonly cidr_ipv4?: string | undefined;
  readonly cidr_ipv6?: string | undefined;
  readonly description?: string | undefined;
  readonly from_port?: Numeric | undefined;
  readonly ip_protocol: string;
  readonly prefix_list_id?: string | undefined;
  readonly referenced_security_group_id?: string | undefined;
  readonly security_group_id: string;
  readonly tags?: StringMap | undefined;
  readonly to_port?: Numeric | undefined;
}

export type VpcSecurityGroupEgressRuleAttribute =
  | "arn" | "cidr_ipv4" | "cidr_ipv6" | "description" | "from_port" | "id" | "ip_protocol" | "prefix_list_id"
  | "referenced_security_group_id" | "security_group_id" | "security_group_rule_id" | "tags" | "tags_all" | "to_port";

/** Terraform's `aws_vpc_security_group_egress_rule`. */
export class VpcSecurityGroupEgressRule extends AwsResource<VpcSecurityGroupEgressRuleConfig, VpcSecurityGroupEgressRuleAttribute> {
  constructor(scope: Construct, id: string, name: string, config: VpcSecurityGroupEgressRuleConfig) {
    super(scope, id, name, "aws_vpc_security_group_egress_rule", config);
  }
}

export interface VpcSecurityGroupIngressRuleConfig extends MetaArguments {
  readonly cidr_ipv4?: string | undefined;
  readonly cidr_ipv6?: string | undefined;
  readonly description?: string | undefined;
  readonly from_port?: Numeric | undefined;
  readonly ip_protocol: string;
  readonly prefix_list_id?: string | undefined;
  readonly referenced_security_group_id?: string | undefined;
  readonly security_group_id: string;
  readonly tags?: StringMap | undefined;
  readonly to_port?: Numeric | undefined;
}

export type VpcSecurityGroupIngressRuleAttribute =
  | "arn" | "cidr_ipv4" | "cidr_ipv6" | "description" | "from_port" | "id" | "ip_protocol" | "prefix_list_id"
  | "referenced_security_group_id" | "security_group_id" | "security_group_rule_id" | "tags" | "tags_all" | "to_port";

/** Terraform's `aws_vpc_security_group_ingress_rule`. */
export class VpcSecurityGroupIngressRule extends AwsResource<VpcSecurityGroupIngressRuleConfig, VpcSecurityGroupIngressRuleAttribute> {
  constructor(scope: Construct, id: string, name: string, config: VpcSecurityGroupIngressRuleConfig) {
    super(scope, id, name, "aws_vpc_security_group_ingress_rule", config);
  }
}

export interface DataAmiFilter {
  readonly name: string;
  readonly values: List;
}

export interface DataAmiTimeouts {
  readonly read?: string | undefined;
}

export interface DataAmiConfig extends MetaArguments {
  readonly executable_users?: List | undefined;
  readonly filter?: readonly DataAmiFilter[] | undefined;
  readonly include_deprecated?: Bool | undefined;
  readonly most_recent?: Bool | undefined;
  readonly name_regex?: string | undefined;
  readonly owners?: List | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: DataAmiTimeouts | undefined;
  readonly uefi_data?: string | undefined;
}

export type DataAmiAttribute =
  | "architecture" | "arn" | "block_device_mappings" | "boot_mode" | "creation_date" | "deprecation_time"
  | "description" | "ena_support" | "executable_users" | "filter" | "hypervisor" | "id" | "image_id"
  | "image_location" | "image_owner_alias" | "image_type" | "imds_support" | "include_deprecated" | "kernel_id"
  | "last_launched_time" | "most_recent" | "name" | "name_regex" | "owner_id" | "owners" | "platform"
  | "platform_details" | "product_codes" | "public" | "ramdisk_id" | "root_device_name" | "root_device_type"
  | "root_snapshot_id" | "sriov_net_support" | "state" | "state_reason" | "tags" | "tpm_support" | "uefi_data"
  | "usage_operation" | "virtualization_type";

/** Terraform's `data.aws_ami`. */
export class DataAmi extends AwsData<DataAmiConfig, DataAmiAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataAmiConfig) {
    super(scope, id, name, "aws_ami", config);
  }
}

export interface DataAvailabilityZonesFilter {
  readonly name: string;
  readonly values: List;
}

export interface DataAvailabilityZonesTimeouts {
  readonly read?: string | undefined;
}

export interface DataAvailabilityZonesConfig extends MetaArguments {
  readonly all_availability_zones?: Bool | undefined;
  readonly exclude_names?: List | undefined;
  readonly exclude_zone_ids?: List | undefined;
  readonly filter?: readonly DataAvailabilityZonesFilter[] | undefined;
  readonly state?: string | undefined;
  readonly timeouts?: DataAvailabilityZonesTimeouts | undefined;
}

export type DataAvailabilityZonesAttribute =
  | "all_availability_zones" | "exclude_names" | "exclude_zone_ids" | "filter" | "group_names" | "id" | "names"
  | "state" | "zone_ids";

/** Terraform's `data.aws_availability_zones`. */
export class DataAvailabilityZones extends AwsData<DataAvailabilityZonesConfig, DataAvailabilityZonesAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataAvailabilityZonesConfig) {
    super(scope, id, name, "aws_availability_zones", config);
  }
}

export type DataCallerIdentityConfig = Readonly<Record<string, never>>;

export type DataCallerIdentityAttribute =
  | "account_id" | "arn" | "id" | "user_id";

/** Terraform's `data.aws_caller_identity`. */
export class DataCallerIdentity extends AwsData<DataCallerIdentityConfig, DataCallerIdentityAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataCallerIdentityConfig) {
    super(scope, id, name, "aws_caller_identity", config);
  }
}

export interface DataIamPolicyDocumentStatementCondition {
  readonly test: string;
  readonly values: List;
  readonly variable: string;
}

export interface DataIamPolicyDocumentStatementNotPrincipals {
  readonly identifiers: List;
  readonly type: string;
}

export interface DataIamPolicyDocumentStatementPrincipals {
  readonly identifiers: List;
  readonly type: string;
}

export interface DataIamPolicyDocumentStatement {
  readonly actions?: List | undefined;
  readonly condition?: readonly DataIamPolicyDocumentStatementCondition[] | undefined;
  readonly effect?: string | undefined;
  readonly not_actions?: List | undefined;
  readonly not_principals?: readonly DataIamPolicyDocumentStatementNotPrincipals[] | undefined;
  readonly not_resources?: List | undefined;
  readonly principals?: readonly DataIamPolicyDocumentStatementPrincipals[] | undefined;
  readonly resources?: List | undefined;
  readonly sid?: string | undefined;
}

export interface DataIamPolicyDocumentConfig extends MetaArguments {
  /** @deprecated by the provider */
  readonly override_json?: string | undefined;
  readonly override_policy_documents?: List | undefined;
  readonly policy_id?: string | undefined;
  /** @deprecated by the provider */
  readonly source_json?: string | undefined;
  readonly source_policy_documents?: List | undefined;
  readonly statement?: readonly DataIamPolicyDocumentStatement[] | undefined;
  readonly version?: string | undefined;
}

export type DataIamPolicyDocumentAttribute =
  | "id" | "json" | "minified_json" | "override_json" | "override_policy_documents" | "policy_id" | "source_json"
  | "source_policy_documents" | "statement" | "version";

/** Terraform's `data.aws_iam_policy_document`. */
export class DataIamPolicyDocument extends AwsData<DataIamPolicyDocumentConfig, DataIamPolicyDocumentAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataIamPolicyDocumentConfig) {
    super(scope, id, name, "aws_iam_policy_document", config);
  }
}

export type DataPartitionConfig = Readonly<Record<string, never>>;

export type DataPartitionAttribute =
  | "dns_suffix" | "id" | "partition" | "reverse_dns_prefix";

/** Terraform's `data.aws_partition`. */
export class DataPartition extends AwsData<DataPartitionConfig, DataPartitionAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataPartitionConfig) {
    super(scope, id, name, "aws_partition", config);
  }
}

export interface DataRegionConfig extends MetaArguments {
  readonly endpoint?: string | undefined;
  readonly name?: string | undefined;
}

export type DataRegionAttribute =
  | "description" | "endpoint" | "id" | "name";

/** Terraform's `data.aws_region`. */
export class DataRegion extends AwsData<DataRegionConfig, DataRegionAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataRegionConfig) {
    super(scope, id, name, "aws_region", config);
  }
}

export interface DataSsmParameterConfig extends MetaArguments {
  readonly name: string;
  readonly with_decryption?: Bool | undefined;
}

export type DataSsmParameterAttribute =
  | "arn" | "id" | "insecure_value" | "name" | "type" | "value" | "version" | "with_decryption";

/** Terraform's `data.aws_ssm_parameter`. */
export class DataSsmParameter extends AwsData<DataSsmParameterConfig, DataSsmParameterAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataSsmParameterConfig) {
    super(scope, id, name, "aws_ssm_parameter", config);
  }
}

export interface DataSubnetsFilter {
  readonly name: string;
  readonly values: List;
}

export interface DataSubnetsTimeouts {
  readonly read?: string | undefined;
}

export interface DataSubnetsConfig extends MetaArguments {
  readonly filter?: readonly DataSubnetsFilter[] | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: DataSubnetsTimeouts | undefined;
}

export type DataSubnetsAttribute =
  | "filter" | "id" | "ids" | "tags";

/** Terraform's `data.aws_subnets`. */
export class DataSubnets extends AwsData<DataSubnetsConfig, DataSubnetsAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataSubnetsConfig) {
    super(scope, id, name, "aws_subnets", config);
  }
}

export interface DataVpcFilter {
  readonly name: string;
  readonly values: List;
}

export interface DataVpcTimeouts {
  readonly read?: string | undefined;
}

export interface DataVpcConfig extends MetaArguments {
  readonly cidr_block?: string | undefined;
  readonly default?: Bool | undefined;
  readonly dhcp_options_id?: string | undefined;
  readonly filter?: readonly DataVpcFilter[] | undefined;
  readonly state?: string | undefined;
  readonly tags?: StringMap | undefined;
  readonly timeouts?: DataVpcTimeouts | undefined;
}

export type DataVpcAttribute =
  | "arn" | "cidr_block" | "cidr_block_associations" | "default" | "dhcp_options_id" | "enable_dns_hostnames"
  | "enable_dns_support" | "enable_network_address_usage_metrics" | "filter" | "id" | "instance_tenancy"
  | "ipv6_association_id" | "ipv6_cidr_block" | "main_route_table_id" | "owner_id" | "state" | "tags";

/** Terraform's `data.aws_vpc`. */
export class DataVpc extends AwsData<DataVpcConfig, DataVpcAttribute> {
  constructor(scope: Construct, id: string, name: string, config: DataVpcConfig) {
    super(scope, id, name, "aws_vpc", config);
  }
}
