// Normalised authentication and process activity (ASIM).
export const NORMALISED_ACTIVITY_TABLES = {
  ASimAuthenticationEventLogs: `
    AdditionalFields:dynamic EventMessage:string EventCount:int EventStartTime:datetime
    EventEndTime:datetime EventType:string EventSubType:string EventResult:string EventResultDetails:string
    EventOriginalUid:string EventOriginalType:string EventOriginalSubType:string
    EventOriginalResultDetails:string EventSeverity:string EventOriginalSeverity:string EventProduct:string
    EventProductVersion:string EventVendor:string EventSchemaVersion:string EventOwner:string
    EventReportUrl:string RuleName:string RuleNumber:int ThreatId:string ThreatName:string
    ThreatCategory:string ThreatRiskLevel:int ThreatOriginalRiskLevel:string ThreatConfidence:int
    ThreatOriginalConfidence:string ThreatIsActive:bool ThreatFirstReportedTime:datetime
    ThreatLastReportedTime:datetime ThreatField:string ThreatIpAddr:string DvcIpAddr:string
    DvcHostname:string DvcDomain:string DvcDomainType:string DvcFQDN:string DvcDescription:string
    DvcId:string DvcIdType:string DvcMacAddr:string DvcZone:string DvcOs:string DvcOsVersion:string
    DvcAction:string DvcOriginalAction:string DvcInterface:string DvcScopeId:string DvcScope:string
    ActorUserId:string ActorUserIdType:string ActorScopeId:string ActorScope:string ActorUsername:string
    ActorUsernameType:string ActorUserType:string ActorOriginalUserType:string ActorSessionId:string
    ActingAppId:string ActingAppName:string ActingAppType:string ActingOriginalAppType:string
    HttpUserAgent:string TargetUserId:string TargetUserIdType:string TargetUserScopeId:string
    TargetUserScope:string TargetUsername:string TargetUsernameType:string TargetUserType:string
    TargetOriginalUserType:string TargetSessionId:string TargetAppId:string TargetAppName:string
    TargetAppType:string TargetOriginalAppType:string TargetUrl:string SrcIpAddr:string SrcPortNumber:int
    SrcHostname:string SrcDomain:string SrcDomainType:string SrcFQDN:string SrcDescription:string
    SrcDvcId:string SrcDvcIdType:string SrcDvcScopeId:string SrcDvcScope:string SrcDeviceType:string
    SrcGeoCountry:string SrcGeoLatitude:real SrcGeoLongitude:real SrcGeoRegion:string SrcGeoCity:string
    SrcRiskLevel:int SrcOriginalRiskLevel:string SrcIsp:string SrcDvcOs:string TargetIpAddr:string
    TargetPortNumber:int TargetHostname:string TargetDomain:string TargetDomainType:string TargetFQDN:string
    TargetDescription:string TargetDvcId:string TargetDvcIdType:string TargetDvcScopeId:string
    TargetDvcScope:string TargetDeviceType:string TargetGeoCountry:string TargetGeoLatitude:real
    TargetGeoLongitude:real TargetGeoRegion:string TargetGeoCity:string TargetRiskLevel:int
    TargetOriginalRiskLevel:string TargetDvcOs:string LogonMethod:string LogonProtocol:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  ASimProcessEventLogs: `
    AdditionalFields:dynamic EventMessage:string EventCount:int EventStartTime:datetime
    EventEndTime:datetime EventType:string EventSubType:string EventResult:string EventResultDetails:string
    EventOriginalUid:string EventOriginalType:string EventOriginalSubType:string
    EventOriginalResultDetails:string EventSeverity:string EventOriginalSeverity:string EventProduct:string
    EventProductVersion:string EventVendor:string EventSchemaVersion:string EventOwner:string
    EventReportUrl:string DvcIpAddr:string DvcHostname:string DvcDomain:string DvcDomainType:string
    DvcFQDN:string DvcDescription:string DvcId:string DvcIdType:string DvcMacAddr:string DvcZone:string
    DvcOs:string DvcOsVersion:string DvcAction:string DvcOriginalAction:string DvcInterface:string
    DvcScopeId:string DvcScope:string ActorUserId:string ActorUserIdType:string ActorScopeId:string
    ActorScope:string ActorUsername:string ActorUsernameType:string ActorUserType:string
    ActorOriginalUserType:string ActorSessionId:string TargetUserId:string TargetUserIdType:string
    TargetScopeId:string TargetScope:string TargetUsername:string TargetUsernameType:string
    TargetUserType:string TargetOriginalUserType:string TargetUserSessionId:string
    TargetUserSessionGuid:string ActingProcessCommandLine:string ActingProcessName:string
    ActingProcessFileCompany:string ActingProcessFileDescription:string ActingProcessFileProduct:string
    ActingProcessFileVersion:string ActingProcessFileInternalName:string
    ActingProcessFileOriginalName:string ActingProcessFilename:string ActingProcessIsHidden:bool
    ActingProcessInjectedAddress:string ActingProcessId:string ActingProcessGuid:string
    ActingProcessIntegrityLevel:string ActingProcessMD5:string ActingProcessSHA1:string
    ActingProcessSHA256:string ActingProcessSHA512:string ActingProcessIMPHASH:string
    ActingProcessCreationTime:datetime ActingProcessTokenElevation:string ActingProcessFileSize:long
    ParentProcessName:string ParentProcessFileCompany:string ParentProcessFileDescription:string
    ParentProcessFileProduct:string ParentProcessFileVersion:string ParentProcessIsHidden:bool
    ParentProcessInjectedAddress:string ParentProcessId:string ParentProcessGuid:string
    ParentProcessIntegrityLevel:string ParentProcessMD5:string ParentProcessSHA1:string
    ParentProcessSHA256:string ParentProcessSHA512:string ParentProcessIMPHASH:string
    ParentProcessCreationTime:datetime ParentProcessTokenElevation:string TargetProcessCommandLine:string
    TargetProcessName:string TargetProcessFileCompany:string TargetProcessFileDescription:string
    TargetProcessFileProduct:string TargetProcessFileVersion:string TargetProcessFileInternalName:string
    TargetProcessFileOriginalName:string TargetProcessFilename:string TargetProcessIsHidden:bool
    TargetProcessInjectedAddress:string TargetProcessId:string TargetProcessGuid:string
    TargetProcessIntegrityLevel:string TargetProcessMD5:string TargetProcessSHA1:string
    TargetProcessSHA256:string TargetProcessSHA512:string TargetProcessIMPHASH:string
    TargetProcessCreationTime:datetime TargetProcessTokenElevation:string TargetProcessFileSize:long
    TargetProcessCurrentDirectory:string TargetProcessStatusCode:string RuleName:string RuleNumber:int
    ThreatId:string ThreatName:string ThreatCategory:string ThreatRiskLevel:int
    ThreatOriginalRiskLevel:string ThreatField:string ThreatConfidence:int ThreatOriginalConfidence:string
    ThreatIsActive:bool ThreatFirstReportedTime:datetime ThreatLastReportedTime:datetime _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
} as const;
