from app.db.models import RenderRow
from common.migrations import run_env

run_env(RenderRow.metadata)
