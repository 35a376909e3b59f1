"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from app.services.generating import ScriptGenerator
from common.dependencies import of_app

#: The one that has scripts written.
Generator = Annotated[ScriptGenerator, of_app("generator")]
