"""The paid call: a picture handed over, the call written down, made once, and its answer kept."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import structlog

from app.core.clips import ClipOrder
from app.core.failures import UNREACHABLE, Remedy
from app.core.ledger import Attempt
from app.film.values import FilmError
from app.services.gathering import sha256_of
from app.services.location import Location, Turn
from app.services.provider import OutcomeUnknown, ProviderAway, ProviderRefused
from common.backoff import Backoff
from common.errors import DependencyUnavailable
from contracts.base import Problem

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _HandedOver:
    """A photo that lies at the provider, at an address there."""

    address: str
    photo_sha256: str


class Buyer:
    """Makes paid calls."""

    def __init__(self, location: Location) -> None:
        self._provider = location.provider
        self._photos = location.photos
        self._lab = location.lab
        self._ledger = location.ledger
        self._gate = location.gate
        self._pace = location.pace

    async def buy(self, turn: Turn, scene: int, asset_id: UUID) -> None:
        """Makes a scene's paid call, if it may be made now.

        A photo that cannot be had or used leaves its scene to the local renderer, as a card.
        Raises LeaseLost and DependencyUnavailable.
        """
        order = turn.orders[scene]
        async with turn.handing_over:
            if not await self._gate.is_open(order.credits):
                stopped = await self._gate.stopped()
                await self._ledger.while_stopped(turn.job, scene, stopped)
                return
            picture = await self._hand_over(turn, scene, asset_id)
            if picture is None:
                return
            attempt = await self._ledger.intend(
                turn.job, scene, turn.orders, photo_sha256=picture.photo_sha256
            )
        if attempt is not None:
            await self._to_the_end(self._call(attempt, order, picture.address))

    async def _hand_over(self, turn: Turn, scene: int, asset_id: UUID) -> "_HandedOver | None":
        """A scene's photo at the provider; None when there is none (yet)."""
        photo, picture = turn.folder / f"photo-{scene}", turn.folder / f"picture-{scene}.jpg"
        try:
            await self._photos.fetch(asset_id, photo)
            await self._lab.develop(photo, turn.orders[scene].size, picture)
            photo_sha256 = await asyncio.to_thread(sha256_of, photo)
        except FilmError as reason:
            problem = Problem(code=reason.code, detail=reason.detail)
            await self._ledger.make_here(turn.job, scene, problem)
            return None
        try:
            return _HandedOver(await self._provider.upload(picture), photo_sha256)
        except ProviderAway as reason:
            logger.warning("picture_not_handed_over", scene=scene, reason=str(reason))
            await self._gate.hold(UNREACHABLE.problem(str(reason)))
        except ProviderRefused as refusal:
            await self._tell_others(refusal)
            if refusal.failure.remedy is not Remedy.LATER:
                await self._ledger.scene_refused(turn.job, scene, refusal.problem)
        return None

    async def _call(self, attempt: Attempt, order: ClipOrder, picture: str) -> None:
        facts = {"attempt_id": str(attempt.id), "render_id": str(attempt.render_id)}
        try:
            answer = await self._provider.create(order, picture)
        except ProviderRefused as refusal:
            failure, detail = refusal.failure, refusal.detail
            logger.warning("attempt_refused", **facts, code=failure.code, detail=detail)
            await _written(partial(self._ledger.refused, attempt, failure, detail))
            await _written(partial(self._tell_others, refusal))
        except OutcomeUnknown as lost:
            logger.error("attempt_outcome_unknown", **facts, reason=str(lost))
            await _written(partial(self._ledger.lost, attempt, str(lost)))
        else:
            logger.info("attempt_accepted", **facts, task_id=answer.task_id)
            await _written(partial(self._ledger.accepted, attempt, answer))

    async def _tell_others(self, refusal: ProviderRefused) -> None:
        """Holds or stops every replica's calls, when the refusal would meet them too."""
        if refusal.failure.stops_queue:
            await self._gate.stop(refusal.failure, refusal.detail)
        elif refusal.failure.remedy is Remedy.LATER:
            await self._gate.hold(refusal.problem, refusal.retry_after_s)

    async def _to_the_end(self, call: Coroutine[None, None, None]) -> None:
        """Waits for a paid call; when the process stops, its answer still gets a while to come."""
        calling = asyncio.create_task(call)
        try:
            await asyncio.shield(calling)
        except asyncio.CancelledError:
            await asyncio.wait({calling}, timeout=self._pace.answer_s)
            raise
        finally:
            calling.cancel()


async def _written(write: Callable[[], Coroutine[None, None, None]]) -> None:
    """Writes an answer that nobody else knows, however long the database is away."""
    backoff = Backoff()
    while True:
        try:
            await write()
        except DependencyUnavailable as error:
            logger.error("answer_not_written_yet", reason=error.detail)
            await asyncio.sleep(backoff.next_delay())
        else:
            return
