-- Who reads some data sources only: the indexes that say which alerts an incident has, and which are the newest, say also
-- of which source and device groups they are. Sources are cut where they are written, for an index entry has a size limit.
update alert set service_source = left(service_source, 300) where length(service_source) > 300;
drop index alert_of_incident;
create index alert_of_incident on alert (tenant_id, incident_id, first_activity, seq)
  include (service_source, device_groups, status);
drop index alert_queue;
create index alert_queue on alert (tenant_id, last_activity, seq)
  include (status, severity, incident_id, device_groups, service_source);
-- A merged incident is seen with its survivor's alerts.
drop index incident_queue;
create index incident_queue on incident (tenant_id, updated_at, id)
  include (kind, status, severity, assigned_to, priority_score, classification, determination, tactic_mask, last_activity,
    device_groups, redirect_to);
