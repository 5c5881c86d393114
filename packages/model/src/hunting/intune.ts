// Device management.
export const INTUNE_TABLES = {
  IntuneAuditLogs: `
    OperationName:string Category:string ResultType:string ResultDescription:string CorrelationId:string
    Identity:string Properties:string _IsBillable:string _BilledSize:real
  `,
  IntuneDeviceComplianceOrg: `
    Result:string DeviceName:string UPN:string ComplianceState:string OSDescription:string OSVersion:string
    OS:string OwnerType:string DeviceId:string LastContact:string UserId:string IMEI:string
    SerialNumber:string RetireAfterDatetime:string ManagementAgents:string DeviceType:string UserName:string
    InGracePeriodUntil:string DeviceHealthThreatLevel:string UserEmail:string _IsBillable:string
    _BilledSize:real _ResourceId:string _SubscriptionId:string
  `,
  IntuneDevices: `
    OperationName:string Result:string DeviceId:string DeviceName:string UPN:string LastContact:string
    OSVersion:string OS:string CompliantState:string Ownership:string ManagedBy:string Model:string
    SerialNumber:string Manufacturer:string CreatedDate:string DeviceState:string UserEmail:string
    UserName:string IMEI:string PhoneNumber:string DeviceRegistrationState:string ReferenceId:string
    ManagedDeviceName:string GraphDeviceIsManaged:bool CategoryName:string EncryptionStatusString:string
    SubscriberCarrierNetwork:string JoinType:string SupervisedStatusString:string WifiMacAddress:string
    StorageTotal:long StorageFree:long AndroidPatchLevel:string MEID:string InGracePeriodUntil:string
    JailBroken:string SkuFamily:string EasID:string PrimaryUser:string BatchId:string IntuneAccountId:string
    AADTenantId:string Stats:dynamic _IsBillable:string _BilledSize:real
  `,
  IntuneOperationalLogs: `
    OperationName:string Category:string Properties:string Result:string _IsBillable:string _BilledSize:real
  `,
} as const;
