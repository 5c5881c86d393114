-- Accounts, sessions, one-time links, API tokens. Secrets are stored as hashes only.

create table account (
  id              integer generated always as identity primary key,
  tenant_id       text not null references tenant,
  user_name       text not null,
  display_name    text not null,
  role            text not null check (role in ('reader', 'operator', 'administrator')),
  password_hash   text, -- argon2id, PHC string
  disabled        boolean not null default false,
  created_at      timestamptz(3) not null default now(),
  last_sign_in_at timestamptz(3)
);
create unique index account_by_name on account (tenant_id, lower(user_name));

create table session (
  token_hash bytea primary key, -- SHA-256
  account_id integer not null references account,
  csrf_token text not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);

create table one_time_link (
  token_hash bytea primary key,
  account_id integer not null references account,
  expires_at timestamptz(3) not null,
  used_at    timestamptz(3)
);

create table api_token (
  id           integer generated always as identity primary key,
  account_id   integer not null references account,
  name         text not null,
  token_hash   bytea not null unique,
  scopes       text[] not null,
  created_at   timestamptz(3) not null default now(),
  expires_at   timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);

-- Failed sign-ins per account name and per address: guessing gets slower and stops.
create table sign_in_throttle (
  key           text primary key,
  failures      integer not null,
  blocked_until timestamptz(3),
  updated_at    timestamptz(3) not null default now()
);
