-- What tuning rules hid is released by a person, as an entry of the journal; the ledger says how much they hide and resolve.

alter table rearrangement drop constraint rearrangement_kind_check;
alter table rearrangement add constraint rearrangement_kind_check
  check (kind in ('merge', 'unmerge', 'move', 'release'));

-- Of those stored, when they came in.
alter table ledger add column hidden bigint not null default 0;
alter table ledger add column auto_resolved bigint not null default 0;
update ledger l set hidden = t.hidden, auto_resolved = t.resolved
from (
  select tenant_id, source, count(*) filter (where decision ->> 'kind' = 'tuned') as hidden,
    count(*) filter (where decision #>> '{tuning,action}' = 'resolve') as resolved
  from alert where tuning_rule is not null group by 1, 2
) t
where l.tenant_id = t.tenant_id and l.source = t.source;
