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

CREATE TEMPORARY TABLE roles (role text, password text);
INSERT INTO roles VALUES
    ('poi_owner', :'owner_password'),
    ('poi_app', :'poi_password'),
    ('asset_owner', :'owner_password'),
    ('asset_app', :'asset_password'),
    ('script_owner', :'owner_password'),
    ('script_app', :'script_password'),
    ('transcription_owner', :'owner_password'),
    ('transcription_app', :'transcription_password'),
    ('render_owner', :'owner_password'),
    ('render_app', :'render_password');

SELECT format('CREATE ROLE %I', role) FROM roles
WHERE role NOT IN (SELECT rolname FROM pg_roles)
\gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', role, password) FROM roles
\gexec

CREATE TEMPORARY VIEW services AS
SELECT replace(role, '_owner', '') AS name FROM roles WHERE role LIKE '%\_owner';

SELECT format('CREATE DATABASE %I OWNER %I', name || '_service', name || '_owner') FROM services
WHERE name || '_service' NOT IN (SELECT datname FROM pg_database)
\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', name || '_service') FROM services
\gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', name || '_service', name || '_app') FROM services
\gexec

-- What an owner creates from now on, its application role may use. Default privileges are set
-- within the database that they are for.
\connect poi_service
ALTER DEFAULT PRIVILEGES FOR ROLE poi_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO poi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE poi_owner GRANT USAGE ON SEQUENCES TO poi_app;
\connect asset_service
ALTER DEFAULT PRIVILEGES FOR ROLE asset_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO asset_app;
ALTER DEFAULT PRIVILEGES FOR ROLE asset_owner GRANT USAGE ON SEQUENCES TO asset_app;
\connect script_service
ALTER DEFAULT PRIVILEGES FOR ROLE script_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO script_app;
ALTER DEFAULT PRIVILEGES FOR ROLE script_owner GRANT USAGE ON SEQUENCES TO script_app;
\connect transcription_service
ALTER DEFAULT PRIVILEGES FOR ROLE transcription_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO transcription_app;
ALTER DEFAULT PRIVILEGES FOR ROLE transcription_owner GRANT USAGE ON SEQUENCES TO transcription_app;
\connect render_service
ALTER DEFAULT PRIVILEGES FOR ROLE render_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO render_app;
ALTER DEFAULT PRIVILEGES FOR ROLE render_owner GRANT USAGE ON SEQUENCES TO render_app;
