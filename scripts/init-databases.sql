-- The five databases, each with an owner and an application role of its own. Run by a superuser
-- with psql; it may be run again at any time, and then sets the passwords anew.
--
-- <name>_owner   owns the database and whatever migrations create in it; only migrations log in as it
-- <name>_app     reads and writes rows, and can do nothing else; the service logs in as it
--
-- Passwords come from the environment: OWNER_DB_PASSWORD for the owners, <NAME>_DB_PASSWORD for
-- the application roles.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_DB_PASSWORD
\getenv poi_password POI_DB_PASSWORD
\getenv asset_password ASSET_DB_PASSWORD
\getenv script_password SCRIPT_DB_PASSWORD
\getenv transcription_password TRANSCRIPTION_DB_PASSWORD
\getenv render_password RENDER_DB_PASSWORD

CREATE TEMPORARY TABLE services (name text);
INSERT INTO services VALUES ('poi'), ('asset'), ('script'), ('transcription'), ('render');

SELECT format('CREATE ROLE %I', name || suffix)
FROM services CROSS JOIN (VALUES ('_owner'), ('_app')) AS suffixes (suffix)
WHERE name || suffix NOT IN (SELECT rolname FROM pg_roles)
\gexec
SELECT format('CREATE DATABASE %I OWNER %I', name || '_service', name || '_owner') FROM services
WHERE name || '_service' NOT IN (SELECT datname FROM pg_database)
\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', name || '_service') FROM services
\gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', name || '_service', name || '_app') FROM services
\gexec

-- What an owner creates from now on, its application role may use. Default privileges are set
-- within the database that they are for. Only then may the roles log in: a migration that came
-- before would leave tables that its service may not touch, so it waits instead.
\connect poi_service
ALTER DEFAULT PRIVILEGES FOR ROLE poi_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO poi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE poi_owner GRANT USAGE ON SEQUENCES TO poi_app;
ALTER ROLE poi_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE poi_app LOGIN PASSWORD :'poi_password';
\connect asset_service
ALTER DEFAULT PRIVILEGES FOR ROLE asset_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO asset_app;
ALTER DEFAULT PRIVILEGES FOR ROLE asset_owner GRANT USAGE ON SEQUENCES TO asset_app;
ALTER ROLE asset_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE asset_app LOGIN PASSWORD :'asset_password';
\connect script_service
ALTER DEFAULT PRIVILEGES FOR ROLE script_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO script_app;
ALTER DEFAULT PRIVILEGES FOR ROLE script_owner GRANT USAGE ON SEQUENCES TO script_app;
ALTER ROLE script_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE script_app LOGIN PASSWORD :'script_password';
\connect transcription_service
ALTER DEFAULT PRIVILEGES FOR ROLE transcription_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO transcription_app;
ALTER DEFAULT PRIVILEGES FOR ROLE transcription_owner GRANT USAGE ON SEQUENCES TO transcription_app;
ALTER ROLE transcription_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE transcription_app LOGIN PASSWORD :'transcription_password';
\connect render_service
ALTER DEFAULT PRIVILEGES FOR ROLE render_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO render_app;
ALTER DEFAULT PRIVILEGES FOR ROLE render_owner GRANT USAGE ON SEQUENCES TO render_app;
ALTER ROLE render_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE render_app LOGIN PASSWORD :'render_password';
