"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Depends, Request

from common.jobs import Jobs


async def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


async def _provider(request: Request) -> str:
    provider: str = request.app.state.provider
    return provider


#: The jobs of this service.
TranscriptionJobs = Annotated[Jobs, Depends(_jobs)]

#: The provider that transcribes.
Provider = Annotated[str, Depends(_provider)]
