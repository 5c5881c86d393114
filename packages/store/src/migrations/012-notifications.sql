-- Who is told about which incidents, what was told, and what is still to be told.

create table notification_rule (
  id          integer generated always as identity primary key,
  tenant_id   text not null references tenant,
  name        text not null,
  description text not null default '',
  enabled     boolean not null default true,
  definition  jsonb not null, -- sources, severities and switches
  recipients  jsonb not null, -- [{channel, target, since}]
  created_at  timestamptz(3) not null default now(),
  created_by  text not null,
  updated_at  timestamptz(3) not null default now(),
  updated_by  text not null
);
create unique index notification_rule_name on notification_rule (tenant_id, lower(name));

-- One mail server a tenant. Its password, and what signs a webhook's calls, is in the table `secret`.
create table notification_mail_server (
  tenant_id  text primary key references tenant,
  config     jsonb not null,
  updated_at timestamptz(3) not null default now(),
  updated_by text not null
);

create table notification_webhook (
  id         integer generated always as identity primary key,
  tenant_id  text not null references tenant,
  name       text not null,
  url        text not null,
  created_at timestamptz(3) not null default now(),
  updated_by text not null
);
create unique index notification_webhook_name on notification_webhook (tenant_id, lower(name));

-- How far a tenant's alerts were judged: alert.seq grows in the order of the tenant's commits. What was before this
-- version is not told about. The stream's name tells installations apart in Message-IDs.
create table notification_position (
  tenant_id text primary key references tenant,
  alert_seq bigint not null,
  stream    text not null default gen_random_uuid()::text
);
insert into notification_position (tenant_id, alert_seq)
select id, coalesce((select max(seq) from alert where tenant_id = tenant.id), 0) from tenant;

-- That a rule has told about an incident; a merge moves it, so the thread of mails goes on.
create table notification_thread (
  tenant_id   text not null,
  rule_id     integer not null,
  incident_id integer not null,
  root_id     integer not null, -- the incident of the first message
  window_no   integer not null, -- number of the latest message
  quiet_until timestamptz(3) not null,
  primary key (tenant_id, rule_id, incident_id)
);
create index notification_thread_of on notification_thread (tenant_id, incident_id);

-- What one message says. It grows until the first of its deliveries is rendered.
create table notification_notice (
  id          bigint generated always as identity primary key,
  tenant_id   text not null,
  rule_id     integer not null,
  rule_name   text not null,
  root_id     integer not null,
  window_no   integer not null,
  incident_id integer not null,
  event       text not null,
  alerts      jsonb not null,
  alert_count integer not null,
  merged_from integer[] not null default '{}',
  created_at  timestamptz(3) not null default now(),
  rendered_at timestamptz(3)
);
-- Never two messages for one rule, incident and quiet period.
create unique index notification_notice_key on notification_notice (tenant_id, rule_id, root_id, window_no);
create index notification_notice_created on notification_notice (created_at);

-- The outbox: one message to one recipient. `key` makes it unique, whatever is repeated.
create table notification_delivery (
  id         bigint generated always as identity primary key,
  tenant_id  text not null,
  notice_id  bigint not null references notification_notice on delete cascade,
  key        text not null,
  thread_key text not null,
  channel    text not null check (channel in ('mail', 'webhook')),
  target     text not null,
  state      text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead')),
  message    jsonb, -- as rendered, so that every try sends the same; emptied when sent
  message_id text,
  subject    text,
  attempts   integer not null default 0,
  last_error text,
  created_at timestamptz(3) not null default now(),
  due_at     timestamptz(3) not null,
  give_up_at timestamptz(3) not null,
  sent_at    timestamptz(3),
  unique (tenant_id, key)
);
create index notification_delivery_due on notification_delivery (due_at, id) where state in ('waiting', 'sending');
create index notification_delivery_thread on notification_delivery (tenant_id, thread_key, id);
create index notification_delivery_of on notification_delivery (notice_id);
create index notification_delivery_state on notification_delivery (tenant_id, state, id);
