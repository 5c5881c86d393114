-- Rules that hide or resolve alerts as they come in, before correlation.

create table tuning_rule (
  id            integer generated always as identity primary key,
  tenant_id     text not null references tenant,
  version       integer not null default 1,
  name          text not null,
  enabled       boolean not null,
  device_groups integer[], -- null: all
  expires_at    timestamptz(3),
  definition    json not null, -- what it is about and what it does
  author_id     bigint, -- who saved it last: it stops when they may not any more
  created_at    timestamptz(3) not null,
  created_by    text not null,
  updated_at    timestamptz(3) not null,
  updated_by    text not null
);
create unique index tuning_rule_name on tuning_rule (tenant_id, lower(name));

-- Every version a rule ever had, also of those that are gone: an alert names the one that applied.
create table tuning_rule_version (
  tenant_id text not null references tenant,
  rule_id   integer not null,
  version   integer not null,
  rule      json not null,
  at        timestamptz(3) not null,
  by        text not null,
  primary key (tenant_id, rule_id, version)
);

-- Written by the pipeline alone.
create table tuning_match (
  tenant_id     text not null references tenant,
  rule_id       integer not null,
  matched       bigint not null,
  last_match_at timestamptz(3) not null,
  primary key (tenant_id, rule_id)
);

-- The rule that applied when the alert came in.
alter table alert add column tuning_rule integer;
-- Resolved by a rule, and no higher severity came since: later versions from the source do not reopen it.
alter table alert add column tuned_resolved boolean not null default false;
create index alert_of_tuning_rule on alert (tenant_id, tuning_rule, seq) where tuning_rule is not null;
-- Arrived resolved: it opens once it holds an alert that is not.
alter table incident add column resolved_by_tuning boolean not null default false;
