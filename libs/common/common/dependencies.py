"""What endpoints of every service ask FastAPI for, by type.

`create_app` puts the database and the outbox on `app.state`, and a service its own things
(`Service.state`), for which it has aliases in `app/api/deps.py`. All are coroutines: FastAPI runs
a plain function in a thread, and the hand-over costs more than most of these requests.
"""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request

from common.db import Database, Queries, Transaction
from common.outbox import Outbox


def of_app(name: str) -> Any:
    """What the running app keeps under `name`, as in `Annotated[Jobs, of_app("jobs")]`."""

    async def kept(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(kept)


#: The database, for endpoints that wait for the world outside between transactions.
ServiceDatabase = Annotated[Database, of_app("database")]


async def _writes(database: ServiceDatabase) -> AsyncIterator[Transaction]:
    async with database.transaction() as tx:
        yield tx


#: For reads: each statement takes a connection when it is run, and stands alone.
Reads = Annotated[Queries, of_app("database")]

#: The unit of work of a request: committed after the endpoint returns and before the answer is
#: sent (`scope="function"`), so that a commit that fails is never answered with success.
Writes = Annotated[Transaction, Depends(_writes, scope="function")]

#: Where a use case puts its events.
Events = Annotated[Outbox, of_app("outbox")]
