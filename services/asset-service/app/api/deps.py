"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Depends, Request

from app.services.assets import Assets
from app.services.contents import Contents
from app.services.spool import Spool
from common.idempotency import Idempotency
from common.storage import Storage


async def _assets(request: Request) -> Assets:
    assets: Assets = request.app.state.assets
    return assets


async def _contents(request: Request) -> Contents:
    contents: Contents = request.app.state.contents
    return contents


async def _spool(request: Request) -> Spool:
    spool: Spool = request.app.state.spool
    return spool


async def _storage(request: Request) -> Storage:
    storage: Storage = request.app.state.storage
    return storage


async def _answers(request: Request) -> Idempotency:
    answers: Idempotency = request.app.state.idempotency
    return answers


#: The use cases of assets.
AssetUseCases = Annotated[Assets, Depends(_assets)]

#: The use cases of their bytes.
ContentUseCases = Annotated[Contents, Depends(_contents)]

#: Where files arrive.
Uploads = Annotated[Spool, Depends(_spool)]

#: Where files lie.
Files = Annotated[Storage, Depends(_storage)]

#: The first answers to requests that may come again.
Answers = Annotated[Idempotency, Depends(_answers)]
