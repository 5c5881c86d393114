// Logs of AWS, Azure and Google Cloud.
export const CLOUD_PLATFORMS_TABLES = {
  AWSCloudTrail: `
    AwsEventId:string EventVersion:string EventSource:string EventTypeName:string EventName:string
    UserIdentityType:string UserIdentityPrincipalid:string UserIdentityArn:string
    UserIdentityAccountId:string UserIdentityInvokedBy:string UserIdentityAccessKeyId:string
    UserIdentityUserName:string SessionMfaAuthenticated:bool SessionCreationDate:datetime
    SessionIssuerType:string SessionIssuerPrincipalId:string SessionIssuerArn:string
    SessionIssuerAccountId:string SessionIssuerUserName:string AWSRegion:string SourceIpAddress:string
    UserAgent:string ErrorCode:string ErrorMessage:string RequestParameters:string ResponseElements:string
    AdditionalEventData:string AwsRequestId:string AwsRequestId_:string Resources:string APIVersion:string
    ReadOnly:bool RecipientAccountId:string ServiceEventDetails:string SharedEventId:string
    VpcEndpointId:string ManagementEvent:bool OperationName:string Category:string EC2RoleDelivery:string
    TlsVersion:string CipherSuite:string ClientProvidedHostHeader:string IpProtocol:string SourcePort:string
    DestinationPort:string CidrIp:string UserIdentityUserId:string UserIdentityStoreArn:string
    _IsBillable:string _BilledSize:real
  `,
  AWSGuardDuty: `
    SchemaVersion:string AccountId:string Region:string Partition:string Id:string Arn:string
    ActivityType:string ResourceDetails:dynamic ServiceDetails:dynamic Severity:int TimeCreated:datetime
    Title:string Description:string _IsBillable:string _BilledSize:real
  `,
  ApiManagementGatewayLogs: `
    OperationName:string CorrelationId:string Region:string IsRequestSuccess:bool Category:string
    TotalTime:long CallerIpAddress:string Method:string Url:string ClientProtocol:string ResponseCode:int
    BackendMethod:string BackendUrl:string BackendResponseCode:int BackendProtocol:string RequestSize:int
    ResponseSize:int Cache:string CacheTime:long BackendTime:long ClientTime:long ApiId:string
    OperationId:string ProductId:string UserId:string ApimSubscriptionId:string BackendId:string
    LastErrorElapsed:long LastErrorSource:string LastErrorScope:string LastErrorSection:string
    LastErrorReason:string LastErrorMessage:string ApiRevision:string ClientTlsVersion:string
    RequestHeaders:dynamic ResponseHeaders:dynamic BackendRequestHeaders:dynamic
    BackendResponseHeaders:dynamic RequestBody:string ResponseBody:string BackendRequestBody:string
    BackendResponseBody:string Errors:dynamic TraceRecords:dynamic IsTraceRequested:bool IsTraceExpired:bool
    IsTraceAllowed:bool IsMasterTrace:bool WorkspaceId:string _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
  AzureActivity: `
    OperationName:string OperationNameValue:string Level:string ActivityStatus:string
    ActivityStatusValue:string ActivitySubstatus:string ActivitySubstatusValue:string ResourceGroup:string
    SubscriptionId:string CorrelationId:string Caller:string CallerIpAddress:string Category:string
    CategoryValue:string HTTPRequest:string Properties:string EventSubmissionTimestamp:datetime
    Authorization:string ResourceId:string OperationId:string ResourceProvider:string
    ResourceProviderValue:string Resource:string EventDataId:string Authorization_d:dynamic Claims:string
    Claims_d:dynamic Properties_d:dynamic Hierarchy:string _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
  AzureDiagnostics: `
    ResourceId:string Category:string ResourceGroup:string SubscriptionId:string ResourceProvider:string
    Resource:string ResourceType:string OperationName:string ResultType:string CorrelationId:string
    ResultDescription:string _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
    action_id_s:string action_name_s:string action_s:string ActivityId_g:guid AdHocOrScheduledJob_s:string
    application_name_s:string audit_schema_version_d:real avg_cpu_percent_s:string avg_mean_time_s:string
    backendHostname_s:string Caller_s:string callerId_s:string CallerIPAddress:string calls_s:string
    client_ip_s:string clientInfo_s:string clientIP_s:string clientIp_s:string clientIpAddress_s:string
    clientPort_d:real code_s:string collectionName_s:string conditions_destinationIP_s:string
    conditions_destinationPortRange_s:string conditions_None_s:string conditions_protocols_s:string
    conditions_sourceIP_s:string conditions_sourcePortRange_s:string count_executions_d:real cpu_time_d:real
    database_name_s:string database_principal_name_s:string DatabaseName_s:string db_id_s:string
    direction_s:string dop_d:real duration_d:real duration_milliseconds_d:real DurationMs:long
    ElasticPoolName_s:string endTime_t:datetime Environment_s:string error_code_s:string
    error_message_s:string errorLevel_s:string event_class_s:string event_s:string event_subclass_s:string
    event_time_t:datetime EventName_s:string execution_type_d:real executionInfo_endTime_t:datetime
    executionInfo_exitCode_d:real executionInfo_startTime_t:datetime host_s:string httpMethod_s:string
    httpStatus_d:real httpStatusCode_d:real httpStatusCode_s:string httpVersion_s:string id_s:string
    identity_claim_appid_g:guid identity_claim_ipaddr_s:string instanceId_s:string interval_end_time_d:real
    interval_start_time_d:real ip_s:string is_column_permission_s:string isAccessPolicyMatch_b:bool
    JobDurationInSecs_s:string JobFailureCode_s:string JobId_g:guid jobId_s:string JobOperation_s:string
    JobOperationSubType_s:string JobStartDateTime_s:string JobStatus_s:string JobUniqueId_g:guid
    Level:string log_bytes_used_d:real logical_io_reads_d:real logical_io_writes_d:real
    LogicalServerName_s:string macAddress_s:string matchedConnections_d:real max_cpu_time_d:real
    max_dop_d:real max_duration_d:real max_log_bytes_used_d:real max_logical_io_reads_d:real
    max_logical_io_writes_d:real max_num_physical_io_reads_d:real max_physical_io_reads_d:real
    max_query_max_used_memory_d:real max_rowcount_d:real max_time_s:string mean_time_s:string Message:string
    min_time_s:string msg_s:string num_physical_io_reads_d:real object_id_d:real object_name_s:string
    OperationVersion:string partitionKey_s:string physical_io_reads_d:real plan_id_d:real policy_s:string
    policyMode_s:string primaryIPv4Address_s:string priority_d:real properties_enabledForDeployment_b:bool
    properties_enabledForDiskEncryption_b:bool properties_enabledForTemplateDeployment_b:bool
    properties_s:string properties_sku_Family_s:string properties_sku_Name_s:string
    properties_tenantId_g:guid query_hash_s:string query_id_d:real query_max_used_memory_d:real
    query_plan_hash_s:string query_time_d:real querytext_s:string receivedBytes_d:real Region_s:string
    requestCharge_s:string requestQuery_s:string requestResourceId_s:string requestResourceType_s:string
    requestUri_s:string reserved_storage_mb_s:string resource_actionName_s:string resource_location_s:string
    resource_originRunId_s:string resource_resourceGroupName_s:string resource_runId_s:string
    resource_subscriptionId_g:guid resource_triggerName_s:string resource_workflowId_g:guid
    resource_workflowName_s:string response_rows_d:real resultCode_s:string
    resultDescription_ChildJobs_s:string resultDescription_ErrorJobs_s:string resultMessage_s:string
    ResultSignature:string rootCauseAnalysis_s:string routingRuleName_s:string rowcount_d:real
    ruleName_s:string RunbookName_s:string RunOn_s:string schema_name_s:string sentBytes_d:real
    sequence_group_id_g:guid sequence_number_d:real server_principal_sid_s:string session_id_d:real
    addedAccessPolicy_TenantId_g:string addedAccessPolicy_Permissions_certificates_s:string
    addedAccessPolicy_Permissions_secrets_s:string addedAccessPolicy_Permissions_keys_s:string
    identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s:string
    addedAccessPolicy_ObjectId_g:string removedAccessPolicy_ObjectId_g:string
    identity_claim_http_schemas_microsoft_com_identity_claims_objectidentifier_g:string
    identity_claim_oid_g:string identity_claim_upn_s:string
  `,
  GCPAuditLogs: `
    ServiceName:string MethodName:string GCPResourceName:string NumResponseItems:string Status:dynamic
    AuthenticationInfo:dynamic AuthorizationInfo:dynamic RequestMetadata:dynamic Request:dynamic
    Response:dynamic Metadata:dynamic StatusMessage:string PrincipalEmail:string LogName:string
    ProjectId:string Severity:string GCPResourceType:string Subscription:string ResourceLocation:dynamic
    ResourceOriginalState:dynamic ServiceData:dynamic InsertId:string _IsBillable:string _BilledSize:real
  `,
  StorageBlobLogs: `
    AccountName:string Location:string Protocol:string OperationName:string AuthenticationType:string
    StatusCode:string StatusText:string DurationMs:real ServerLatencyMs:real Uri:string
    CallerIpAddress:string CorrelationId:string SchemaVersion:string OperationVersion:string
    AuthenticationHash:string RequesterObjectId:string RequesterTenantId:string RequesterAppId:string
    RequesterAudience:string RequesterTokenIssuer:string RequesterUpn:string AuthorizationDetails:dynamic
    UserAgentHeader:string ReferrerHeader:string ClientRequestId:string Etag:string ServiceType:string
    OperationCount:int ObjectKey:string RequestHeaderSize:long RequestBodySize:long ResponseHeaderSize:long
    ResponseBodySize:long RequestMd5:string ResponseMd5:string LastModifiedTime:datetime
    ConditionsUsed:string ContentLengthHeader:long Category:string TlsVersion:string SasExpiryStatus:string
    MetricResponseType:string SourceUri:string DestinationUri:string AccessTier:string
    SourceAccessTier:string RehydratePriority:string _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  StorageFileLogs: `
    AccountName:string Location:string Protocol:string OperationName:string AuthenticationType:string
    StatusCode:string StatusText:string DurationMs:real ServerLatencyMs:real Uri:string
    CallerIpAddress:string CorrelationId:string SchemaVersion:string OperationVersion:string
    AuthenticationHash:string RequesterObjectId:string RequesterTenantId:string RequesterAppId:string
    RequesterAudience:string RequesterTokenIssuer:string RequesterUpn:string RequesterUserName:string
    AuthorizationDetails:dynamic SmbPrimarySID:string UserAgentHeader:string ReferrerHeader:string
    ClientRequestId:string Etag:string ServiceType:string OperationCount:int ObjectKey:string
    RequestHeaderSize:long RequestBodySize:long ResponseHeaderSize:long ResponseBodySize:long
    RequestMd5:string ResponseMd5:string LastModifiedTime:datetime ConditionsUsed:string
    ContentLengthHeader:long Category:string TlsVersion:string SmbTreeConnectID:string
    SmbPersistentHandleID:string SmbVolatileHandleID:string SmbMessageID:string SmbCreditsConsumed:int
    SmbCommandDetail:string SmbFileId:string SmbSessionID:string SmbCommandMajor:int SmbCommandMinor:string
    SasExpiryStatus:string MetricResponseType:string SmbStatusCode:string _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  StorageQueueLogs: `
    AccountName:string Location:string Protocol:string OperationName:string AuthenticationType:string
    StatusCode:string StatusText:string DurationMs:real ServerLatencyMs:real Uri:string
    CallerIpAddress:string CorrelationId:string SchemaVersion:string OperationVersion:string
    AuthenticationHash:string RequesterObjectId:string RequesterTenantId:string RequesterAppId:string
    RequesterAudience:string RequesterTokenIssuer:string RequesterUpn:string AuthorizationDetails:dynamic
    UserAgentHeader:string ReferrerHeader:string ClientRequestId:string Etag:string ServiceType:string
    OperationCount:int ObjectKey:string RequestHeaderSize:long RequestBodySize:long ResponseHeaderSize:long
    ResponseBodySize:long RequestMd5:string ResponseMd5:string LastModifiedTime:datetime
    ConditionsUsed:string ContentLengthHeader:long Category:string TlsVersion:string SasExpiryStatus:string
    MetricResponseType:string _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  StorageTableLogs: `
    AccountName:string Location:string Protocol:string OperationName:string AuthenticationType:string
    StatusCode:string StatusText:string DurationMs:real ServerLatencyMs:real Uri:string
    CallerIpAddress:string CorrelationId:string SchemaVersion:string OperationVersion:string
    AuthenticationHash:string RequesterObjectId:string RequesterTenantId:string RequesterAppId:string
    RequesterAudience:string RequesterTokenIssuer:string RequesterUpn:string AuthorizationDetails:dynamic
    UserAgentHeader:string ReferrerHeader:string ClientRequestId:string Etag:string ServiceType:string
    OperationCount:int ObjectKey:string RequestHeaderSize:long RequestBodySize:long ResponseHeaderSize:long
    ResponseBodySize:long RequestMd5:string ResponseMd5:string LastModifiedTime:datetime
    ConditionsUsed:string ContentLengthHeader:long Category:string TlsVersion:string SasExpiryStatus:string
    MetricResponseType:string _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
} as const;
