// Normalised network sessions and name lookups (ASIM).
export const NORMALISED_NETWORK_TABLES = {
  ASimDnsActivityLogs: `
    EventCount:int EventType:string EventSubType:string EventResult:string EventResultDetails:string
    EventOriginalType:string EventProduct:string EventVendor:string DvcIpAddr:string DvcHostname:string
    DvcDomain:string DvcDomainType:string DvcOs:string DvcOsVersion:string AdditionalFields:dynamic
    SrcIpAddr:string SrcPortNumber:int SrcGeoCountry:string SrcGeoRegion:string SrcGeoCity:string
    SrcGeoLatitude:real SrcGeoLongitude:real DstIpAddr:string DstGeoCountry:string DstGeoRegion:string
    DstGeoCity:string DstGeoLatitude:real DstGeoLongitude:real DnsQuery:string DnsQueryType:int
    DnsQueryTypeName:string DnsResponseCode:int DnsResponseName:string TransactionIdHex:string
    DstDescription:string DstDvcScope:string DstOriginalRiskLevel:string DstRiskLevel:int
    DvcDescription:string DvcInterface:string DvcOriginalAction:string DvcScope:string DvcScopeId:string
    EventOriginalSeverity:string NetworkProtocolVersion:string RuleName:string RuleNumber:int
    DnsResponseIpCountry:string DnsResponseIpLatitude:real DnsResponseIpLongitude:real
    NetworkProtocol:string DnsQueryClass:int DnsQueryClassName:string DnsNetworkDuration:int
    DnsFlagsAuthenticated:bool DnsFlagsAuthoritative:bool DnsFlagsRecursionDesired:bool DnsSessionId:string
    SrcDescription:string SrcDvcScope:string SrcDvcScopeId:string SrcOriginalRiskLevel:string
    SrcUserScope:string SrcUserScopeId:string SrcUserSessionId:string ThreatId:string ThreatIpAddr:string
    ThreatField:string UrlCategory:string ThreatCategory:string ThreatName:string ThreatConfidence:int
    ThreatOriginalConfidence:string ThreatRiskLevel:int ThreatOriginalRiskLevel_s:string
    ThreatOriginalRiskLevel:int ThreatIsActive:bool ThreatFirstReportedTime:string
    ThreatFirstReportedTime_d:datetime ThreatLastReportedTime:string ThreatLastReportedTime_d:datetime
    EventStartTime:datetime EventEndTime:datetime EventMessage:string EventOriginalUid:string
    EventReportUrl:string EventSchemaVersion:string Dvc:string DvcFQDN:string DvcId:string DvcIdType:string
    DvcMacAddr:string DvcZone:string DnsResponseIpCity:string DnsResponseIpRegion:string EventOwner:string
    EventProductVersion:string EventSeverity:string Src:string SrcHostname:string SrcDomain:string
    SrcDomainType:string SrcFQDN:string SrcDvcId:string SrcDvcIdType:string SrcDeviceType:string
    SrcRiskLevel:int SrcUserId:string SrcUserIdType:string SrcUsername:string SrcUsernameType:string
    SrcUserType:string SrcOriginalUserType:string SrcProcessName:string SrcProcessId:string
    SrcProcessGuid:string Dst:string DstPortNumber:int DstHostname:string DstDomain:string
    DstDomainType:string DstFQDN:string DstDvcId:string DstDvcScopeId:string DstDvcIdType:string
    DstDeviceType:string DvcAction:string DnsFlags:string DnsFlagsCheckingDisabled:bool
    DnsFlagsRecursionAvailable:bool DnsFlagsTruncated:bool DnsFlagsZ:bool _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  ASimNetworkSessionLogs: `
    EventCount:int EventSchemaVersion:string DvcAction:string EventMessage:string EventSeverity:string
    EventStartTime:datetime EventEndTime:datetime DvcMacAddr:string Dvc:string DvcZone:string
    EventProductVersion:string DvcOriginalAction:string DvcInterface:string DvcSubscriptionId:string
    EventOriginalSeverity:string EventOriginalSubType:string NetworkApplicationProtocol:string
    NetworkProtocolVersion:string NetworkDirection:string NetworkIcmpCode:int NetworkIcmpType:string
    NetworkConnectionHistory:string DstBytes:long SrcBytes:long NetworkBytes:long DstPackets:long
    SrcPackets:long NetworkPackets:long NetworkSessionId:string DstZone:string DstInterfaceName:string
    DstInterfaceGuid:string DstMacAddr:string DstVlanId:string DstSubscriptionId:string DstGeoCountry:string
    DstGeoRegion:string DstGeoCity:string DstGeoLatitude:real DstGeoLongitude:real DstUserId:string
    DstUserIdType:string DstUsername:string DstUsernameType:string DstUserType:string
    DstOriginalUserType:string DstAppName:string DstAppId:string DstAppType:string SrcZone:string
    SrcInterfaceName:string SrcInterfaceGuid:string SrcMacAddr:string SrcVlanId:string
    SrcSubscriptionId:string SrcGeoCountry:string SrcGeoRegion:string SrcGeoCity:string SrcGeoLatitude:real
    SrcGeoLongitude:real SrcAppName:string SrcAppId:string SrcAppType:string DstNatIpAddr:string
    DstNatPortNumber:int SrcNatIpAddr:string SrcNatPortNumber:int DvcInboundInterface:string
    DvcOutboundInterface:string NetworkRuleName:string NetworkRuleNumber:int ThreatId:string
    ThreatName:string ThreatCategory:string ThreatRiskLevel:int ThreatOriginalRiskLevel:string
    EventType:string EventSubType:string EventResult:string EventResultDetails:string
    EventOriginalType:string EventProduct:string EventVendor:string DvcIpAddr:string DvcHostname:string
    DvcDomain:string DvcDomainType:string DvcOs:string DvcOsVersion:string AdditionalFields:dynamic
    SrcIpAddr:string SrcPortNumber:int DstIpAddr:string NetworkProtocol:string EventOriginalUid:string
    EventReportUrl:string DvcFQDN:string DvcId:string DvcIdType:string SrcHostname:string SrcDomain:string
    SrcDomainType:string SrcFQDN:string SrcDvcId:string SrcDvcIdType:string ThreatIpAddr:string
    SrcDeviceType:string SrcUserId:string SrcUserIdType:string SrcUsername:string SrcUsernameType:string
    SrcUserType:string SrcOriginalUserType:string DstPortNumber:int DstHostname:string DstDomain:string
    DstDomainType:string DstFQDN:string DstDvcId:string DstDvcIdType:string DstDeviceType:string
    TcpFlagsAck:bool TcpFlagsFin:bool TcpFlagsPsh:bool TcpFlagsRst:bool TcpFlagsUrg:bool TcpFlagsSyn:bool
    ThreatField:string ThreatIsActive:bool ThreatConfidence:int NetworkDuration:int DvcDescription:string
    EventOriginalResultDetails:string ThreatFirstReportedTime:datetime ThreatLastReportedTime:datetime
    ThreatOriginalConfidence:string DstDescription:string SrcDescription:string _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
} as const;
