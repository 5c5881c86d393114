// What happened on devices, and the devices themselves.
export const DEVICE_TABLES = {
  DeviceEvents: `
    DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
    SHA256:string MD5:string FileSize:long AccountDomain:string AccountName:string AccountSid:string
    RemoteUrl:string RemoteDeviceName:string ProcessId:long ProcessCommandLine:string
    ProcessCreationTime:datetime ProcessTokenElevation:string LogonId:long RegistryKey:string
    RegistryValueName:string RegistryValueData:string RemoteIP:string RemotePort:int LocalIP:string
    LocalPort:int FileOriginUrl:string FileOriginIP:string InitiatingProcessSHA1:string
    InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string
    InitiatingProcessFileSize:long InitiatingProcessFolderPath:string InitiatingProcessId:long
    InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
    InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string
    InitiatingProcessAccountObjectId:string InitiatingProcessVersionInfoCompanyName:string
    InitiatingProcessVersionInfoProductName:string InitiatingProcessVersionInfoProductVersion:string
    InitiatingProcessVersionInfoInternalFileName:string InitiatingProcessVersionInfoOriginalFileName:string
    InitiatingProcessVersionInfoFileDescription:string InitiatingProcessParentId:long
    InitiatingProcessParentFileName:string InitiatingProcessParentCreationTime:datetime
    InitiatingProcessLogonId:long ReportId:long AppGuardContainerId:string AdditionalFields:string
    InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
    InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string
    CreatedProcessSessionId:long IsProcessRemoteSession:bool ProcessRemoteSessionDeviceName:string
    ProcessRemoteSessionIP:string InitiatingProcessUniqueId:string
  `,
  DeviceFileCertificateInfo: `
    DeviceId:string DeviceName:string SHA1:string IsSigned:bool SignatureType:string Signer:string
    SignerHash:string Issuer:string IssuerHash:string CertificateSerialNumber:string
    CrlDistributionPointUrls:string CertificateCreationTime:datetime CertificateExpirationTime:datetime
    CertificateCountersignatureTime:datetime IsTrusted:bool IsRootSignerMicrosoft:bool ReportId:long
  `,
  DeviceFileEvents: `
    DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
    SHA256:string MD5:string FileOriginUrl:string FileOriginReferrerUrl:string FileOriginIP:string
    PreviousFolderPath:string PreviousFileName:string FileSize:long InitiatingProcessAccountDomain:string
    InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
    InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string InitiatingProcessMD5:string
    InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessFolderPath:string
    InitiatingProcessFileName:string InitiatingProcessFileSize:long
    InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
    InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
    InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string
    InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string
    InitiatingProcessParentId:long InitiatingProcessParentFileName:string
    InitiatingProcessParentCreationTime:datetime RequestProtocol:string RequestSourceIP:string
    RequestSourcePort:int RequestAccountName:string RequestAccountDomain:string RequestAccountSid:string
    ShareName:string SensitivityLabel:string SensitivitySubLabel:string IsAzureInfoProtectionApplied:bool
    ReportId:long AppGuardContainerId:string AdditionalFields:string InitiatingProcessSessionId:long
    IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string
    InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string LogonID:long
  `,
  DeviceImageLoadEvents: `
    DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
    SHA256:string MD5:string FileSize:long InitiatingProcessAccountDomain:string
    InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
    InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
    InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string
    InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string
    InitiatingProcessFileName:string InitiatingProcessFileSize:long
    InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
    InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
    InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string
    InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
    InitiatingProcessParentCreationTime:datetime ReportId:long AppGuardContainerId:string
    InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
    InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string
    InitiatingProcessUniqueId:string
  `,
  DeviceInfo: `
    DeviceId:string DeviceName:string ClientVersion:string PublicIP:string OSArchitecture:string
    OSPlatform:string OSBuild:long IsAzureADJoined:bool JoinType:string AadDeviceId:string
    LoggedOnUsers:string RegistryDeviceTag:string OSVersion:string MachineGroup:string ReportId:long
    OnboardingStatus:string AdditionalFields:string DeviceCategory:string DeviceType:string
    DeviceSubtype:string Model:string Vendor:string OSDistribution:string OSVersionInfo:string
    MergedDeviceIds:string MergedToDeviceId:string IsInternetFacing:bool SensorHealthState:string
    IsExcluded:bool ExclusionReason:string ExposureLevel:string AssetValue:string DeviceManualTags:string
    DeviceDynamicTags:string ConnectivityType:string HostDeviceId:string AzureResourceId:string
    AwsResourceName:string GcpFullResourceName:string HardwareUuid:string CloudPlatforms:string
    AzureVmId:string AzureVmSubscriptionId:string IsTransient:bool OsBuildRevision:string
    MitigationStatus:string Site:string DiscoverySources:string
  `,
  DeviceLogonEvents: `
    DeviceId:string DeviceName:string ActionType:string LogonType:string AccountDomain:string
    AccountName:string AccountSid:string Protocol:string FailureReason:string IsLocalAdmin:bool LogonId:long
    RemoteDeviceName:string RemoteIP:string RemoteIPType:string RemotePort:int
    InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
    InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string
    InitiatingProcessAccountObjectId:string InitiatingProcessIntegrityLevel:string
    InitiatingProcessTokenElevation:string InitiatingProcessSHA1:string InitiatingProcessSHA256:string
    InitiatingProcessMD5:string InitiatingProcessFileName:string InitiatingProcessFileSize:long
    InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
    InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
    InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string
    InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
    InitiatingProcessParentCreationTime:datetime ReportId:long AppGuardContainerId:string
    AdditionalFields:string InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
    InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string
    InitiatingProcessUniqueId:string
  `,
  DeviceNetworkEvents: `
    DeviceId:string DeviceName:string ActionType:string RemoteIP:string RemotePort:int RemoteUrl:string
    LocalIP:string LocalPort:int Protocol:string LocalIPType:string RemoteIPType:string
    InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string
    InitiatingProcessFileName:string InitiatingProcessFileSize:long
    InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
    InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
    InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string
    InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessFolderPath:string InitiatingProcessParentFileName:string InitiatingProcessParentId:long
    InitiatingProcessParentCreationTime:datetime InitiatingProcessAccountDomain:string
    InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
    InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string
    InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string ReportId:long
    AppGuardContainerId:string AdditionalFields:string InitiatingProcessSessionId:long
    IsInitiatingProcessRemoteSession:bool InitiatingProcessRemoteSessionDeviceName:string
    InitiatingProcessRemoteSessionIP:string InitiatingProcessUniqueId:string LogonID:long
  `,
  DeviceNetworkInfo: `
    DeviceId:string DeviceName:string NetworkAdapterName:string MacAddress:string NetworkAdapterType:string
    NetworkAdapterStatus:string TunnelType:string ConnectedNetworks:string DnsAddresses:string
    IPv4Dhcp:string IPv6Dhcp:string DefaultGateways:string IPAddresses:string ReportId:long
    NetworkAdapterVendor:string OnboardingStatus:string NetworkAdapterDnsSuffix:string
  `,
  DeviceProcessEvents: `
    DeviceId:string DeviceName:string ActionType:string FileName:string FolderPath:string SHA1:string
    SHA256:string MD5:string FileSize:long ProcessVersionInfoCompanyName:string
    ProcessVersionInfoProductName:string ProcessVersionInfoProductVersion:string
    ProcessVersionInfoInternalFileName:string ProcessVersionInfoOriginalFileName:string
    ProcessVersionInfoFileDescription:string ProcessId:long ProcessCommandLine:string
    ProcessIntegrityLevel:string ProcessTokenElevation:string ProcessCreationTime:datetime
    AccountDomain:string AccountName:string AccountSid:string AccountUpn:string AccountObjectId:string
    LogonId:long InitiatingProcessAccountDomain:string InitiatingProcessAccountName:string
    InitiatingProcessAccountSid:string InitiatingProcessAccountUpn:string
    InitiatingProcessAccountObjectId:string InitiatingProcessLogonId:long
    InitiatingProcessIntegrityLevel:string InitiatingProcessTokenElevation:string
    InitiatingProcessSHA1:string InitiatingProcessSHA256:string InitiatingProcessMD5:string
    InitiatingProcessFileName:string InitiatingProcessFileSize:long
    InitiatingProcessVersionInfoCompanyName:string InitiatingProcessVersionInfoProductName:string
    InitiatingProcessVersionInfoProductVersion:string InitiatingProcessVersionInfoInternalFileName:string
    InitiatingProcessVersionInfoOriginalFileName:string InitiatingProcessVersionInfoFileDescription:string
    InitiatingProcessId:long InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
    InitiatingProcessParentCreationTime:datetime InitiatingProcessSignerType:string
    InitiatingProcessSignatureStatus:string ReportId:long AppGuardContainerId:string AdditionalFields:string
    InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
    InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string
    CreatedProcessSessionId:long IsProcessRemoteSession:bool ProcessRemoteSessionDeviceName:string
    ProcessRemoteSessionIP:string ProcessUniqueId:string InitiatingProcessUniqueId:string LogonID:long
  `,
  DeviceRegistryEvents: `
    DeviceId:string DeviceName:string ActionType:string RegistryKey:string RegistryValueType:string
    RegistryValueName:string RegistryValueData:string PreviousRegistryKey:string
    PreviousRegistryValueName:string PreviousRegistryValueData:string InitiatingProcessAccountDomain:string
    InitiatingProcessAccountName:string InitiatingProcessAccountSid:string
    InitiatingProcessAccountUpn:string InitiatingProcessAccountObjectId:string InitiatingProcessSHA1:string
    InitiatingProcessSHA256:string InitiatingProcessMD5:string InitiatingProcessFileName:string
    InitiatingProcessFileSize:long InitiatingProcessVersionInfoCompanyName:string
    InitiatingProcessVersionInfoProductName:string InitiatingProcessVersionInfoProductVersion:string
    InitiatingProcessVersionInfoInternalFileName:string InitiatingProcessVersionInfoOriginalFileName:string
    InitiatingProcessVersionInfoFileDescription:string InitiatingProcessId:long
    InitiatingProcessCommandLine:string InitiatingProcessCreationTime:datetime
    InitiatingProcessFolderPath:string InitiatingProcessParentId:long InitiatingProcessParentFileName:string
    InitiatingProcessParentCreationTime:datetime InitiatingProcessIntegrityLevel:string
    InitiatingProcessTokenElevation:string ReportId:long AppGuardContainerId:string
    InitiatingProcessSessionId:long IsInitiatingProcessRemoteSession:bool
    InitiatingProcessRemoteSessionDeviceName:string InitiatingProcessRemoteSessionIP:string
    InitiatingProcessUniqueId:string
  `,
} as const;
