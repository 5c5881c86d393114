// Alerts, incidents, indicators, watchlists and health of a workspace.
export const SENTINEL_WORKSPACE_TABLES = {
  Alert: `
    AlertPriority:string AlertSeverity:string SourceDisplayName:string SourceFullName:string AlertId:string
    AlertName:string AlertDescription:string RepeatCount:int AlertState:string ResolvedBy:string
    LastModifiedBy:string TimeRaised:datetime TimeResolved:datetime TimeLastModified:datetime
    AlertContext:string TicketId:string Custom1:string Custom2:string Custom3:string Custom4:string
    Custom5:string Custom6:string Custom7:string Custom8:string Custom9:string Custom10:string
    ManagementGroupName:string PriorityNumber:int HostName:string StateType:string
    AlertTypeDescription:string AlertTypeNumber:int AlertError:string StatusDescription:string
    AlertStatus:int TriggerId:string Url:string ValueDescription:string AlertValue:int Comments:string
    TemplateId:string FlagsDescription:string Flags:int ValueFlagsDescription:string ValueFlags:int
    Expression:string QueryExecutionStartTime:datetime QueryExecutionEndTime:datetime Query:string
    RemediationJobId:string RemediationRunbookName:string AlertRuleId:string AlertRuleInstanceId:string
    ThresholdOperator:string ThresholdValue:int LinkToSearchResults:string ServiceDeskConnectionName:string
    ServiceDeskId:string ServiceDeskWorkItemLink:string ServiceDeskWorkItemType:string ResourceId:string
    ResourceType:string ResourceValue:string RootObjectName:string ObjectDisplayName:string Computer:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  Anomalies: `
    Id:string WorkspaceId:string VendorName:string AnomalyTemplateId:string AnomalyTemplateName:string
    AnomalyTemplateVersion:string RuleId:string RuleStatus:string RuleName:string RuleConfigVersion:string
    Score:real Description:string StartTime:datetime EndTime:datetime ExtendedLinks:dynamic Tactics:string
    Techniques:string UserName:string UserPrincipalName:string SourceIpAddress:string SourceLocation:dynamic
    SourceDevice:string DestinationIpAddress:string DestinationLocation:dynamic DestinationDevice:string
    ActivityInsights:dynamic DeviceInsights:dynamic UserInsights:dynamic AnomalyReasons:dynamic
    Entities:dynamic ExtendedProperties:dynamic AnomalyDetails:dynamic _IsBillable:string _BilledSize:real
  `,
  BehaviorAnalytics: `
    SourceRecordId:string TimeProcessed:datetime ActivityType:string ActionType:string UserName:string
    UserPrincipalName:string EventSource:string SourceIPAddress:string SourceIPLocation:string
    SourceDevice:string DestinationIPAddress:string DestinationIPLocation:string DestinationDevice:string
    EventVendor:string EventProductVersion:string ActorName:string ActorPrincipalName:string
    TargetName:string TargetPrincipalName:string Device:string UsersInsights:dynamic DevicesInsights:dynamic
    ActivityInsights:dynamic NativeTableName:string InvestigationPriority:int _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  LAQueryLogs: `
    CorrelationId:string RecordKind:string AADObjectId:string AADTenantId:string AADEmail:string
    AADClientId:string ConditionalDataAccess:string QueryTimeRangeStart:datetime QueryTimeRangeEnd:datetime
    QueryText:string QueryThumbprint:string RequestClientApp:string RequestTarget:string
    RequestContext:dynamic RequestContextFilters:dynamic ResponseCode:int ResponseRowCount:int
    ResponseDurationMs:real StatsCPUTimeMs:real StatsDataProcessedStart:datetime
    StatsDataProcessedEnd:datetime StatsWorkspaceCount:int StatsRegionCount:int IsBillableQuery:bool
    ScannedGB:real WorkspaceRegion:string IsWorkspaceInFailover:bool _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
  NetworkAccessTraffic: `
    TransactionId:string ConnectionId:string SessionId:string TrafficType:string DeviceCategory:string
    DestinationIp:string DestinationPort:int DestinationFqdn:string SourceIp:string SourcePort:int
    DeviceOperatingSystem:string DeviceOperatingSystemVersion:string AgentVersion:string DeviceId:string
    UserId:string UserPrincipalName:string TransportProtocol:string NetworkProtocol:string Action:string
    PolicyRuleId:string PolicyId:string SentBytes:long ReceivedBytes:long ReferrerHeader:string
    OriginHeader:string XForwardedFor:string DestinationWebCategories:string FilteringProfileId:string
    FilteringProfileName:string PolicyName:string RuleName:string InitiatingProcessName:string
    ResourceTenantId:string ThreatType:string DestinationUrl:string Description:string AppId:string
    ConnectorId:string ConnectorName:string ConnectorIp:string ConnectionStatus:string AccessType:string
    ProcessingRegion:string AppSegmentId:string RemoteNetworkId:string HttpMethod:string ResponseCode:int
    Token3PExpiry:datetime Token3PValidFrom:datetime Token3PIssuedAt:datetime Token3PUniqueId:string
    TlsAction:string TlsStatus:string TlsPolicyId:string TlsPolicyName:string UniqueTokenId:string
    VendorNames:string CloudAppCatalogId:string CloudAppName:string CloudAppCategory:string
    CloudAppCategories:string CloudAppGeneralScore:int CloudAppRiskScore:int CloudAppComplianceScore:int
    CloudAppLegalScore:int CloudAppLoginUser:string HttpRequestContentType:string
    HttpResponseContentType:string HttpUserAgent:string TlsRuleId:string TlsRuleName:string
    DnsResponseOrigin:string AIAgentId:string AIAgentName:string KerberosMsgType:string
    ServicePrincipalName:string Realm:string OnPremAccount:string KerberosNonce:int
    KerberosClientName:string KerberosErrorCode:int KerberosErrorCodeName:string KerberosErrorText:string
    IsAgentic:bool ProcessTree:string ProcessArgs:string AIDetectionConfidence:int
    AIDetectionEvidence:string IsTokenAgentic:bool _IsBillable:string _BilledSize:real
  `,
  Operation: `
    ManagementGroupName:string SourceComputerId:string OperationStatus:string Computer:string Detail:string
    OperationCategory:string Solution:string HelpLink:string OperationKey:string ErrorId:string
    CorrelationId:string _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  SQLSecurityAuditEvents: `
    LogicalServerName:string ResourceGroup:string Category:string AuditSchemaVersion:int EventTime:datetime
    SequenceNumber:int ActionId:string ActionName:string Succeeded:bool IsColumnPermission:bool
    SessionId:int ServerPrincipalId:int DatabasePrincipalId:int TargetServerPrincipalId:int
    TargetDatabasePrincipalId:int ObjectId:int UserDefinedEventId:int TransactionId:long ClassType:string
    ClassTypeDescription:string SecurableClassType:string DurationMs:long ResponseRows:long
    AffectedRows:long ClientTlsVersion:int ClientIp:string PermissionBitmask:string SequenceGroupId:string
    SessionServerPrincipalName:string ServerPrincipalName:string ServerPrincipalSid:string
    DatabasePrincipalName:string TargetServerPrincipalName:string TargetServerPrincipalSid:string
    TargetDatabasePrincipalName:string DatabaseName:string SchemaName:string ObjectName:string
    Statement:string AdditionalInformation:string UserDefinedInformation:string ApplicationName:string
    ConnectionId:string DataSensitivityInformation:string HostName:string SessionContext:string
    IsServerLevelAudit:bool EventId:string _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  SecurityAlert: `
    DisplayName:string AlertName:string AlertSeverity:string Description:string ProviderName:string
    VendorName:string VendorOriginalId:string SystemAlertId:string ResourceId:string SourceComputerId:string
    AlertType:string ConfidenceLevel:string ConfidenceScore:real IsIncident:bool StartTime:datetime
    EndTime:datetime ProcessingEndTime:datetime RemediationSteps:string ExtendedProperties:string
    Entities:string WorkspaceSubscriptionId:string WorkspaceResourceGroup:string ExtendedLinks:string
    ProductName:string ProductComponentName:string AlertLink:string Status:string CompromisedEntity:string
    Tactics:string Techniques:string SubTechniques:string _IsBillable:string _BilledSize:real
  `,
  SecurityIncident: `
    IncidentName:string Title:string Description:string Severity:string Status:string Classification:string
    ClassificationComment:string ClassificationReason:string Owner:dynamic ProviderName:string
    ProviderIncidentId:string FirstActivityTime:datetime LastActivityTime:datetime
    FirstModifiedTime:datetime LastModifiedTime:datetime CreatedTime:datetime ClosedTime:datetime
    IncidentNumber:int RelatedAnalyticRuleIds:dynamic AlertIds:dynamic BookmarkIds:dynamic Comments:dynamic
    Tasks:dynamic Labels:dynamic IncidentUrl:string AdditionalData:dynamic ModifiedBy:string
    _IsBillable:string _BilledSize:real
  `,
  SentinelAudit: `
    OperationName:string SentinelResourceId:string SentinelResourceName:string Status:string
    Description:string WorkspaceId:string SentinelResourceType:string SentinelResourceKind:string
    CorrelationId:string ExtendedProperties:dynamic _IsBillable:string _BilledSize:real
  `,
  SentinelHealth: `
    OperationName:string SentinelResourceId:string SentinelResourceName:string Status:string
    Description:string Reason:string WorkspaceId:string SentinelResourceType:string
    SentinelResourceKind:string RecordId:string ExtendedProperties:dynamic _IsBillable:string
    _BilledSize:real
  `,
  ThreatIntelIndicators: `
    WorkspaceId:string AzureTenantId:string Id:string LastUpdateMethod:string IsDeleted:bool
    AdditionalFields:dynamic Data:dynamic IsActive:bool Revoked:bool ValidUntil:datetime ValidFrom:datetime
    Created:datetime Modified:datetime Tags:string Confidence:int Pattern:string ObservableKey:string
    ObservableValue:string _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  ThreatIntelObjects: `
    WorkspaceId:string AzureTenantId:string Id:string StixType:string LastUpdateMethod:string IsDeleted:bool
    AdditionalFields:dynamic Data:dynamic _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  ThreatIntelligenceIndicator: `
    Action:string ActivityGroupNames:string AdditionalInformation:string ConfidenceScore:real
    Description:string DiamondModel:string ExternalIndicatorId:string ExpirationDateTime:datetime
    IndicatorId:string ThreatType:string Active:bool KillChainActions:bool KillChainC2:bool
    KillChainDelivery:bool KillChainExploitation:bool KillChainReconnaissance:bool
    KillChainWeaponization:bool KnownFalsePositives:string MalwareNames:string PassiveOnly:bool
    ThreatSeverity:int Tags:string TrafficLightProtocolLevel:string EmailEncoding:string
    EmailLanguage:string EmailRecipient:string EmailSenderAddress:string EmailSenderName:string
    EmailSourceDomain:string EmailSourceIpAddress:string EmailSubject:string EmailXMailer:string
    FileCompileDateTime:datetime FileCreatedDateTime:datetime FileHashType:string FileHashValue:string
    FileMutexName:string FileName:string FilePacker:string FilePath:string FileSize:int FileType:string
    DomainName:string NetworkIP:string NetworkPort:int NetworkDestinationAsn:int
    NetworkDestinationCidrBlock:string NetworkDestinationIP:string NetworkCidrBlock:string
    NetworkDestinationPort:int NetworkProtocol:int NetworkSourceAsn:int NetworkSourceCidrBlock:string
    NetworkSourceIP:string NetworkSourcePort:int Url:string UserAgent:string IndicatorProvider:string
    _IsBillable:string _BilledSize:real
  `,
  Usage: `
    Computer:string Plan:string StartTime:datetime EndTime:datetime ResourceUri:string
    LinkedResourceUri:string DataType:string Solution:string BatchesWithinSla:long BatchesOutsideSla:long
    BatchesCapped:long TotalBatches:long AvgLatencyInSeconds:real Quantity:real QuantityUnit:string
    IsBillable:bool MeterId:string LinkedMeterId:string _IsBillable:string _BilledSize:real
  `,
  UserAccessAnalytics: `
    AADTenantId:string SourceEntityType:string SourceEntityId:string SourceEntityName:string
    TargetEntityType:string TargetEntityId:string TargetEntityName:string AccessLevel:string
    AccessType:string AccessStartTime:datetime AccessEndTime:datetime AccessEndReason:string AccessId:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  UserPeerAnalytics: `
    AADTenantId:string UserId:string UserPrincipalName:string UserName:string PeerUserId:string
    PeerUserPrincipalName:string PeerUserName:string Rank:int _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
  Watchlist: `
    AzureTenantId:string WatchlistId:string WatchlistItemId:string WatchlistName:string
    WatchlistAlias:string Source:string Provider:string CreatedBy:dynamic UpdatedBy:dynamic
    CreatedTimeUTC:datetime LastUpdatedTimeUTC:datetime Notes:string Tags:string DefaultDuration:string
    TimeToLive:datetime WatchlistItem:dynamic EntityMapping:dynamic CorrelationId:string SearchKey:string
    WatchlistCategory:string _DTTimestamp:datetime _DTItemId:string _DTItemType:string _DTItemStatus:string
    _IsBillable:string _BilledSize:real
  `,
} as const;
