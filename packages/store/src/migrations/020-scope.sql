-- Who sees what: device groups, people and groups of people, roles.
-- Everything stored carries the numbers of the device groups it concerns: 0 is "Ungrouped devices", -1 "names no device".

create table device_group (
  tenant_id   text not null references tenant,
  id          integer not null,
  rank        integer, -- 1 is asked first; null only for the ungrouped, which come last
  name        text not null,
  description text not null default '',
  remediation text not null default 'none',
  rule        jsonb, -- null only for the ungrouped
  created_at  timestamptz(3) not null default now(),
  updated_at  timestamptz(3) not null default now(),
  updated_by  text not null default 'system',
  primary key (tenant_id, id),
  check ((id = 0) = (rank is null) and (id = 0) = (rule is null) and id >= 0),
  unique (tenant_id, rank) deferrable initially deferred
);
create unique index device_group_name on device_group (tenant_id, lower(name));
create sequence device_group_id as integer;

create function give_ungrouped() returns trigger language plpgsql as $$
begin
  insert into device_group (tenant_id, id, name) values (new.id, 0, 'Ungrouped devices');
  return null;
end $$;
create trigger tenant_ungrouped after insert on tenant for each row execute function give_ungrouped();
insert into device_group (tenant_id, id, name) select id, 0, 'Ungrouped devices' from tenant;

-- Whether people with a scope also see alerts that name no device.
alter table tenant add column scoped_see_deviceless boolean not null default false;

create table user_group (
  id         integer generated always as identity primary key,
  tenant_id  text not null references tenant,
  name       text not null,
  created_at timestamptz(3) not null default now()
);
create unique index user_group_name on user_group (tenant_id, lower(name));
create table user_group_member (
  user_group_id integer not null references user_group on delete cascade,
  account_id    integer not null references account,
  primary key (user_group_id, account_id)
);
create index user_group_member_of on user_group_member (account_id);

-- To whom a device group is assigned. Who has no assignment sees every device.
create table device_group_access (
  tenant_id       text not null,
  device_group_id integer not null,
  account_id      integer references account,
  user_group_id   integer references user_group on delete cascade,
  check (num_nonnulls(account_id, user_group_id) = 1),
  foreign key (tenant_id, device_group_id) references device_group on delete cascade,
  unique nulls not distinct (tenant_id, device_group_id, account_id, user_group_id)
);
create index device_group_access_account on device_group_access (account_id) where account_id is not null;
create index device_group_access_user_group on device_group_access (user_group_id) where user_group_id is not null;

create table custom_role (
  id          integer generated always as identity primary key,
  tenant_id   text not null references tenant,
  name        text not null,
  description text not null default '',
  grants      text[] not null,
  updated_at  timestamptz(3) not null default now(),
  updated_by  text not null
);
create unique index custom_role_name on custom_role (tenant_id, lower(name));

-- Roles beside the one every account has.
create table role_assignment (
  id             integer generated always as identity primary key,
  tenant_id      text not null references tenant,
  built_in       text,
  custom_role_id integer references custom_role on delete cascade,
  account_id     integer references account,
  user_group_id  integer references user_group on delete cascade,
  check (num_nonnulls(built_in, custom_role_id) = 1),
  check (num_nonnulls(account_id, user_group_id) = 1),
  unique nulls not distinct (built_in, custom_role_id, account_id, user_group_id)
);
create index role_assignment_account on role_assignment (account_id) where account_id is not null;
create index role_assignment_user_group on role_assignment (user_group_id) where user_group_id is not null;

-- What device groups ask of a device. Names gather; the rest is as it was last told.
create table device (
  entity_n     bigint primary key,
  tenant_id    text not null,
  names        text[] not null default '{}',
  domains      text[] not null default '{}',
  tags         text[] not null default '{}',
  os_platforms text[] not null default '{}'
);
create index device_of on device (tenant_id, entity_n);

alter table entity add column device_group integer; -- of devices only
alter table alert add column device_groups integer[] not null default '{-1}';
alter table incident add column device_groups integer[] not null default '{-1}';

-- The words of both, the newer first, at most fifty.
create function merge_words(known text[], told text[]) returns text[] language sql immutable parallel safe as $$
  select case when known @> told then known else array(
    select word from unnest(told || known) with ordinality w (word, place) group by word order by min(place) limit 50
  ) end
$$;

-- What was stored before: everything is ungrouped; the devices' facts are read from the newest alert that names each.
update entity set device_group = 0 where kind = 'device';
with named as (
  select distinct on (ae.entity_n) ae.entity_n, a.tenant_id, a.doc -> 'evidence' -> ae.evidence_index as evidence
  from alert_entity ae join entity e on e.n = ae.entity_n and e.kind = 'device' join alert a on a.seq = ae.alert_seq
  order by ae.entity_n, a.seq desc
)
insert into device (entity_n, tenant_id, names, domains, tags, os_platforms)
select entity_n, tenant_id,
  array_remove(array[lower(evidence ->> 'deviceDnsName'), lower(evidence ->> 'hostName'), lower(evidence ->> 'deviceName')], null),
  array_remove(array[lower(evidence ->> 'dnsDomain'), lower(evidence ->> 'ntDomain'),
    lower(substring(evidence ->> 'deviceDnsName' from '^[^.]+[.](.+)$'))], null),
  case when json_typeof(evidence -> 'tags') = 'array' then array(select lower(json_array_elements_text(evidence -> 'tags')))
    else '{}' end,
  array_remove(array[lower(coalesce(evidence ->> 'osPlatform', evidence ->> 'operatingSystem'))], null)
from named;
update alert set device_groups = '{0}' where seq in (
  select ae.alert_seq from alert_entity ae join entity e on e.n = ae.entity_n where e.kind = 'device');
update incident i set device_groups = g.groups from (
  select a.tenant_id, a.incident_id, array_agg(distinct d order by d) as groups
  from alert a cross join unnest(a.device_groups) d group by 1, 2
) g where g.tenant_id = i.tenant_id and g.incident_id = i.id;
update incident i set device_groups = s.device_groups from incident s
where s.tenant_id = i.tenant_id and s.id = i.redirect_to;

-- The queue of a scoped person reads the same indexes.
drop index incident_queue;
create index incident_queue on incident (tenant_id, updated_at, id)
  include (kind, status, severity, assigned_to, priority_score, classification, determination, tactic_mask, last_activity,
    device_groups);
drop index alert_queue;
create index alert_queue on alert (tenant_id, last_activity, seq) include (status, severity, incident_id, device_groups);
create index entity_device_group on entity (tenant_id, device_group) where device_group is not null;
