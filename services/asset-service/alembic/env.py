from app.db import models  # noqa: F401 - fills the metadata
from common.migrations import run_env
from common.models import Base

run_env(Base.metadata)
