-- Who put alerts of one incident into another, and what is needed to undo it.

-- What a person decides about an incident: what a merge carries over and its undoing gives back.
create function decided(i incident) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_object('status', i.status, 'assigned_to', i.assigned_to, 'classification', i.classification,
    'determination', i.determination, 'custom_tags', i.custom_tags, 'system_tags', i.system_tags,
    'display_name', i.display_name, 'name_locked', i.name_locked, 'severity', i.severity,
    'severity_locked', i.severity_locked, 'resolved_at', i.resolved_at, 'resolving_comment', i.resolving_comment,
    'standing_version', i.standing_version)
$$;

create table rearrangement (
  id         bigint generated always as identity primary key,
  tenant_id  text not null,
  kind       text not null check (kind in ('merge', 'unmerge', 'move')),
  at         timestamptz(3) not null,
  actor_kind text not null,
  actor_name text not null,
  reason     text,
  note       text not null default '',
  from_id    integer not null,
  into_id    integer not null,
  alerts     bigint[] not null, -- alert.seq of those that went from one to the other
  -- Of a merge: incidents that led to `from_id` and were led on to `into_id`.
  led_on     integer[] not null default '{}',
  -- Of a merge: what was decided about both, before and after.
  was        jsonb not null default '{}', -- {from, into, became}
  undoes     bigint references rearrangement,
  undone_by  bigint references rearrangement,
  -- Of a person's: what it means to correlation, and the last alert that correlation had decided before.
  effect     json,
  after_seq  bigint
);
create index rearrangement_from on rearrangement (tenant_id, from_id, id);
create index rearrangement_into on rearrangement (tenant_id, into_id, id);
create index rearrangement_replay on rearrangement (tenant_id, after_seq, id) where effect is not null;

-- What people ask for. The tenant's writer does it between two batches, and answers here.
create table rearrangement_request (
  id           bigint generated always as identity primary key,
  tenant_id    text not null references tenant,
  requested_at timestamptz(3) not null default now(),
  actor_kind   text not null,
  actor_name   text not null,
  groups       integer[], -- the device groups the person sees; null = all
  sources      jsonb,     -- the data sources, {mode, sources}; null = all
  request      jsonb not null,
  state        text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  answer       jsonb
);
create index rearrangement_waiting on rearrangement_request (tenant_id, id) where state = 'waiting';
create index rearrangement_request_old on rearrangement_request (requested_at);

-- The last person's move of an alert: why it is where it is.
alter table alert add column rearrangement_id bigint;
