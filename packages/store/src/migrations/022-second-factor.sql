-- Second factors, and sessions that say how they began and where they are used.

alter table session
  add column id             integer generated always as identity unique, -- what people and the API call it
  add column method         text not null default 'password',
  add column second_factor  text, -- which one was shown, when one was
  add column proved_at      timestamptz(3) not null default now(), -- when its owner last showed who they are
  add column last_seen_at   timestamptz(3) not null default now(),
  add column address        text,
  add column user_agent     text not null default '';
alter table session alter column method drop default;
create index session_account on session (account_id);

-- Made on the server's own command line: the way back in, which asks no second factor.
alter table one_time_link add column local boolean not null default false;

-- Who must have a second factor.
alter table tenant add column second_factor_policy text not null default 'optional'
  check (second_factor_policy in ('optional', 'administrators', 'everyone'));

-- The authenticator app of an account. Its key is sealed among the secrets.
create table authenticator (
  account_id   integer primary key references account on delete cascade,
  created_at   timestamptz(3) not null,
  confirmed_at timestamptz(3), -- null until a code was right
  last_step    bigint, -- the time step of the last accepted code: none before or at it is accepted again
  last_used_at timestamptz(3)
);

create table recovery_code (
  account_id integer not null references account on delete cascade,
  code_hash  bytea not null, -- SHA-256 of 80 random bits
  used_at    timestamptz(3),
  primary key (account_id, code_hash)
);

create table passkey (
  id            integer generated always as identity primary key,
  account_id    integer not null references account on delete cascade,
  credential_id text not null unique, -- base64url
  public_key    bytea not null, -- COSE
  user_handle   text not null, -- base64url; one an account, says nothing about it
  rp_id         text not null, -- the host name it was made for
  counter       bigint not null,
  transports    text[] not null,
  name          text not null,
  created_at    timestamptz(3) not null,
  last_used_at  timestamptz(3)
);
create index passkey_account on passkey (account_id);

-- Challenges that a browser was given and has not answered yet.
create table passkey_challenge (
  token_hash  bytea primary key, -- of the browser's cookie
  purpose     text not null,
  challenge   text not null,
  account_id  integer references account on delete cascade,
  user_handle text, -- of the passkey that is being made
  expires_at  timestamptz(3) not null
);
create index passkey_challenge_expiry on passkey_challenge (expires_at);

-- First factor right, second one not shown yet.
create table pending_sign_in (
  token_hash bytea primary key, -- of the browser's cookie
  account_id integer not null references account on delete cascade,
  method     text not null,
  expires_at timestamptz(3) not null
);
create index pending_sign_in_account on pending_sign_in (account_id);
