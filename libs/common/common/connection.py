"""A connection to PostgreSQL on which nothing is waited for without a limit.

A server that is stuck, or a host that hangs, keeps its connections and answers nothing; the kernel
on the other side goes on acknowledging, so that no keepalive notices.
"""

import asyncio
from typing import TypeVar

from psycopg import AsyncConnection, waiting
from psycopg.abc import PQGen
from psycopg.errors import OperationalError, _WaitTimeout
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow

Outcome = TypeVar("Outcome")

_LOOK_EVERY_S = 0.1


class AnswerTimeout(OperationalError):  # noqa: N818 - as psycopg names them
    """The server kept the connection and did not answer in time."""


class BoundedConnection(AsyncConnection[DictRow]):
    """Waits `answer_within_s` for each answer; the one that does not come costs the connection.

    So does one that nobody waits for any more: psycopg would ask the server to cancel first, which
    for a server that is stuck takes another ten seconds.
    """

    answer_within_s = 12.0

    async def wait(
        self,
        gen: PQGen[Outcome],
        interval: float = _LOOK_EVERY_S,
        timeout: float | None = None,
    ) -> Outcome:
        """What psycopg does all its waiting with. Raises AnswerTimeout."""
        within_s = self.answer_within_s if timeout is None else timeout
        try:
            return await waiting.wait_async(
                gen, self.pgconn.socket, interval=interval, timeout=within_s
            )
        except _WaitTimeout as error:
            self.pgconn.finish()
            raise AnswerTimeout(f"no answer within {within_s:g} s") from error
        except asyncio.CancelledError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise
