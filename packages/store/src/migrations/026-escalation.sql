-- Webhooks of chat systems, escalation with on-call times, acknowledge links, daily digests.

-- Of `slack` and `teams` the url here is only what may be shown; the whole of it is in the table `secret`.
alter table notification_webhook add column format text not null default 'throughline'
  check (format in ('throughline', 'slack', 'teams'));

create table on_call_schedule (
  id         integer generated always as identity primary key,
  tenant_id  text not null references tenant,
  name       text not null,
  definition jsonb not null,
  updated_at timestamptz(3) not null default now(),
  updated_by text not null
);
create unique index on_call_schedule_name on on_call_schedule (tenant_id, lower(name));

create table escalation_policy (
  id         integer generated always as identity primary key,
  tenant_id  text not null references tenant,
  name       text not null,
  steps      jsonb not null,
  repeats    integer not null default 0,
  updated_at timestamptz(3) not null default now(),
  updated_by text not null
);
create unique index escalation_policy_name on escalation_policy (tenant_id, lower(name));

alter table notification_rule add column policy_id integer references escalation_policy;
create index notification_rule_policy on notification_rule (policy_id) where policy_id is not null;

-- One incident that escalates by one rule's policy. Steps are as the policy had them when it began.
create table notification_escalation (
  id          bigint generated always as identity primary key,
  tenant_id   text not null references tenant,
  rule_id     integer not null,
  rule_name   text not null,
  policy_id   integer not null,
  policy_name text not null,
  steps       jsonb not null,
  repeats     integer not null,
  root_id     integer not null, -- the incident of the first message: mails thread by it
  incident_id integer not null, -- follows merges
  state       text not null default 'running',
  step        integer not null default 0, -- the next one, over all rounds
  next_at     timestamptz(3), -- null: no step is left
  started_at  timestamptz(3) not null,
  ended_at    timestamptz(3),
  ended_by    text
);
-- However often the first message is planned, it escalates once.
create unique index notification_escalation_once on notification_escalation (tenant_id, rule_id, root_id);
create index notification_escalation_running on notification_escalation (next_at) where state = 'running';
create index notification_escalation_incident on notification_escalation (tenant_id, incident_id, id);

create table acknowledge_link (
  token_hash    bytea primary key,
  tenant_id     text not null references tenant,
  escalation_id bigint not null references notification_escalation on delete cascade,
  recipient     text not null,
  expires_at    timestamptz(3) not null,
  used_at       timestamptz(3)
);
create index acknowledge_link_of on acknowledge_link (escalation_id);

-- Messages that are of no rule's notice: `said` says what.
alter table notification_delivery alter column notice_id drop not null;
alter table notification_delivery add column said jsonb;
alter table notification_delivery add column escalation_id bigint;
alter table notification_delivery add check (num_nonnulls(notice_id, said) = 1);
create index notification_delivery_escalation on notification_delivery (escalation_id) where escalation_id is not null;

create table notification_digest (
  id         integer generated always as identity primary key,
  tenant_id  text not null references tenant,
  account_id integer not null references account, -- whose device groups it counts
  definition jsonb not null,
  next_at    timestamptz(3), -- null: switched off
  next_day   date,
  updated_at timestamptz(3) not null default now(),
  updated_by text not null
);
create index notification_digest_due on notification_digest (next_at) where next_at is not null;
