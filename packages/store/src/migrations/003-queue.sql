-- The queue, the alert list and their search at a million rows.

-- Counts and filters read indexes only while the visibility map is fresh: vacuum early.
alter table incident set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table alert set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- The queue in its usual order, with every narrow column that filters: filters read this index alone and fetch only the
-- rows of the page.
create index incident_queue on incident (tenant_id, updated_at, id)
  include (kind, status, severity, assigned_to, priority_score, classification, determination, tactic_mask, last_activity);
-- Few distinct values, so a few megabytes for a million rows: what exact counts read.
create index incident_standing on incident (tenant_id, status, kind, severity, assigned_to);
-- The other orders (that of creation is that of the ids).
create index incident_by_priority on incident (tenant_id, priority_score, id);
create index incident_by_last_activity on incident (tenant_id, last_activity, id);
create index incident_by_severity on incident (tenant_id, severity, id);
create index incident_by_alerts on incident (tenant_id, alerts_total, id);
create index incident_by_name on incident (tenant_id, left(display_name, 80), id);

create index incident_waiting on incident (tenant_id, created_at)
  where assigned_to is null and kind = 'incident' and status in ('active', 'inProgress', 'awaitingAction');
create index incident_redirected on incident (tenant_id, redirect_to) where redirect_to is not null;
create index incident_continued on incident (tenant_id, continues) where continues is not null;
create index incident_tagged on incident (tenant_id) where custom_tags <> '{}';

-- An index entry has a size limit and words come from outside: long words are indexed by their beginning.
create function index_words(words text[]) returns text[] language plpgsql immutable strict parallel safe as $$
begin
  if octet_length(array_to_string(words, '')) < 1000 then return words; end if;
  return array(select left(word, 200) from unnest(words) word);
end $$;
create index incident_words on incident using gin (
  index_words(service_sources), index_words(detection_sources), index_words(categories), index_words(products),
  index_words(threats), index_words(custom_tags), index_words(system_tags));

-- What filters ask of an alert's document, as words: "os:Windows11", "group:Servers", "policy:…". Their writer keeps
-- them short enough for an index entry, so that filters and menus need not read the alerts.
alter table alert add column traits text[] not null default '{}';
create index alert_traits on alert (tenant_id, incident_id, traits) where traits <> '{}';

drop index alert_newest;
create index alert_queue on alert (tenant_id, last_activity, seq) include (status, severity, incident_id);
create index alert_severity on alert (tenant_id, severity, incident_id);
create index alert_rule on alert (tenant_id, left(detector_id, 200), incident_id);
create index alert_investigation on alert (tenant_id, left(investigation_state, 200), incident_id)
  where investigation_state is not null;
create index alert_received on alert (tenant_id, received_at);

-- The name within a key: "upn:mira@example.com" is found by "mira@…".
create index entity_key_bare on entity_key (tenant_id, (substring(key from '^[a-z0-9]+[:~](.*)$')) text_pattern_ops);

-- The identity that answers for one that was absorbed.
create function surviving_entity(start bigint) returns bigint language sql stable parallel safe as $$
  with recursive chain (n, next) as (
    select n, redirect_to from entity where n = start
    union
    select e.n, e.redirect_to from chain join entity e on e.n = chain.next
  )
  select n from chain where next is null
$$;

-- Substring search needs trigrams; where the extension is missing or forbidden the same queries read the tables.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists pg_trgm;
    create index incident_name_search on incident using gin (display_name gin_trgm_ops);
    create index entity_name_search on entity using gin (name gin_trgm_ops);
  end if;
exception when insufficient_privilege then
  raise notice 'pg_trgm may not be installed by this user: search works, slowly';
end $$;
