-- Queries that people keep, and the hunts they ran.

create table hunt_query (
  id          bigint generated always as identity primary key,
  tenant_id   text not null,
  account_id  bigint not null references account on delete cascade,
  name        text not null,
  description text not null,
  query       text not null,
  shared      boolean not null,
  updated_at  timestamptz(3) not null
);
create index hunt_query_owner on hunt_query (tenant_id, account_id);

create table hunt_run (
  id         bigint generated always as identity primary key,
  tenant_id  text not null,
  account_id bigint not null references account on delete cascade,
  at         timestamptz(3) not null,
  query      text not null,
  result     text not null, -- done, or the class of the error
  rows       bigint not null,
  elapsed_ms bigint not null
);
create index hunt_run_owner on hunt_run (tenant_id, account_id, id desc);
