-- Accounts of programs, and invitations of people.

-- A service account has tokens and nothing else: no password, no session, no link.
alter table account add column kind text not null default 'person' check (kind in ('person', 'service'));
alter table account add constraint account_service_has_no_password check (kind = 'person' or password_hash is null);
alter table api_token add column created_by text; -- who made it for a service account; null = the owner
create index api_token_of on api_token (account_id);

-- Open until accepted or withdrawn, when the row goes: the account exists from acceptance on, the audit log remembers.
create table invitation (
  id             integer generated always as identity primary key,
  tenant_id      text not null references tenant,
  token_hash     bytea not null unique, -- SHA-256
  user_name      text not null,
  display_name   text not null,
  role           text not null check (role in ('reader', 'operator', 'administrator')),
  user_group_ids integer[] not null default '{}', -- one that was deleted meanwhile ends the invitation
  note           text not null default '',
  invited_by     integer not null references account,
  created_at     timestamptz(3) not null,
  expires_at     timestamptz(3) not null
);
create unique index invitation_by_name on invitation (tenant_id, lower(user_name));
