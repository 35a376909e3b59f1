"""What endpoints of every service ask FastAPI for, by type.

`create_app` puts the database and the outbox on `app.state`; a service adds its own aliases in
`app/api/deps.py`. All are coroutines: FastAPI runs a plain function in a thread, and the hand-over
costs more than most of these requests.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from common.db import Database, Queries, Transaction
from common.outbox import Outbox


async def get_database(request: Request) -> Database:
    """The database of the running app."""
    database: Database = request.app.state.database
    return database


async def get_outbox(request: Request) -> Outbox:
    """The outbox of the running app."""
    outbox: Outbox = request.app.state.outbox
    return outbox


async def _reads(database: Annotated[Database, Depends(get_database)]) -> AsyncIterator[Queries]:
    async with database.connection() as queries:
        yield queries


async def _writes(
    database: Annotated[Database, Depends(get_database)],
) -> AsyncIterator[Transaction]:
    async with database.transaction() as tx:
        yield tx


#: A connection for reads.
Reads = Annotated[Queries, Depends(_reads, scope="function")]

#: The unit of work of a request: committed after the endpoint returns and before the answer is
#: sent (`scope="function"`), so that a commit that fails is never answered with success.
Writes = Annotated[Transaction, Depends(_writes, scope="function")]

#: Where a use case puts its events.
Events = Annotated[Outbox, Depends(get_outbox)]
