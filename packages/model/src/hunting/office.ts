// Activity of Office and of other services people use.
export const OFFICE_TABLES = {
  McasShadowItReporting: `
    StreamName:string MachineName:string MachineId:string TotalEvents:int BlockedEvents:int
    UploadedBytes:int TotalBytes:int DownloadedBytes:int IpAddress:string UserName:string
    EnrichedUserName:string AppName:string AppId:string AppInstance:string AppCategory:string
    AppTags:dynamic AppScore:int Date:datetime RawUserName:string RichUserName:string AadTenantId:string
    _IsBillable:string _BilledSize:real
  `,
  OfficeActivity: `
    Application:string UserDomain:string Activity:string UserAgent:string RecordType:string Operation:string
    OrganizationId:string UserType:string UserKey:string OfficeWorkload:string ResultStatus:string
    ResultReasonType:string OfficeObjectId:string UserId:string ClientIP:string Site_:string ItemType:string
    EventSource:string Source_Name:string MachineDomainInfo:string MachineId:string Site_Url:string
    SourceRelativeUrl:string SourceFileName:string SourceFileExtension:string DestinationRelativeUrl:string
    DestinationFileName:string DestinationFileExtension:string UserSharedWith:string SharingType:string
    CustomEvent:string Event_Data:string ModifiedObjectResolvedName:string Parameters:string
    ExternalAccess:string OriginatingServer:string OrganizationName:string Logon_Type:string
    InternalLogonType:int MailboxGuid:string MailboxOwnerUPN:string MailboxOwnerSid:string
    MailboxOwnerMasterAccountSid:string LogonUserSid:string LogonUserDisplayName:string
    ClientInfoString:string Client_IPAddress:string ClientMachineName:string ClientProcessName:string
    ClientVersion:string Folder:string CrossMailboxOperations:bool DestMailboxId:string
    DestMailboxOwnerUPN:string DestMailboxOwnerSid:string DestMailboxOwnerMasterAccountSid:string
    DestFolder:string Folders:string AffectedItems:string Item:string ModifiedProperties:string
    SendAsUserSmtp:string SendAsUserMailboxGuid:string SendOnBehalfOfUserSmtp:string
    SendonBehalfOfUserMailboxGuid:string ExtendedProperties:string Client:string LoginStatus:int
    Actor:string ActorContextId:string ActorIpAddress:string InterSystemsId:string IntraSystemId:string
    SupportTicketId:string TargetContextId:string DataCenterSecurityEventType:int
    EffectiveOrganization:string ElevationTime:datetime ElevationApprover:string
    ElevationApprovedTime:datetime ElevationRequestId:string ElevationRole:string ElevationDuration:int
    GenericInfo:string OfficeId:string SourceRecordId:string AzureActiveDirectory_EventType:string
    AADTarget:string Start_Time:datetime OfficeTenantId:string TargetUserOrGroupName:string
    TargetUserOrGroupType:string MessageId:string Members:dynamic TeamName:string TeamGuid:string
    ChannelType:string ChannelName:string ChannelGuid:string ExtraProperties:dynamic AddOnType:string
    AddonName:string TabType:string Name:string OldValue:string NewValue:string ItemName:string
    ChatThreadId:string ChatName:string CommunicationType:string AADGroupId:string AddOnGuid:string
    AppDistributionMode:string TargetUserId:string OperationScope:string AzureADAppId:string
    OperationProperties:dynamic AppId:string ClientAppId:string ApplicationId:string SRPolicyId:string
    SRPolicyName:string SRRuleMatchDetails:dynamic IsManagedDevice:bool AppPoolName:string
    AppAccessContext:dynamic Attendees:dynamic ArtifactsShared:dynamic IsJoinedFromLobby:bool
    JoinTime:datetime LeaveTime:datetime DeviceInformation:string MeetingDetailId:string
    ListItemUniqueId:string SensitivityLabelId:string UniqueSharingId:string _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  PowerBIActivity: `
    EventOriginalUid:string RecordType:string EventOriginalType:string OrganizationId:string UserType:string
    ActorUserType:string ActorUserId:string EventResult:string ObjectId:string ActorName:string
    SrcIpAddr:string Scope:string TargetAppName:string DashboardName:string DataClassification:string
    DatasetName:string MembershipInformation:string OrgAppPermission:string ReportName:string
    SharingInformation:string SwitchState:string PbiWorkspaceName:string EventProduct:string
    EventVendor:string UserAgent:string Activity:string ItemName:string WorkspaceId:string
    DashboardId:string IsSuccess:string RequestId:string Workload:string ActivityId:string
    DistributionMethod:string FolderAccessRequests:dynamic _IsBillable:string _BilledSize:real
  `,
  ProjectActivity: `
    EventOriginalUid:string RecordType:string EventOriginalType:string OrganizationId:string UserType:string
    ActorUserType:string ActorUserId:string Workload:string EventResult:string ObjectId:string
    ActorName:string SrcIpAddr:string Scope:string ProjectEntity:string ProjectAction:string
    OnBehalfOfResId:string EventProduct:string EventVendor:string _IsBillable:string _BilledSize:real
  `,
} as const;
