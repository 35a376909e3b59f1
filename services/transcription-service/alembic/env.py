from app.db.models import TranscriptionRow
from common.migrations import run_env

run_env(TranscriptionRow.metadata)
