"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Path

from app.core.live import LiveTerms
from app.core.renders import Mode
from app.services.provider import ClipProvider
from app.services.regenerating import AssetCatalog
from common.dependencies import of_app
from common.jobs import Jobs
from common.storage import Storage
from contracts.render import RenderProfile

#: The jobs of this service.
FilmJobs = Annotated[Jobs, of_app("jobs")]

#: Where films lie.
Films = Annotated[Storage, of_app("storage")]

#: The profile of orders that name none.
DefaultProfile = Annotated[RenderProfile, of_app("default_profile")]

#: Whether new films are made here or with bought clips.
DefaultMode = Annotated[Mode, of_app("default_mode")]

#: The terms on which clips are bought.
Terms = Annotated[LiveTerms, of_app("terms")]

#: What is known of assets.
Assets = Annotated[AssetCatalog, of_app("assets")]

#: Whom clips are bought from; None when none are.
Provider = Annotated[ClipProvider | None, of_app("provider")]

#: Which scene of a render: 0 is the first.
SceneIndex = Annotated[int, Path(ge=0, le=10_000)]
