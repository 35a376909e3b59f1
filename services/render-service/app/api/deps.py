"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Depends, Request

from app.core.live import LiveTerms
from app.core.renders import Mode
from app.services.provider import ClipProvider
from app.services.regenerating import AssetCatalog
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


async def _default_mode(request: Request) -> Mode:
    mode: Mode = request.app.state.default_mode
    return mode


async def _terms(request: Request) -> LiveTerms:
    terms: LiveTerms = request.app.state.terms
    return terms


async def _assets(request: Request) -> AssetCatalog:
    assets: AssetCatalog = request.app.state.assets
    return assets


async def _provider(request: Request) -> ClipProvider | None:
    provider: ClipProvider | None = request.app.state.provider
    return provider


#: The jobs of this service.
FilmJobs = Annotated[Jobs, Depends(_jobs)]

#: Where films lie.
Films = Annotated[Storage, Depends(_storage)]

#: The profile of orders that name none.
DefaultProfile = Annotated[RenderProfile, Depends(_default_profile)]

#: Whether new films are made here or with bought clips.
DefaultMode = Annotated[Mode, Depends(_default_mode)]

#: The terms on which clips are bought.
Terms = Annotated[LiveTerms, Depends(_terms)]

#: What is known of assets.
Assets = Annotated[AssetCatalog, Depends(_assets)]

#: Whom clips are bought from; None when none are.
Provider = Annotated[ClipProvider | None, Depends(_provider)]
