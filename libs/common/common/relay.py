"""The relay: committed events go from the outbox to the broker.

Invariants:
1. One relay at a time publishes, under an advisory lock held by the batch's transaction, in the
   order of the rows' ids. Writers of one aggregate hold its row lock while they add events, so
   the order of ids is the order of commits within a key. (Row-level SKIP LOCKED with two relays
   inverts that order, and a cursor over ids loses late commits: docs/adr/0002.)
2. A row is marked published after the broker acknowledged it, never before. A crash in between
   publishes it again with the same event id; consumers deduplicate.
3. The broker is never on a request's path.
4. A record that the broker finds too large holds back the later ones of its key and no others; it
   stays where it is, is told of, and is tried again for as long as the broker's limit is too low.
"""

import asyncio
import contextlib

import structlog
from sqlalchemy import BigInteger, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.sql.expression import all_, any_

from common.backoff import Backoff, wait_until
from common.db import Database
from common.errors import DependencyUnavailable
from common.kafka.publisher import Publisher, RecordTooLarge
from common.kafka.records import Record
from common.models import OutboxRow
from common.outbox import Outbox
from common.statements import prepare
from common.telemetry import OUTBOX_KEYS_HELD, OUTBOX_PUBLISHED

logger = structlog.get_logger(__name__)

BATCH_SIZE = 500
_POLL_S = 1.0
_LINGER_S = 0.02
_HOLD_S = 60.0
_RELAY_LOCK = 0x6F7574626F78  # "outbox" in ASCII; advisory locks are per database

_LOCK = prepare(text(f"SELECT pg_advisory_xact_lock({_RELAY_LOCK})"))
_UNPUBLISHED = prepare(
    select(OutboxRow.id, OutboxRow.topic, OutboxRow.key, OutboxRow.value)
    .where(
        OutboxRow.published_at.is_(None),
        OutboxRow.key != all_(bindparam("held", type_=ARRAY(TEXT))),
    )
    .order_by(OutboxRow.id)
    .limit(BATCH_SIZE)
)
_MARK_PUBLISHED = prepare(
    update(OutboxRow)
    .where(OutboxRow.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))
    .values(published_at=func.now())
)
_PUBLISHED = select(OutboxRow.id).where(OutboxRow.published_at.is_not(None)).limit(10_000)
_REPUBLISH = prepare(
    update(OutboxRow).where(OutboxRow.id.in_(_PUBLISHED)).values(published_at=None)
)


class OutboxRelay:
    """Moves committed events from the outbox to Kafka for as long as the process runs.

    Woken by the process's own commits, and by a poll for those of other processes and of the
    ones that were left behind. A commit rarely comes alone: it waits a moment for the others, so
    that a busy service spends its time on requests and not on batches of one.
    """

    name = "outbox-relay"

    def __init__(self, database: Database, outbox: Outbox, publisher: Publisher) -> None:
        self._database = database
        self._outbox = outbox
        self._publisher = publisher
        self._held: dict[str, float] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set, then once more for what was committed last."""
        backoff = Backoff()
        while not stop.is_set():
            self._outbox.added.clear()
            try:
                published = await self.publish_batch()
            except DependencyUnavailable as error:
                logger.warning("outbox_relay_waits", reason=error.detail)
                await wait_until(stop, backoff.next_delay())
                continue
            backoff.reset()
            if published < BATCH_SIZE:
                await self._wait_for_work(stop)
        with contextlib.suppress(DependencyUnavailable):
            await self.publish_batch()  # what stays behind, the next process publishes

    async def publish_batch(self) -> int:
        """Publishes the oldest unpublished events, at most BATCH_SIZE; how many.

        Raises DependencyUnavailable when the database or the broker is down; nothing is marked
        then, and the whole batch is published again.
        """
        while True:
            held = self._keys_held()
            try:
                published = await self._publish_but_for(held)
            except RecordTooLarge as error:
                self._hold(error)
                continue
            OUTBOX_KEYS_HELD.set(len(held))
            OUTBOX_PUBLISHED.inc(published)
            return published

    async def _publish_but_for(self, held: list[str]) -> int:
        async with self._database.transaction() as tx:
            await tx.run(_LOCK)
            rows = await tx.all(_UNPUBLISHED, held=held)
            if not rows:
                return 0
            await self._publisher.publish(
                [Record(row["topic"], row["key"].encode(), row["value"]) for row in rows]
            )
            await tx.run(_MARK_PUBLISHED, ids=[row["id"] for row in rows])
        return len(rows)

    def _keys_held(self) -> list[str]:
        """Those whose time has not come yet."""
        now = asyncio.get_running_loop().time()
        return [key for key, until in self._held.items() if until > now]

    def _hold(self, error: RecordTooLarge) -> None:
        key = (error.record.key or b"").decode()
        logger.error("outbox_key_held", topic=error.record.topic, key=key, reason=error.detail)
        self._held[key] = asyncio.get_running_loop().time() + _HOLD_S

    async def _wait_for_work(self, stop: asyncio.Event) -> None:
        """Until something is added, the process stops, or it is time to poll."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self._outbox.added, stop)]
        try:
            await asyncio.wait(waits, timeout=_POLL_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        await wait_until(stop, _LINGER_S)


async def republish_all(database: Database) -> int:
    """Marks every event still held as unpublished, for a broker that forgot; how many.

    Consumers that have handled them pass them over by their event ids.
    """
    total = 0
    while marked := await database.run(_REPUBLISH):
        total += marked
    return total
