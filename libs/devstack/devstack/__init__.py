"""Development only: embedded PostgreSQL and broker, the launcher, test fixtures."""
