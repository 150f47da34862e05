-- Each program has a role that may do what it does, and nothing else. Run by a superuser in the platform's database; the
-- passwords are set apart from this.
do $$
begin
  if not exists (select from pg_roles where rolname = 'studio_api') then create role studio_api login; end if;
  if not exists (select from pg_roles where rolname = 'studio_worker') then create role studio_worker login; end if;
  if not exists (select from pg_roles where rolname = 'studio_gateway') then create role studio_gateway login; end if;
end $$;

create extension if not exists vector;
create extension if not exists pg_trgm;

-- The API makes and migrates the tables. Workers read and write rows; they can neither change nor drop a table.
grant create, usage on schema public to studio_api;
grant usage on schema public to studio_worker;
alter default privileges for role studio_api in schema public grant select, insert, update, delete on tables to studio_worker;
