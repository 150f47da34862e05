#!/bin/bash
# Runs once, when the database is made: roles with their passwords, and the gateways' own database.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d studio -f /roles.sql
for program in api worker gateway; do
  psql -v ON_ERROR_STOP=1 -U postgres -d studio -v password="$(cat /run/secrets/database_password_$program)" <<SQL
alter role studio_$program password :'password';
SQL
done
psql -v ON_ERROR_STOP=1 -U postgres -d studio -c 'create database gateway owner studio_gateway'
