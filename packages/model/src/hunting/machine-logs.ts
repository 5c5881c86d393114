// Logs of machines and appliances: Windows, syslog, CEF, web servers, name servers.
export const MACHINE_LOGS_TABLES = {
  CommonSecurityLog: `
    DeviceVendor:string DeviceProduct:string DeviceVersion:string DeviceEventClassID:string Activity:string
    LogSeverity:string OriginalLogSeverity:string AdditionalExtensions:string DeviceAction:string
    ApplicationProtocol:string EventCount:int DestinationDnsDomain:string DestinationServiceName:string
    DestinationTranslatedAddress:string DestinationTranslatedPort:int CommunicationDirection:string
    DeviceDnsDomain:string DeviceExternalID:string DeviceFacility:string DeviceInboundInterface:string
    DeviceNtDomain:string DeviceOutboundInterface:string DevicePayloadId:string ProcessName:string
    DeviceTranslatedAddress:string DestinationHostName:string DestinationMACAddress:string
    DestinationNTDomain:string DestinationProcessId:int DestinationUserPrivileges:string
    DestinationProcessName:string DestinationPort:int DestinationIP:string DeviceTimeZone:string
    DestinationUserID:string DestinationUserName:string DeviceAddress:string DeviceName:string
    DeviceMacAddress:string ProcessID:int EndTime:datetime ExternalID:int ExtID:string FileCreateTime:string
    FileHash:string FileID:string FileModificationTime:string FilePath:string FilePermission:string
    FileType:string FileName:string FileSize:int ReceivedBytes:long Message:string OldFileCreateTime:string
    OldFileHash:string OldFileID:string OldFileModificationTime:string OldFileName:string OldFilePath:string
    OldFilePermission:string OldFileSize:int OldFileType:string SentBytes:long EventOutcome:string
    Protocol:string Reason:string RequestURL:string RequestClientApplication:string RequestContext:string
    RequestCookies:string RequestMethod:string ReceiptTime:string SourceHostName:string
    SourceMACAddress:string SourceNTDomain:string SourceDnsDomain:string SourceServiceName:string
    SourceTranslatedAddress:string SourceTranslatedPort:int SourceProcessId:int SourceUserPrivileges:string
    SourceProcessName:string SourcePort:int SourceIP:string StartTime:datetime SourceUserID:string
    SourceUserName:string EventType:int DeviceEventCategory:string DeviceCustomIPv6Address1:string
    DeviceCustomIPv6Address1Label:string DeviceCustomIPv6Address2:string
    DeviceCustomIPv6Address2Label:string DeviceCustomIPv6Address3:string
    DeviceCustomIPv6Address3Label:string DeviceCustomIPv6Address4:string
    DeviceCustomIPv6Address4Label:string DeviceCustomFloatingPoint1:real
    DeviceCustomFloatingPoint1Label:string DeviceCustomFloatingPoint2:real
    DeviceCustomFloatingPoint2Label:string DeviceCustomFloatingPoint3:real
    DeviceCustomFloatingPoint3Label:string DeviceCustomFloatingPoint4:real
    DeviceCustomFloatingPoint4Label:string DeviceCustomNumber1:int FieldDeviceCustomNumber1:long
    DeviceCustomNumber1Label:string DeviceCustomNumber2:int FieldDeviceCustomNumber2:long
    DeviceCustomNumber2Label:string DeviceCustomNumber3:int FieldDeviceCustomNumber3:long
    DeviceCustomNumber3Label:string DeviceCustomString1:string DeviceCustomString1Label:string
    DeviceCustomString2:string DeviceCustomString2Label:string DeviceCustomString3:string
    DeviceCustomString3Label:string DeviceCustomString4:string DeviceCustomString4Label:string
    DeviceCustomString5:string DeviceCustomString5Label:string DeviceCustomString6:string
    DeviceCustomString6Label:string DeviceCustomDate1:string DeviceCustomDate1Label:string
    DeviceCustomDate2:string DeviceCustomDate2Label:string FlexDate1:string FlexDate1Label:string
    FlexNumber1:int FlexNumber1Label:string FlexNumber2:int FlexNumber2Label:string FlexString1:string
    FlexString1Label:string FlexString2:string FlexString2Label:string RemoteIP:string RemotePort:string
    MaliciousIP:string ThreatSeverity:int IndicatorThreatType:string ThreatDescription:string
    ThreatConfidence:string ReportReferenceLink:string MaliciousIPLongitude:real MaliciousIPLatitude:real
    MaliciousIPCountry:string Computer:string SimplifiedDeviceAction:string CollectorHostName:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  DnsEvents: `
    Computer:string EventId:int SubType:string ClientIP:string Name:string Result:string IPAddresses:string
    Message:string TaskCategory:string QueryType:string ResultCode:int MaliciousIP:string
    IndicatorThreatType:string Description:string Confidence:string Severity:int RemoteIPLongitude:real
    RemoteIPLatitude:real RemoteIPCountry:string _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  Event: `
    Source:string EventLog:string Computer:string EventLevel:int EventLevelName:string ParameterXml:string
    EventData:string EventID:int RenderedDescription:string AzureDeploymentID:string Role:string
    EventCategory:int UserName:string Message:string ManagementGroupName:string _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  Heartbeat: `
    ManagementGroupName:string ComputerIP:string Computer:string Category:string OSType:string OSName:string
    OSMajorVersion:string OSMinorVersion:string Version:string SCAgentChannel:string IsGatewayInstalled:bool
    RemoteIPLongitude:real RemoteIPLatitude:real RemoteIPCountry:string SubscriptionId:string
    ResourceGroup:string ResourceProvider:string Resource:string ResourceId:string ResourceType:string
    ComputerEnvironment:string Solutions:string VMUUID:string ComputerPrivateIPs:dynamic _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  Perf: `
    Computer:string ObjectName:string CounterName:string InstanceName:string CounterValue:real
    CounterPath:string Min:real Max:real BucketStartTime:datetime BucketEndTime:datetime
    StandardDeviation:real SampleCount:int _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  Syslog: `
    Computer:string EventTime:datetime Facility:string HostName:string SeverityLevel:string
    SyslogMessage:string ProcessID:int HostIP:string ProcessName:string CollectorHostName:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  VMConnection: `
    Computer:string Direction:string ProcessName:string SourceIp:string DestinationIp:string
    DestinationPort:int Protocol:string RemoteIp:string RemoteDnsQuestions:string
    RemoteDnsCanonicalNames:string RemoteClassification:string RemoteLongitude:real RemoteLatitude:real
    RemoteCountry:string BytesSent:long BytesReceived:long LinksLive:long LinksTerminated:long
    LinksEstablished:long LinksFailed:long Responses:long ResponseTimeSum:long ResponseTimeMin:long
    ResponseTimeMax:long MaliciousIp:string IndicatorThreatType:string Description:string TLPLevel:string
    Confidence:string Severity:int FirstReportedDateTime:string LastReportedDateTime:string IsActive:string
    ConnectionId:string Machine:string Process:string AgentId:string _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
  W3CIISLog: `
    sSiteName:string sIP:string csMethod:string csUriStem:string csUriQuery:string sPort:int
    csUserName:string cIP:string csVersion:string csUserAgent:string csCookie:string csReferer:string
    csHost:string scStatus:string scSubStatus:string scWin32Status:string scBytes:long csBytes:long
    TimeTaken:long Computer:string ManagementGroupName:string MaliciousIP:string IndicatorThreatType:string
    Description:string TLPLevel:string Confidence:string Severity:int FirstReportedDateTime:string
    LastReportedDateTime:string IsActive:string RemoteIPLongitude:real RemoteIPLatitude:real
    RemoteIPCountry:string StorageAccount:string AzureDeploymentID:string Role:string RoleInstance:string
    _IsBillable:string _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  WindowsEvent: `
    Provider:string Channel:string Computer:string Task:int EventLevel:int EventLevelName:string EventID:int
    ManagementGroupName:string SystemUserId:string Version:int Opcode:string Keywords:string
    Correlation:string SystemProcessId:int SystemThreadId:int EventRecordId:string EventData:dynamic
    RawEventData:string EventOriginId:string _IsBillable:string _BilledSize:real _ResourceId:string
    _SubscriptionId:string
  `,
  WindowsFirewall: `
    Computer:string CommunicationDirection:string FirewallAction:string Protocol:string SourceIP:string
    DestinationIP:string RemoteIP:string SourcePort:int FullDestinationAddress:string DestinationPort:int
    RequestSizeInBytes:long Info:string ManagementGroupName:string MaliciousIP:string
    IndicatorThreatType:string Description:string TLPLevel:string Confidence:string Severity:int
    FirstReportedDateTime:string LastReportedDateTime:string IsActive:string MaliciousIPLongitude:real
    MaliciousIPLatitude:real MaliciousIPCountry:string _IsBillable:string _BilledSize:real
    _ResourceId:string _SubscriptionId:string
  `,
} as const;
