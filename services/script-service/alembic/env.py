from app.db.models import ScriptRow
from common.migrations import run_env

run_env(ScriptRow.metadata)
