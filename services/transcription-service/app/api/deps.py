"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from common.dependencies import of_app
from common.jobs import Jobs

#: The jobs of this service.
TranscriptionJobs = Annotated[Jobs, of_app("jobs")]

#: The provider that transcribes.
Provider = Annotated[str, of_app("provider")]
