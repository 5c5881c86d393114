-- Telemetry: its batches in the intake log, the devices it names, how long it is kept, and the rules that detect on it.

-- Telemetry waits beside alerts, for a worker of its own.
alter table intake_batch add column telemetry boolean not null default false;
drop index intake_batch_lane;
create index intake_batch_lane on intake_batch (tenant_id, lane, due_at, id) where done_at is null and not telemetry;
create index intake_batch_telemetry on intake_batch (tenant_id, id) where done_at is null and telemetry;

-- Devices as telemetry names them, to know who may see their rows. Empty: it gives no such name.
create table telemetry_device (
  tenant_id   text not null references tenant,
  device_id   text not null,
  device_name text not null,
  first_seen  timestamptz(3) not null,
  last_seen   timestamptz(3) not null,
  primary key (tenant_id, device_id, device_name)
);

-- For how many days rows are kept, from when they came in; a table without a row has the tenant's number.
-- The size is of everything together, as stored; null: no limit.
alter table tenant
  add column telemetry_days integer not null default 30 check (telemetry_days between 1 and 36500),
  add column telemetry_bytes bigint check (telemetry_bytes >= 104857600);
create table telemetry_retention (
  tenant_id  text not null references tenant,
  table_name text not null,
  days       integer not null check (days between 1 and 36500),
  primary key (tenant_id, table_name)
);
-- What retention removed, by whole days of arrival.
create table telemetry_removal (
  id         bigint generated always as identity primary key,
  tenant_id  text not null references tenant,
  table_name text not null,
  day        date not null,
  rows       bigint not null,
  bytes      bigint not null,
  why        text not null check (why in ('age', 'size')),
  at         timestamptz(3) not null,
  unique (tenant_id, table_name, day)
);

-- Up to which alert the hunting tables of alerts are filled; planned: what is being written.
create table alert_rows (
  tenant_id text primary key references tenant,
  done      bigint not null default 0,
  planned   bigint not null default 0
);

-- Rules that people added. Those we ship, and those in the folder of rules, are read from disk.
create table rule_pack (
  id         bigint generated always as identity primary key,
  tenant_id  text not null references tenant,
  name       text not null,
  version    text not null default '',
  licence    text not null default '',
  url        text not null default '',
  added_at   timestamptz(3) not null default now(),
  added_by   text not null,
  updated_at timestamptz(3) not null default now(),
  updated_by text not null,
  unique (tenant_id, name)
);
create table detection_rule (
  tenant_id  text not null references tenant,
  pack_id    bigint not null references rule_pack on delete cascade,
  path       text not null, -- within the pack
  yaml       text not null,
  updated_at timestamptz(3) not null default now(),
  primary key (pack_id, path)
);
create index detection_rule_of on detection_rule (tenant_id);
-- What people decided about a rule, wherever it comes from; one without a row is enabled.
create table detection_rule_setting (
  tenant_id      text not null references tenant,
  rule_id        text not null,
  enabled        boolean not null default true,
  window_minutes integer check (window_minutes between 1 and 10080), -- repeats on one asset fold; null: the usual
  reason         text not null default '',
  updated_at     timestamptz(3) not null default now(),
  updated_by     text not null default 'system',
  primary key (tenant_id, rule_id)
);
-- Matches that are no alert: every condition holds. rule_id null: of any rule.
create table detection_exception (
  id         bigint generated always as identity primary key,
  tenant_id  text not null references tenant,
  rule_id    text,
  conditions jsonb not null, -- [{field, operator, values}]
  reason     text not null,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  created_by text not null,
  ended_at   timestamptz(3), -- taken back
  ended_by   text,
  hits       bigint not null default 0,
  last_hit   timestamptz(3)
);
create index detection_exception_of on detection_exception (tenant_id, id);
-- What each rule did, by the day (UTC) on which it did it.
create table detection_count (
  tenant_id text not null references tenant,
  rule_id   text not null,
  day       date not null,
  matches   bigint not null default 0,
  alerts    bigint not null default 0,
  folded    bigint not null default 0,
  excepted  bigint not null default 0,
  throttled bigint not null default 0,
  cost_us   bigint not null default 0,
  primary key (tenant_id, rule_id, day)
);
-- The alert of a rule, an asset and a stretch of time, to which repeats are added.
create table detection_fold (
  tenant_id text not null references tenant,
  alert_id  text not null,
  rule_id   text not null,
  asset     text not null,
  count     integer not null,
  first_at  timestamptz(3) not null,
  last_at   timestamptz(3) not null,
  doc       json not null, -- the alert as it was first told
  records   text[] not null, -- keys of raw records, the first ones
  told      integer not null, -- the count that was last told
  primary key (tenant_id, alert_id)
);
create index detection_fold_age on detection_fold (tenant_id, last_at);
-- Rules that are held back for a while, why, and what was measured.
create table detection_throttle (
  tenant_id text not null references tenant,
  rule_id   text not null,
  why       text not null check (why in ('noisy', 'expensive')),
  since     timestamptz(3) not null,
  until     timestamptz(3) not null,
  facts     jsonb not null,
  primary key (tenant_id, rule_id)
);
