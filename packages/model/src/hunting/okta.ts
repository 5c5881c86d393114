// The Okta system log.
export const OKTA_TABLES = {
  OktaV2_CL: `
    ActingAppName:string ActingAppType:string ActorDetailEntry:string ActorDisplayName:string
    ActorSessionId:string ActorUserId:string ActorUserIdType:string ActorUsername:string
    ActorUsernameType:string ActorUserType:string AuthenticationContextAuthenticationProvider:string
    AuthenticationContextAuthenticationStep:real AuthenticationContextCredentialProvider:string
    AuthenticationContextInterface:string AuthenticationContextIssuerId:string
    AuthenticationContextIssuerType:string DebugData:string DvcAction:string EventMessage:string
    EventOriginalResultDetails:string EventOriginalType:string EventOriginalUid:string EventResult:string
    EventSeverity:string HttpUserAgent:string LegacyEventType:string LogonMethod:string
    OriginalActorAlternateId:string OriginalClientDevice:string OriginalOutcomeResult:string
    OriginalSeverity:string OriginalTarget:string OriginalUserId:string OriginalUserType:string
    Request:string SecurityContextAsNumber:real SecurityContextAsOrg:string SecurityContextDomain:string
    SecurityContextIsProxy:bool SrcDeviceType:string SrcDvcId:string SrcDvcOs:string SrcGeoCity:string
    SrcGeoCountry:string SrcGeoLatitude:real SrcGeoLongtitude:real SrcGeoPostalCode:string
    SrcGeoRegion:string SrcIpAddr:string SrcIsp:string SrcZone:string TransactionDetail:string
    TransactionId:string TransactionType:string Version:string SrcDvcIdType:string
  `,
  Okta_CL: `
    MG:string ManagementGroupName:string Computer:string RawData:string
    debugContext_debugData_initiationType_s:string debugContext_debugData_logOnlySecurityData_s:string
    debugContext_debugData_signOnMode_s:string debugContext_debugData_attributesModified_s:string
    debugContext_debugData_attributesAdded_s:string debugContext_debugData_attributesDeleted_s:string
    debugContext_debugData_groupAppAssignmentId_s:string debugContext_debugData_authnRequestId_s:string
    debugContext_debugData_loginResult_s:string debugContext_debugData_requestId_s:string
    debugContext_debugData_requestUri_s:string debugContext_debugData_url_s:string
    debugContext_debugData_deviceFingerprint_g:string debugContext_debugData_factor_s:string
    debugContext_debugData_countryCallingCode_s:string debugContext_debugData_smsProvider_s:string
    debugContext_debugData_transactionId_g:string debugContext_debugData_jobId_s:string
    debugContext_debugData_importType_s:string debugContext_debugData_appname_s:string
    debugContext_debugData_importLastToken_s:string debugContext_debugData_importTrigger_s:string
    debugContext_debugData_threatSuspected_s:string debugContext_debugData_detailedmessage_s:string
    client_userAgent_rawUserAgent_s:string client_userAgent_os_s:string client_userAgent_browser_s:string
    client_zone_s:string client_device_s:string client_ipAddress_s:string
    client_geographicalContext_city_s:string client_geographicalContext_state_s:string
    client_geographicalContext_country_s:string client_geographicalContext_postalCode_s:string
    client_geographicalContext_geolocation_lat_d:real client_geographicalContext_geolocation_lon_d:real
    outcome_reason_s:string securityContext_asNumber_d:real securityContext_asOrg_s:string
    securityContext_isp_s:string securityContext_domain_s:string securityContext_isProxy_b:bool
    authenticationContext_authenticationProvider_s:string authenticationContext_credentialProvider_s:string
    authenticationContext_credentialType_s:string actor_id_s:string actor_type_s:string
    actor_alternateId_s:string actor_displayName_s:string authenticationContext_authenticationStep_d:real
    authenticationContext_externalSessionId_s:string displayMessage_s:string eventType_s:string
    outcome_result_s:string published_t:datetime severity_s:string legacyEventType_s:string
    transaction_type_s:string transaction_id_s:string uuid_g:string version_s:string
    request_ipChain_s:string target_s:string _ResourceId:string
  `,
} as const;
