-- Settings of an organisation and of what sends to it.

-- Null: times are shown in each person's own zone.
alter table tenant add column time_zone text;
alter table tenant add column settings_updated_at timestamptz(3) not null default now();
alter table tenant add column settings_updated_by text not null default 'system';

-- What people say about a source; one without a row is enabled and goes by its own name.
create table source_setting (
  tenant_id        text not null references tenant,
  source           text not null,
  display_name     text not null default '',
  note             text not null default '',
  expected_minutes integer check (expected_minutes > 0), -- it sends at least this often
  enabled          boolean not null default true,
  refused          bigint not null default 0, -- requests refused while disabled
  last_refused_at  timestamptz(3),
  updated_at       timestamptz(3) not null default now(),
  updated_by       text not null default 'system',
  primary key (tenant_id, source)
);
