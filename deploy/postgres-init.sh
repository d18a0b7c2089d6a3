#!/bin/sh
# Run once by PostgreSQL's image: one database each for Saleor and Twiza, with its own owner.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" --username postgres <<'SQL'
CREATE ROLE twiza LOGIN CREATEROLE CREATEDB PASSWORD :'password';
CREATE DATABASE twiza OWNER twiza TEMPLATE template0 ENCODING 'UTF8';
CREATE ROLE saleor LOGIN PASSWORD :'password';
CREATE DATABASE saleor OWNER saleor;
SQL
