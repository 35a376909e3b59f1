import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine

from app.core.config import Settings
from app.main import ROOT
from common.migrations import alembic_config, database_url


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_the_migrations_make_the_tables_that_the_code_is_written_for(settings: Settings) -> None:
    engine = create_engine(database_url(settings), poolclass=NullPool)
    with engine.connect() as connection:
        config = alembic_config(ROOT)
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()
