-- Roles for some sources of alerts only: an assignment, and the role of an account itself, says which.
-- 'all' takes in sources that are yet to come, 'selected' none but those named, 'allExcept' all but those named.
alter table role_assignment add column source_mode text not null default 'all' check (source_mode in ('all', 'selected', 'allExcept'));
alter table role_assignment add column sources text[] not null default '{}';
alter table role_assignment add check ((source_mode = 'all') = (sources = '{}'));
-- One person may have a role several times, each time for other sources.
alter table role_assignment drop constraint role_assignment_built_in_custom_role_id_account_id_user_gro_key;
alter table role_assignment add constraint role_assignment_once
  unique nulls not distinct (built_in, custom_role_id, account_id, user_group_id, source_mode, sources);
alter table account add column source_mode text not null default 'all' check (source_mode in ('all', 'selected', 'allExcept'));
alter table account add column sources text[] not null default '{}';
alter table account add check ((source_mode = 'all') = (sources = '{}'));
