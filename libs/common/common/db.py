"""The database of one service: a pool of psycopg connections, and transactions on them.

Repositories build statements with SQLAlchemy Core and hand them to a `Queries`: the `Database`
itself (each statement stands alone) or a `Transaction` (all of them, one commit at the edge).
Whatever says that PostgreSQL is not there, or asks to try again, leaves here as
`DependencyUnavailable`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import JsonbDumper
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.sql.expression import ClauseElement

from common.config import ServiceSettings
from common.connection import BoundedConnection
from common.errors import DependencyUnavailable
from common.statements import Prepared, prepare

Statement = Prepared | ClauseElement

_CONNECT_TIMEOUT_S = 3
_CHECKOUT_TIMEOUT_S = 5.0
_CLOSE_TIMEOUT_S = 2.0

#: The server ends a statement that takes too long, and is given this much longer, in seconds, to
#: say so: what says nothing by then is not there.
_LATE_S = 2.0

#: Seconds for which the pool itself tries again; its pauses double, so with a long limit a
#: database that is back would wait for them. After it, the next checkout starts a new attempt.
_RECONNECT_TIMEOUT_S = 2.0

#: A host that vanished without a word is noticed within half a minute, and not after the kernel's
#: quarter of an hour.
_NOTICE_A_LOST_HOST = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

#: What says "not now": the server is away, shuts down, or asks to try again (OperationalError),
#: has become a replica, or ended a transaction that slept.
_PASSING = (
    psycopg.OperationalError,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.errors.IdleInTransactionSessionTimeout,
)
_SHUTDOWN_CLASS = "57P"


class Queries(Protocol):
    """What statements are handed to. Rows are dicts by column name."""

    async def one(self, statement: Statement, **params: Any) -> DictRow | None:
        """The first row, or None."""
        ...

    async def all(self, statement: Statement, **params: Any) -> list[DictRow]:
        """Every row."""
        ...

    async def run(self, statement: Statement, **params: Any) -> int:
        """Runs a statement for its effect; the number of rows it touched."""
        ...


class Connected:
    """Runs statements on one connection."""

    def __init__(self, connection: AsyncConnection[DictRow]) -> None:
        self._connection = connection

    async def one(self, statement: Statement, **params: Any) -> DictRow | None:
        """The first row, or None."""
        return await (await self._execute(statement, params)).fetchone()

    async def all(self, statement: Statement, **params: Any) -> list[DictRow]:
        """Every row."""
        return await (await self._execute(statement, params)).fetchall()

    async def run(self, statement: Statement, **params: Any) -> int:
        """Runs a statement for its effect; the number of rows it touched."""
        return (await self._execute(statement, params)).rowcount

    async def _execute(
        self, statement: Statement, params: dict[str, Any]
    ) -> psycopg.AsyncCursor[DictRow]:
        ready = statement if isinstance(statement, Prepared) else prepare(statement)
        return await self._connection.execute(ready.sql, ready.bind(params))


class Transaction(Connected):
    """Everything run on it happens at once, at the commit, or not at all."""

    def __init__(self, connection: AsyncConnection[DictRow]) -> None:
        super().__init__(connection)
        self._committed: list[Callable[[], None]] = []

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Calls `callback` once the commit has succeeded, and never otherwise."""
        self._committed.append(callback)

    def committed(self) -> None:
        """Tells those who asked that the commit has succeeded."""
        for callback in self._committed:
            callback()


class Database:
    """The pool of one process. Opens without a server and heals by itself when one appears."""

    def __init__(self, settings: ServiceSettings, *, max_size: int = 16) -> None:
        statement_s = settings.postgres_statement_timeout_s

        async def configure(connection: BoundedConnection) -> None:
            """Lets a dict be given for a jsonb column."""
            connection.answer_within_s = statement_s + _LATE_S
            connection.adapters.register_dumper(dict, JsonbDumper)

        self._pool = AsyncConnectionPool(
            connection_class=BoundedConnection,
            kwargs={
                "host": settings.postgres_host,
                "port": settings.postgres_port,
                "user": settings.postgres_user,
                "password": settings.postgres_password.get_secret_value(),
                "dbname": settings.postgres_db,
                "application_name": settings.service_name,
                "options": (
                    "-c timezone=UTC -c idle_in_transaction_session_timeout=60s"
                    f" -c statement_timeout={statement_s * 1000:.0f}"
                ),
                "connect_timeout": _CONNECT_TIMEOUT_S,
                **_NOTICE_A_LOST_HOST,
                "autocommit": True,
                "row_factory": dict_row,
            },
            configure=configure,
            min_size=1,
            max_size=max_size,
            timeout=_CHECKOUT_TIMEOUT_S,
            reconnect_timeout=_RECONNECT_TIMEOUT_S,
            open=False,
            name=settings.service_name,
        )
        self._sweep: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Starts connecting in the background."""
        await self._pool.open(wait=False)

    async def close(self) -> None:
        """Closes every connection; takes a bounded time."""
        if self._sweep is not None:
            await asyncio.wait({self._sweep}, timeout=_CLOSE_TIMEOUT_S)
        await self._pool.close(timeout=_CLOSE_TIMEOUT_S)

    def connections(self) -> Mapping[str, int]:
        """How many connections there are, by what they are at: in_use or idle."""
        stats = self._pool.get_stats()
        idle = stats.get("pool_available", 0)
        return {"in_use": stats.get("pool_size", 0) - idle, "idle": idle}

    @property
    def waiting(self) -> int:
        """How many wait for a connection."""
        return self._pool.get_stats().get("requests_waiting", 0)

    async def one(self, statement: Statement, **params: Any) -> DictRow | None:
        """The first row, or None. Raises DependencyUnavailable."""
        async with self.connection() as connected:
            return await connected.one(statement, **params)

    async def all(self, statement: Statement, **params: Any) -> list[DictRow]:
        """Every row. Raises DependencyUnavailable."""
        async with self.connection() as connected:
            return await connected.all(statement, **params)

    async def run(self, statement: Statement, **params: Any) -> int:
        """Runs a statement for its effect; the number of rows. Raises DependencyUnavailable."""
        async with self.connection() as connected:
            return await connected.run(statement, **params)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connected]:
        """A connection for several statements that each stand alone.

        Raises DependencyUnavailable when the database cannot be reached.
        """
        try:
            async with self._pool.connection() as connection:
                yield Connected(connection)
        except _PASSING as error:
            raise self._unavailable(error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction, committed when the block ends and rolled back when it raises.

        Raises DependencyUnavailable when the database cannot be reached, or asks to try again
        (deadlock, serialization failure, shutdown).
        """
        try:
            async with self._pool.connection() as connection:
                async with connection.transaction():
                    transaction = Transaction(connection)
                    yield transaction
                transaction.committed()
        except _PASSING as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: psycopg.Error) -> DependencyUnavailable:
        """What callers are told. A lost connection means that idle ones may be lost too."""
        if error.sqlstate is None or error.sqlstate.startswith(_SHUTDOWN_CLASS):
            self._sweep_idle_connections()
        return DependencyUnavailable(f"the database cannot answer now ({type(error).__name__})")

    def _sweep_idle_connections(self) -> None:
        """Replaces those that died with the server, before each of them fails a request."""
        if self._sweep is None or self._sweep.done():
            self._sweep = asyncio.create_task(self._pool.check())
