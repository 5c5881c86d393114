-- Rules of several kinds and for some device groups, why they spoke or stayed silent, and the watch over the server itself.

alter table notification_rule
  add column kind text not null default 'incident' check (kind in ('incident', 'action', 'report', 'operations')),
  add column device_groups integer[], -- null = all; 0 is "Ungrouped devices", -1 "names no device"
  add column author_id integer references account; -- who saved it last: a rule reaches no further than they see
create index notification_rule_groups on notification_rule using gin (device_groups);

-- The latest notice of a rule.
create index notification_notice_rule on notification_notice (tenant_id, rule_id, id);

-- What is not about an incident: `about` says what, and `root_id` is its number.
alter table notification_notice add column about jsonb;
alter table notification_notice alter column incident_id drop not null;

-- Alerts whose source raised their severity, until the rules have judged that.
create table notification_raise (
  id        bigint generated always as identity primary key,
  tenant_id text not null,
  alert_seq bigint not null,
  severity_before smallint not null,
  severity_after  smallint not null,
  at        timestamptz(3) not null default now()
);
create index notification_raise_of on notification_raise (tenant_id, id);

-- How often a rule spoke or stayed silent, by day (UTC) and reason.
create table notification_rule_count (
  tenant_id text not null,
  rule_id   integer not null,
  day       date not null,
  reason    text not null,
  count     integer not null,
  primary key (tenant_id, rule_id, day, reason)
);

-- Response actions and threat reports, as whatever makes them tells. Kept for a while, for previews.
create table notification_event (
  id        bigint generated always as identity primary key,
  tenant_id text not null references tenant,
  kind      text not null check (kind in ('action', 'report')),
  event     jsonb not null,
  at        timestamptz(3) not null default now(),
  judged    boolean not null default false
);
create index notification_event_new on notification_event (tenant_id, id) where not judged;
create index notification_event_at on notification_event (tenant_id, kind, at);

-- Something about the server that is not as it should be, as one rule sees it; rule 0 is the watch that always runs.
create table operation_condition (
  id        bigint generated always as identity primary key,
  tenant_id text not null references tenant,
  rule_id   integer not null,
  kind      text not null,
  subject   text not null,
  state     text not null check (state in ('suspected', 'open', 'closed')),
  facts     jsonb not null,
  suspected_at timestamptz(3) not null,
  opened_at timestamptz(3),
  closed_at timestamptz(3),
  closed_by text -- recovered, or the rule is gone or watches something else
);
create unique index operation_condition_one on operation_condition (tenant_id, rule_id, kind, subject)
  where state <> 'closed';
create index operation_condition_opened on operation_condition (tenant_id, opened_at) where opened_at is not null;

-- The longest silence of each source, by day (UTC): its own rhythm. `silence` in ms.
create table source_silence (
  tenant_id text not null,
  source    text not null,
  day       date not null,
  silence   bigint not null,
  last_at   timestamptz(3) not null,
  primary key (tenant_id, source, day)
);

-- How the server's recurring work goes.
create table job_run (
  name       text primary key,
  last_run   timestamptz(3) not null,
  last_success timestamptz(3),
  last_failure timestamptz(3),
  last_error text,
  failures   integer not null default 0 -- in a row
);

create index dead_letter_at on dead_letter (tenant_id, at);
