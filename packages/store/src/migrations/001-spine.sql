-- The spine: what came in, what became of it, and why.
-- Severity is stored by rank: 0 unknown, 1 informational, 2 low, 3 medium, 4 high. Times are UTC, cut to milliseconds.

-- Tables that only the pipeline fills refer to each other without foreign keys: its one transaction writes both sides,
-- and a check for every row would cost a quarter of it.

create table tenant (
  id         text primary key,
  name       text not null,
  created_at timestamptz(3) not null default now()
);
insert into tenant (id, name) values ('default', 'Default');

-- Intake log: accepted, not yet processed. `alerts` is NDJSON of {source, alert}, zstd unless small; emptied when done.
create table intake_batch (
  id          bigint generated always as identity primary key,
  tenant_id   text not null references tenant,
  received_at timestamptz(3) not null default now(),
  received    integer not null,
  accepted    integer not null,
  rejected    integer not null,
  sources     jsonb not null default '{}', -- accepted alerts by source: what is pending while the batch waits
  alerts      bytea,
  done_at     timestamptz(3)
);
create index intake_batch_waiting on intake_batch (tenant_id, id) where done_at is null;

-- What could not be stored, whole, with its reason.
create table dead_letter (
  id              bigint generated always as identity primary key,
  tenant_id       text not null references tenant,
  batch_id        bigint not null references intake_batch,
  at              timestamptz(3) not null default now(),
  source          text not null,
  reason          text not null,
  detail          text not null,
  line            integer not null,
  raw             bytea not null,
  replayed_at     timestamptz(3),
  replay_batch_id bigint references intake_batch
);
create index dead_letter_newest on dead_letter (tenant_id, id desc);
create index dead_letter_of on dead_letter (batch_id);
create index dead_letter_replay on dead_letter (replay_batch_id) where replay_batch_id is not null;

-- received = stored + duplicate + rejected + (accepted in batches not yet done).
create table ledger (
  tenant_id        text not null references tenant,
  source           text not null,
  received         bigint not null default 0,
  stored           bigint not null default 0,
  duplicate        bigint not null default 0,
  rejected         bigint not null default 0,
  last_received_at timestamptz(3),
  primary key (tenant_id, source)
);
create table ledger_reason (
  tenant_id text not null,
  source    text not null,
  reason    text not null,
  count     bigint not null default 0,
  primary key (tenant_id, source, reason)
);

create table incident (
  tenant_id         text not null,
  id                integer not null,
  kind              text not null check (kind in ('incident', 'background')),
  display_name      text not null,
  name_locked       boolean not null default false,
  severity          smallint not null,
  severity_locked   boolean not null default false,
  status            text not null default 'active',
  classification    text not null default 'unknown',
  determination     text not null default 'unknown',
  assigned_to       text,
  custom_tags       text[] not null default '{}',
  system_tags       text[] not null default '{}',
  priority_score    smallint not null,
  factors           jsonb not null,
  reason            text not null,
  description       text not null default '',
  -- correlate's IncidentFacts: what name, severity and priority are computed from.
  facts             json not null,
  tactic_mask       integer not null default 0,
  service_sources   text[] not null default '{}',
  detection_sources text[] not null default '{}',
  categories        text[] not null default '{}',
  products          text[] not null default '{}',
  threats           text[] not null default '{}',
  devices           integer not null default 0,
  users             integer not null default 0,
  mailboxes         integer not null default 0,
  apps              integer not null default 0,
  cloud_resources   integer not null default 0,
  alerts_total      integer not null default 0,
  alerts_active     integer not null default 0,
  first_activity    timestamptz(3) not null,
  last_activity     timestamptz(3) not null,
  created_at        timestamptz(3) not null default now(),
  updated_at        timestamptz(3) not null default now(),
  resolved_at       timestamptz(3),
  resolving_comment text,
  last_modified_by  text,
  redirect_to       integer,
  continues         integer,
  -- Raised by every change of a person: the correlator re-reads owner, status and classification.
  standing_version  bigint not null default 0,
  primary key (tenant_id, id)
);

-- Rows of up to a page stay as they are: compressing one or two kilobytes costs more than it saves.
alter table incident set (toast_tuple_target = 8160);

-- Incidents about which a person decided something that correlation has yet to read.
create table standing_change (
  n           bigint generated always as identity primary key,
  tenant_id   text not null,
  incident_id integer not null
);
create function note_standing_change() returns trigger language plpgsql as $$
begin
  insert into standing_change (tenant_id, incident_id) values (new.tenant_id, new.id);
  return null;
end $$;
create trigger incident_standing after update of standing_version on incident for each row
  when (new.standing_version is distinct from old.standing_version) execute function note_standing_change();

create table entity (
  n           bigint generated always as identity primary key,
  tenant_id   text not null,
  id          text not null,
  kind        text not null,
  name        text not null,
  redirect_to bigint,
  first_seen  timestamptz(3) not null,
  last_seen   timestamptz(3) not null,
  unique (tenant_id, id)
);
-- Every name an identity goes by, in the order learned.
create table entity_key (
  n         bigint generated always as identity primary key,
  entity_n  bigint not null,
  tenant_id text not null,
  kind      text not null,
  key       text not null
);
create index entity_key_lookup on entity_key (tenant_id, key);
create index entity_key_of on entity_key (entity_n);

create table alert (
  seq                bigint generated always as identity primary key, -- order of correlation
  tenant_id          text not null,
  id                 text not null,
  provider_alert_id  text not null,
  incident_id        integer not null,
  origin_incident_id integer not null,
  batch_id           bigint not null,
  source             text not null,
  content_hash       bytea not null,
  title              text not null,
  severity           smallint not null,
  status             text not null,
  classification     text not null,
  determination      text not null,
  category           text,
  tactic_mask        integer not null,
  service_source     text not null,
  detection_source   text not null,
  product_name       text,
  detector_id        text not null,
  threat             text,
  investigation_state text,
  assigned_to        text,
  first_activity     timestamptz(3) not null,
  last_activity      timestamptz(3) not null,
  created_at         timestamptz(3) not null,
  received_at        timestamptz(3) not null default now(),
  updated_at         timestamptz(3) not null default now(),
  resolved_at        timestamptz(3),
  -- A person set status or classification: later versions from the source no longer change them.
  person_decided     boolean not null default false,
  doc                json not null, -- model Alert
  observation        json not null, -- what the correlator saw: rebuilds its state
  decision           json not null, -- model Decision: why it is where it is
  unique (tenant_id, id)
);
alter table alert set (toast_tuple_target = 8160);
create index alert_of_incident on alert (tenant_id, incident_id, first_activity, seq);
create index alert_newest on alert (tenant_id, last_activity desc, seq desc);

create table alert_entity (
  alert_seq      bigint not null,
  entity_n       bigint not null,
  roles          text[] not null default '{}',
  evidence_index integer not null,
  primary key (entity_n, alert_seq)
);
create index alert_entity_of on alert_entity (alert_seq);

-- Which entities an incident touches; kept by the pipeline, moved by merges.
create table incident_entity (
  tenant_id    text not null,
  incident_id  integer not null,
  entity_n     bigint not null,
  kind         text not null,
  alerts_total integer not null,
  first_seen   timestamptz(3) not null,
  last_seen    timestamptz(3) not null,
  primary key (tenant_id, incident_id, entity_n)
);
create index incident_entity_where on incident_entity (entity_n, tenant_id, incident_id);

create table comment (
  id          bigint generated always as identity primary key,
  tenant_id   text not null references tenant,
  incident_id integer not null,
  alert_id    text,
  created_at  timestamptz(3) not null default now(),
  created_by  text not null
);
create table comment_version (
  comment_id bigint not null references comment,
  version    integer not null,
  text       text not null,
  at         timestamptz(3) not null default now(),
  by         text not null,
  primary key (comment_id, version)
);

-- Append-only: who did what, when, before and after.
create table activity (
  id          bigint generated always as identity primary key,
  tenant_id   text not null,
  at          timestamptz(3) not null default now(),
  kind        text not null,
  actor_kind  text not null,
  actor_name  text not null,
  incident_id integer not null,
  alert_id    text,
  summary     text not null,
  before      jsonb not null default '{}',
  after       jsonb not null default '{}',
  comment_id  bigint references comment
);
create index activity_of_incident on activity (tenant_id, incident_id, id desc);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger activity_append_only before update or delete on activity for each row execute function refuse_change();

-- What changed, for live subscribers (SSE); pruned after a day.
create table live_event (
  id        bigint generated always as identity primary key,
  tenant_id text not null,
  at        timestamptz(3) not null default now(),
  event     jsonb not null
);
