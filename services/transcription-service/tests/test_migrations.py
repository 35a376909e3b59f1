from app.core.config import Settings
from app.main import ROOT
from devstack import testing


def test_the_migrations_make_the_tables_that_the_code_is_written_for(settings: Settings) -> None:
    testing.check_migrations(settings, ROOT)
