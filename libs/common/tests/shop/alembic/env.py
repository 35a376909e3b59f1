from common.migrations import run_env
from common.models import Base

run_env(Base.metadata)
