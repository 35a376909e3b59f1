"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Depends, Request

from common.jobs import Jobs
from common.storage import Storage
from contracts.render import RenderProfile


async def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


async def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


async def _default_profile(request: Request) -> RenderProfile:
    profile: RenderProfile = request.app.state.default_profile
    return profile


#: The jobs of this service.
FilmJobs = Annotated[Jobs, Depends(_jobs)]

#: Where films lie.
Films = Annotated[Storage, Depends(_storage)]

#: The profile of orders that name none.
DefaultProfile = Annotated[RenderProfile, Depends(_default_profile)]
