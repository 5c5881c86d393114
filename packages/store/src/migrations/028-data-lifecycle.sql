-- How long the rest is kept, and what else can be deleted for good.

-- For how many days: raw bytes of dead letters, finished intake batches, live updates, text of sent messages.
alter table tenant
  add column dead_letter_days integer not null default 90 check (dead_letter_days between 1 and 36500),
  add column intake_days integer not null default 7 check (intake_days between 1 and 36500),
  add column live_days integer not null default 1 check (live_days between 1 and 36500),
  add column message_days integer not null default 90 check (message_days between 1 and 36500);

-- Null: the bytes were removed by age; reason, line and time stay.
alter table dead_letter alter column raw drop not null;
create index dead_letter_with_raw on dead_letter (tenant_id, at) where raw is not null;
create index dead_letter_source on dead_letter (tenant_id, source, id);
create index live_event_age on live_event (tenant_id, at);
-- Sent messages that still have their text.
create index notification_delivery_text on notification_delivery (tenant_id, created_at) where subject is not null;
-- One job does what several did.
delete from job_run where name = 'Intake log upkeep';

alter table deletion drop constraint deletion_kind_check;
alter table deletion add constraint deletion_kind_check check (kind in ('retention', 'incident', 'demo', 'source'));
alter table deletion add column source text; -- of kind source: whose data
alter table deletion add column letters integer not null default 0; -- dead letters gone so far
-- Alerts still to be taken out of incidents that stay. Correlation has forgotten them already.
create table deletion_alert (
  alert_seq   bigint primary key,
  deletion_id bigint not null references deletion
);
create index deletion_alert_of on deletion_alert (deletion_id, alert_seq);
-- Which alerts a source sent, to count and delete them.
create index alert_of_source on alert (tenant_id, source, incident_id);

-- Entries are appended, and go only with their incident or with the alert they are about.
-- A person who left is renamed in what was logged; nothing else of an entry changes.
create or replace function keep_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and (
    exists (select from deletion_item where tenant_id = old.tenant_id and incident_id = old.incident_id)
    or old.alert_id is not null and exists (
      select from alert a join deletion_alert x on x.alert_seq = a.seq
      where a.tenant_id = old.tenant_id and a.id = old.alert_id))
  then
    return old;
  end if;
  if tg_op = 'UPDATE' and current_setting('throughline.erase_person', true) = old.tenant_id
    and (new.id, new.tenant_id, new.at, new.kind, new.incident_id) = (old.id, old.tenant_id, old.at, old.kind, old.incident_id)
  then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name;
end $$;
alter table account add column erased_at timestamptz(3); -- its person left and was renamed
