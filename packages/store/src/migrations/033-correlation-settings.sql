-- What an organisation chose of correlation: every version is kept, the highest is the one to decide with.
create table correlation_settings (
  tenant_id   text not null references tenant,
  version     integer not null check (version > 0),
  choices     jsonb not null, -- model CorrelationChoices
  comment     text not null,
  changed_by  text not null,
  changed_at  timestamptz(3) not null,
  -- When the tenant's writer took it up, and the last alert that was decided without it.
  in_force_at timestamptz(3),
  after_seq   bigint,
  primary key (tenant_id, version)
);
