// Exposure graph, agents and data security.
export const EXPOSURE_AND_DATA_TABLES = {
  AIAgentsInfo: `
    RegistrySource:string AIAgentId:guid AIAgentName:string AgentCreationTime:datetime
    CreatorAccountUpn:string OwnerAccountUpns:string LastModifiedByUpn:string LastModifiedTime:datetime
    LastPublishedTime:datetime LastPublishedByUpn:string AgentDescription:string AgentStatus:string
    UserAuthenticationType:string AgentUsers:string KnowledgeDetails:string AgentActionTriggers:string
    RawAgentInfo:string AuthenticationTrigger:string AccessControlPolicy:string
    AuthorizedSecurityGroupIds:dynamic AgentTopicsDetails:dynamic AgentToolsDetails:dynamic
    EnvironmentId:string Platform:string IsGenerativeOrchestrationEnabled:bool AgentAppId:string
    ConnectedAgentsSchemaNames:dynamic ChildAgentsSchemaNames:dynamic Version:string IsBlocked:bool
    Instructions:string EntraObjectId:string EntraBlueprintId:string AIModel:string
    AccessCapabilities:dynamic ElementTypes:dynamic SourceAgentId:string
  `,
  AgentsInfo: `
    AgentId:string AgentName:string Platform:string AgentDescription:string Version:string
    SourceAgentId:string EntraAgentId:string EntraBlueprintId:string ToolsAuthenticationType:dynamic
    Permissions:dynamic PublishedStatus:string LifecycleStatus:string Availability:string
    CreatedDateTime:datetime LastPublishedDateTime:datetime LastUpdatedDateTime:datetime Owners:dynamic
    SharedWith:dynamic InstanceCount:int Instructions:string Model:string Channels:dynamic
    Capabilities:dynamic DeclaredDataSources:dynamic DeclaredTools:dynamic McpServers:dynamic Skills:dynamic
    ConnectedAgents:dynamic Memory:dynamic Triggers:dynamic Guardrails:dynamic Endpoints:dynamic
    ObservabilityId:dynamic RawAgentInfo:dynamic
  `,
  DataSecurityBehaviors: `
    BehaviorId:string ActionType:string StartTime:datetime EndTime:datetime AttackTechniques:string
    Categories:string ActionCategory:string Description:string ServiceSource:string DetectionSource:string
    ActivityCount:int IsAnomalous:bool IsContentHidden:bool AccountUpn:string AccountEmail:string
    Application:string DeviceInfo:dynamic SensitivityLabelInfo:dynamic SensitiveInfoTypesInfo:dynamic
    UrlDomainInfo:dynamic SharepointSiteInfo:dynamic RecipientEmailInfo:dynamic RemovableMediaInfo:dynamic
    PrinterName:dynamic PriorityContentMatchInfo:dynamic
  `,
  DataSecurityEvents: `
    ApplicationNames:string DeviceId:string DeviceName:string AadDeviceId:guid IsManagedDevice:bool
    DlpPolicyMatchInfo:string DlpPolicyEnforcementMode:int DlpPolicyRuleMatchInfo:dynamic
    FileRenameInfo:string PhysicalAccessPointId:string PhysicalAccessPointName:string
    PhysicalAccessStatus:string PhysicalAssetTag:string RemovableMediaManufacturer:string
    RemovableMediaModel:string RemovableMediaSerialNumber:string TeamsChannelName:string
    TeamsChannelType:string TeamsTeamName:string UserAlternateEmails:string AccountUpn:string
    AccountObjectId:string Department:string SourceCodeInfo:string CcPolicyMatchInfo:dynamic
    IPAddress:string DeviceSourceLocationType:int DeviceDestinationLocationType:int
    IrmPolicyMatchInfo:dynamic UnallowedUrlDomains:string ExternalUrlDomains:string UrlDomainInfo:string
    SourceUrlDomain:string TargetUrlDomain:string EmailAttachmentCount:int EmailAttachmentInfo:dynamic
    InternetMessageId:string NetworkMessageId:guid EmailSubject:string ObjectId:string ObjectName:string
    ObjectType:string ObjectSize:int IsHidden:bool ActivityId:guid ActionType:string
    SensitiveInfoTypeInfo:dynamic SensitivityLabelId:string SharepointSiteSensitivityLabelIds:string
    PreviousSensitivityLabelId:string Operation:string RecipientEmailAddress:string SiteUrl:string
    SourceRelativeUrl:string TargetFilePath:string PrinterName:string Workload:string
    IrmActionCategory:string SequenceCorrelationId:string CloudAppAlertId:string
  `,
  ExposureGraphEdges: `
    EdgeId:string EdgeLabel:string SourceNodeId:string SourceNodeName:string SourceNodeLabel:string
    SourceNodeCategories:dynamic TargetNodeId:string TargetNodeName:string TargetNodeLabel:string
    TargetNodeCategories:dynamic EdgeProperties:dynamic
  `,
  ExposureGraphNodes: `
    NodeId:string NodeLabel:string NodeName:string Categories:dynamic NodeProperties:dynamic
    EntityIds:dynamic
  `,
} as const;
