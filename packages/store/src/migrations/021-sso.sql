-- Sign-in through OpenID Connect providers, and who may sign in with a password.

create table sign_in_provider (
  id              integer generated always as identity primary key,
  tenant_id       text not null references tenant,
  name            text not null,
  issuer          text not null,
  client_id       text not null,
  scopes          text not null,
  groups_claim    text not null,
  user_name_claim text not null,
  admission       text not null check (admission in ('mapped', 'everyone')),
  enabled         boolean not null,
  changed_at      timestamptz(3) not null,
  changed_by      text not null,
  unique (tenant_id, issuer)
);
create unique index sign_in_provider_name on sign_in_provider (tenant_id, lower(name));

-- What a value of the groups claim gives; one thing a row.
create table sign_in_mapping (
  id             integer generated always as identity primary key,
  provider_id    integer not null references sign_in_provider on delete cascade,
  value          text not null,
  role           text check (role in ('reader', 'operator', 'administrator')),
  built_in       text,
  custom_role_id integer references custom_role on delete cascade,
  user_group_id  integer references user_group on delete cascade,
  check (num_nonnulls(role, built_in, custom_role_id, user_group_id) = 1),
  unique nulls not distinct (provider_id, value, role, built_in, custom_role_id, user_group_id)
);

-- Whose account an identity is. Issuer and subject alone say who somebody is, never a name or an address.
create table account_identity (
  id              integer generated always as identity primary key,
  tenant_id       text not null references tenant,
  account_id      integer not null references account on delete cascade,
  provider_id     integer not null references sign_in_provider on delete cascade,
  issuer          text not null,
  subject         text not null,
  role_base       text not null, -- the account's role without what this identity gives
  role_given      text, -- the higher one that its claims gave last
  created_at      timestamptz(3) not null,
  last_sign_in_at timestamptz(3),
  unique (tenant_id, issuer, subject)
);
create index account_identity_of on account_identity (account_id);

-- What claims gave and may take away again; what was given by hand is not here.
create table identity_membership (
  identity_id   integer not null references account_identity on delete cascade,
  user_group_id integer not null references user_group on delete cascade,
  primary key (identity_id, user_group_id)
);
create table identity_assignment (
  identity_id    integer not null references account_identity on delete cascade,
  built_in       text,
  custom_role_id integer references custom_role on delete cascade,
  check (num_nonnulls(built_in, custom_role_id) = 1),
  unique nulls not distinct (identity_id, built_in, custom_role_id)
);

-- A sign-in that went to a provider and has not come back: ten minutes, used once.
create table sign_in_flow (
  token_hash    bytea primary key, -- SHA-256 of the browser's cookie
  tenant_id     text not null,
  provider_id   integer not null references sign_in_provider on delete cascade,
  state         text not null,
  nonce         text not null,
  code_verifier text not null,
  redirect_uri  text not null,
  return_path   text not null,
  account_id    integer references account on delete cascade, -- only when an account is to be linked
  session_hash  bytea,
  expires_at    timestamptz(3) not null,
  check ((account_id is null) = (session_hash is null))
);
create index sign_in_flow_age on sign_in_flow (expires_at);

create table sign_in_policy (
  tenant_id     text primary key references tenant,
  local_sign_in boolean not null
);
alter table account add column break_glass boolean not null default false;

-- Whatever changes an account: while sign-in with a password is off, one break-glass account stays usable.
create function keep_break_glass() returns trigger language plpgsql as $$
begin
  if exists (select from sign_in_policy where tenant_id = old.tenant_id and not local_sign_in)
    and not exists (select from account where tenant_id = old.tenant_id and break_glass and not disabled
      and role = 'administrator' and password_hash is not null)
  then
    raise exception 'This is the last account that can get in when the providers are away: mark another one first.'
      using errcode = 'TL021';
  end if;
  return null;
end $$;
create trigger account_break_glass after update or delete on account
  for each row when (old.break_glass) execute function keep_break_glass();
