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

-- Resolved incidents that nobody touched for so many days are deleted; null keeps them.
alter table tenant add column incident_days integer check (incident_days >= 30);

-- What is deleted for good, why and for whom; kept as the record of it.
create table deletion (
  id         bigint generated always as identity primary key,
  tenant_id  text not null references tenant,
  kind       text not null check (kind in ('retention', 'incident')),
  reason     text not null,
  started_by text not null,
  started_at timestamptz(3) not null,
  ended_at   timestamptz(3),
  incidents  integer not null default 0, -- gone so far
  alerts     integer not null default 0
);
create index deletion_newest on deletion (tenant_id, id desc);
create index deletion_running on deletion (id) where ended_at is null;
-- Incidents, with those merged into them, still to be deleted. Correlation has forgotten them already.
create table deletion_item (
  tenant_id   text not null,
  incident_id integer not null,
  deletion_id bigint not null references deletion,
  primary key (tenant_id, incident_id)
);
create index deletion_item_of on deletion_item (deletion_id);
-- Entities that may be named by nothing any more.
create table deletion_entity (
  deletion_id bigint not null references deletion,
  entity_n    bigint not null,
  primary key (deletion_id, entity_n)
);
-- Numbers that are not given out again and answer with what became of them.
create table deleted_incident (
  tenant_id   text not null,
  id          integer not null,
  deletion_id bigint not null references deletion,
  deleted_at  timestamptz(3) not null,
  primary key (tenant_id, id)
);
alter table ledger add column deleted bigint not null default 0; -- of those stored

-- Raised whenever data is deleted that correlation remembers.
create table correlation_generation (
  tenant_id  text primary key references tenant,
  generation bigint not null
);
-- Which identities deleted alerts showed to be one.
create table correlation_absorbed (
  seq       bigint primary key,
  tenant_id text not null,
  absorbed  json not null
);
create index correlation_absorbed_of on correlation_absorbed (tenant_id, seq);

create index comment_of_incident on comment (tenant_id, incident_id);
create index activity_of_comment on activity (comment_id) where comment_id is not null;
create index entity_redirected on entity (redirect_to) where redirect_to is not null;
create index notification_notice_incident on notification_notice (tenant_id, incident_id);

-- Entries are appended, and go only with their incident.
create function keep_activity() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and exists (
    select from deletion_item where tenant_id = old.tenant_id and incident_id = old.incident_id)
  then
    return old;
  end if;
  raise exception '% is append-only', tg_table_name;
end $$;
drop trigger activity_append_only on activity;
create trigger activity_append_only before update or delete on activity for each row execute function keep_activity();
