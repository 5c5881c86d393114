// Sign-ins, audit and risk of Entra ID, as Log Analytics names them.
export const ENTRA_TABLES = {
  AADManagedIdentitySignInLogs: `
    OperationName:string OperationVersion:string Category:string ResultType:string ResultSignature:string
    ResultDescription:string DurationMs:long CorrelationId:string ResourceGroup:string Identity:string
    Level:string Location:string AADTenantId:string Agent:string AppId:string AppOwnerTenantId:string
    AuthenticationContextClassReferences:string AuthenticationProcessingDetails:string
    ClientCredentialType:string ConditionalAccessAudiences:string ConditionalAccessPolicies:string
    ConditionalAccessStatus:string CreatedDateTime:datetime FederatedCredentialId:string Id:string
    IPAddress:string LocationDetails:string ManagedServiceIdentity:string NetworkLocationDetails:string
    ResourceDisplayName:string ResourceIdentity:string ResourceOwnerTenantId:string
    ResourceServicePrincipalId:string ServicePrincipalCredentialKeyId:string
    ServicePrincipalCredentialThumbprint:string ServicePrincipalId:string ServicePrincipalName:string
    SessionId:string SourceAppClientId:string UniqueTokenIdentifier:string UserAgent:string
    _IsBillable:string _BilledSize:real
  `,
  AADNonInteractiveUserSignInLogs: `
    OperationName:string OperationVersion:string Category:string ResultType:string ResultSignature:string
    ResultDescription:string DurationMs:long CorrelationId:string ResourceGroup:string Identity:string
    Level:string Location:string AADTenantId:string Agent:string AlternateSignInName:string
    AppDisplayName:string AppId:string AppliedEventListeners:dynamic AppOwnerTenantId:string
    AuthenticationContextClassReferences:string AuthenticationDetails:string
    AuthenticationMethodsUsed:string AuthenticationProcessingDetails:string AuthenticationProtocol:string
    AuthenticationRequirement:string AuthenticationRequirementPolicies:string
    AuthenticatorAppLocation:string AutonomousSystemNumber:string ClientAppUsed:string
    ClientCredentialType:string ClientSessionId:string ConditionalAccessAudiences:string
    ConditionalAccessPolicies:string ConditionalAccessStatus:string CreatedDateTime:datetime
    CrossTenantAccessType:string DeviceDetail:string FederatedCredentialId:string
    GlobalSecureAccessIpAddress:string HomeTenantId:string HomeTenantName:string Id:string
    IncomingTokenType:string IPAddress:string IsInteractive:bool IsRisky:bool IsTenantRestricted:bool
    IsThroughGlobalSecureAccess:bool LocationDetails:string MfaDetail:string NetworkLocationDetails:string
    OriginalRequestId:string OriginalTransferMethod:string ProcessingTimeInMs:string
    ResourceDisplayName:string ResourceIdentity:string ResourceOwnerTenantId:string
    ResourceServicePrincipalId:string ResourceTenantId:string RiskDetail:string RiskEventTypes:string
    RiskEventTypes_V2:string RiskLevelAggregated:string RiskLevelDuringSignIn:string RiskState:string
    ServicePrincipalId:string SessionId:string SessionLifetimePolicies:string SignInEventTypes:string
    SignInIdentifierType:string TokenProtectionStatusDetails:string Status:string TokenIssuerName:string
    TokenIssuerType:string UniqueTokenIdentifier:string UserAgent:string UserDisplayName:string
    UserId:string UserPrincipalName:string UserType:string _IsBillable:string _BilledSize:real
  `,
  AADProvisioningLogs: `
    AADTenantId:string OperationName:string OperationVersion:string Category:string ResultType:string
    ResultSignature:string ResultDescription:string DurationMs:long CorrelationId:string ChangeId:string
    CycleId:string Id:string InitiatedBy:string JobId:string ModifiedProperties:string
    ProvisioningSteps:string ServicePrincipal:string SourceIdentity:string TargetIdentity:string
    TargetSystem:string ProvisioningAction:string ProvisioningStatusInfo:string _IsBillable:string
    _BilledSize:real
  `,
  AADRiskyUsers: `
    Id:string IsDeleted:bool IsProcessing:bool RiskDetail:string RiskLastUpdatedDateTime:datetime
    RiskLevel:string RiskState:string UserDisplayName:string UserPrincipalName:string OperationName:string
    CorrelationId:string _IsBillable:string _BilledSize:real
  `,
  AADServicePrincipalSignInLogs: `
    OperationName:string OperationVersion:string Category:string ResultType:string ResultSignature:string
    ResultDescription:string DurationMs:long CorrelationId:string ResourceGroup:string Identity:string
    Level:string Location:string AppId:string AppOwnerTenantId:string
    AuthenticationContextClassReferences:string AutonomousSystemNumber:string
    AuthenticationProcessingDetails:string ClientCredentialType:string ConditionalAccessAudiences:string
    ConditionalAccessPolicies:string ConditionalAccessStatus:string CreatedDateTime:datetime
    FederatedCredentialId:string Id:string IPAddress:string LocationDetails:string
    NetworkLocationDetails:string ResourceDisplayName:string ResourceIdentity:string
    ResourceOwnerTenantId:string ResourceServicePrincipalId:string ServicePrincipalCredentialKeyId:string
    ServicePrincipalCredentialThumbprint:string ServicePrincipalId:string ServicePrincipalName:string
    SessionId:string UniqueTokenIdentifier:string Agent:string UserAgent:string AADTenantId:string
    _IsBillable:string _BilledSize:real
  `,
  AADUserRiskEvents: `
    Activity:string ActivityDateTime:datetime AdditionalInfo:dynamic CorrelationId:string
    DetectedDateTime:datetime DetectionTimingType:string Id:string IpAddress:string
    LastUpdatedDateTime:datetime Location:dynamic RequestId:string RiskDetail:string RiskEventType:string
    RiskLevel:string RiskState:string Source:string TokenIssuerType:string UserDisplayName:string
    UserId:string UserPrincipalName:string OperationName:string _IsBillable:string _BilledSize:real
  `,
  ADFSSignInLogs: `
    OperationName:string OperationVersion:string Category:string ResultType:string ResultSignature:string
    ResultDescription:string DurationMs:long CorrelationId:string ResourceGroup:string Identity:string
    Level:string Location:string AlternateSignInName:string AppDisplayName:string AppId:string
    AuthenticationDetails:string AuthenticationProcessingDetails:string AuthenticationRequirement:string
    AuthenticationRequirementPolicies:string ConditionalAccessPolicies:string ConditionalAccessStatus:string
    CreatedDateTime:datetime DeviceDetail:string IsInteractive:bool Id:string IPAddress:string
    NetworkLocationDetails:string OriginalRequestId:string ProcessingTimeInMs:string
    ResourceDisplayName:string ResourceIdentity:string ResourceTenantId:string Requirement:string
    Status:string TokenIssuerName:string TokenIssuerType:string UniqueTokenIdentifier:string
    UserAgent:string UserDisplayName:string UserId:string UserPrincipalName:string _IsBillable:string
    _BilledSize:real
  `,
  AuditLogs: `
    ResourceId:string OperationName:string OperationVersion:string Category:string ResultType:string
    ResultSignature:string ResultDescription:string DurationMs:long CorrelationId:string Resource:string
    ResourceGroup:string ResourceProvider:string Identity:string Level:string Location:string
    AdditionalDetails:dynamic Id:string InitiatedBy:dynamic LoggedByService:string Result:string
    ResultReason:string TargetResources:dynamic AADTenantId:string ActivityDisplayName:string
    ActivityDateTime:datetime AADOperationType:string _IsBillable:string _BilledSize:real
  `,
  MicrosoftGraphActivityLogs: `
    Location:string RequestId:string OperationId:string ClientRequestId:string ApiVersion:string
    RequestMethod:string ResponseStatusCode:int AadTenantId:string IPAddress:string UserAgent:string
    RequestUri:string DurationMs:int ResponseSizeBytes:int SignInActivityId:string Roles:string
    SessionId:string DeviceId:string UniqueTokenId:string TokenIssuedAt:datetime AppId:string UserId:string
    ServicePrincipalId:string Scopes:string IdentityProvider:string ClientAuthMethod:int Wids:string
    ATContent:string ATContentH:string ATContentP:string _IsBillable:string _BilledSize:real
  `,
  SigninLogs: `
    ResourceId:string OperationName:string OperationVersion:string Category:string ResultType:string
    ResultSignature:string ResultDescription:string DurationMs:long CorrelationId:string Resource:string
    ResourceGroup:string ResourceProvider:string Identity:string Level:string Location:string
    AlternateSignInName:string AppDisplayName:string AppId:string
    AuthenticationContextClassReferences:string AuthenticationDetails:string AppliedEventListeners:dynamic
    AuthenticationMethodsUsed:string AuthenticationProcessingDetails:string AuthenticationRequirement:string
    AuthenticationRequirementPolicies:string ClientAppUsed:string ConditionalAccessPolicies:dynamic
    ConditionalAccessStatus:string CreatedDateTime:datetime DeviceDetail:dynamic IsInteractive:bool
    Id:string IPAddress:string IsRisky:bool LocationDetails:dynamic MfaDetail:dynamic
    NetworkLocationDetails:string OriginalRequestId:string ProcessingTimeInMilliseconds:string
    RiskDetail:string RiskEventTypes:string RiskEventTypes_V2:string RiskLevelAggregated:string
    RiskLevelDuringSignIn:string RiskState:string ResourceDisplayName:string ResourceIdentity:string
    ResourceServicePrincipalId:string ServicePrincipalId:string ServicePrincipalName:string Status:dynamic
    TokenIssuerName:string TokenIssuerType:string UserAgent:string UserDisplayName:string UserId:string
    UserPrincipalName:string AADTenantId:string UserType:string FlaggedForReview:bool
    IPAddressFromResourceProvider:string SignInIdentifier:string SignInIdentifierType:string
    ResourceTenantId:string HomeTenantId:string UniqueTokenIdentifier:string SessionId:string
    SessionLifetimePolicies:string AutonomousSystemNumber:string AuthenticationProtocol:string
    CrossTenantAccessType:string AuthenticationAppDeviceDetails:string
    AuthenticationAppPolicyEvaluationDetails:string ClientCredentialType:string FederatedCredentialId:string
    GlobalSecureAccessIpAddress:string HomeTenantName:string IncomingTokenType:string
    IsTenantRestricted:bool IsThroughGlobalSecureAccess:bool OriginalTransferMethod:string
    TokenProtectionStatusDetails:dynamic AppOwnerTenantId:string ResourceOwnerTenantId:string Agent:dynamic
    SourceAppClientId:string ConditionalAccessAudiences:string AuthenticatorAppLocation:string
    AppliedConditionalAccessPolicies:string RiskLevel:string _IsBillable:string _BilledSize:real
  `,
} as const;
