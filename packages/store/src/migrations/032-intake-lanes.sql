-- Batches wait in lanes that take turns, so that a flood in one holds up no other. An alert held back to be put in order
-- with what may still arrive is due later than it was received.
alter table intake_batch
  add column lane   text not null default '',
  add column due_at timestamptz(3) not null default now(),
  add column held   boolean not null default false;
update intake_batch set due_at = received_at where done_at is null;
create index intake_batch_lane on intake_batch (tenant_id, lane, due_at, id) where done_at is null;
