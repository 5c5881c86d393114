-- Who did what: append-only, each entry chained to the one before by its hash.

-- The end of each tenant's chain; whoever appends moves it in the same statement.
create table audit_chain (
  tenant_id text primary key references tenant,
  seq       bigint not null,
  hash      bytea not null
);

create table audit_entry (
  tenant_id   text not null references tenant,
  seq         bigint not null,
  at          timestamptz(3) not null,
  action      text not null,
  actor_kind  text not null,
  actor_name  text not null,
  actor_id    text,
  target_kind text,
  target_id   text,
  outcome     text not null,
  address     text,
  request_id  text,
  details     text not null, -- canonical JSON: as text, since the hash is over its characters
  hash        bytea not null,
  primary key (tenant_id, seq)
);
create index audit_entry_by_action on audit_entry (tenant_id, action, seq desc);
create index audit_entry_by_actor on audit_entry (tenant_id, lower(actor_name), seq desc);
create index audit_entry_by_target on audit_entry (tenant_id, target_kind, target_id, seq desc);
create index audit_entry_by_time on audit_entry (tenant_id, at);

-- Where the chain stood, sealed with a key that is not in this database. `removed`: the entries up to here were removed.
create table audit_checkpoint (
  tenant_id text not null references tenant,
  seq       bigint not null,
  hash      bytea not null,
  at        timestamptz(3) not null,
  removed   boolean not null default false,
  seal      bytea not null,
  primary key (tenant_id, seq)
);

-- Up to which entry each receiver has the log.
create table audit_receiver (
  tenant_id    text not null references tenant,
  name         text not null,
  position     bigint not null,
  last_sent_at timestamptz(3),
  last_error   text,
  updated_at   timestamptz(3) not null default now(),
  primary key (tenant_id, name)
);

-- From where each API token was used.
create table token_address (
  token_id      integer not null references api_token,
  address       text not null,
  first_used_at timestamptz(3) not null default now(),
  primary key (token_id, address)
);

-- Entries are appended and nothing else. Retention says so beforehand, and removes only what a checkpoint holds.
create function keep_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('throughline.audit_prune', true) = old.tenant_id
    and old.seq <= (select max(seq) from audit_checkpoint where tenant_id = old.tenant_id and removed)
  then
    return old;
  end if;
  raise exception 'audit entries are not changed or removed';
end $$;
create trigger audit_entry_kept before update or delete on audit_entry for each row execute function keep_audit();
create function keep_audit_whole() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are not changed or removed';
end $$;
create trigger audit_entry_kept_whole before truncate on audit_entry execute function keep_audit_whole();
