"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from app.services.assets import Assets
from app.services.contents import Contents
from app.services.spool import Spool
from common.dependencies import of_app
from common.idempotency import Idempotency
from common.storage import Storage

#: The use cases of assets.
AssetUseCases = Annotated[Assets, of_app("assets")]

#: The use cases of their bytes.
ContentUseCases = Annotated[Contents, of_app("contents")]

#: Where files arrive.
Uploads = Annotated[Spool, of_app("spool")]

#: Where files lie.
Files = Annotated[Storage, of_app("storage")]

#: The first answers to requests that may come again.
Answers = Annotated[Idempotency, of_app("idempotency")]
