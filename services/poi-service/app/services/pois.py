"""Use cases: register, show, list and change a property."""

from uuid import UUID

from pydantic import JsonValue

from app.core.draft import PoiDraft
from app.core.workflow import check_writable
from app.db import repository
from common.clock import utc_now
from common.db import Database, Queries, Transaction
from common.errors import NotFoundError, PreconditionFailed
from common.ids import new_id
from common.merge_patch import merge_patch
from common.outbox import Outbox
from contracts.events import EventType
from contracts.poi import Poi, PoiStatus


async def register(database: Database, outbox: Outbox, draft: PoiDraft) -> Poi:
    """A new property, in draft."""
    now = utc_now()
    poi = Poi(
        id=new_id(),
        status=PoiStatus.DRAFT,
        version=1,
        created_at=now,
        updated_at=now,
        **dict(draft),
    )
    await outbox.add_with(database, repository.addition(poi), EventType.POI_CREATED, poi)
    return poi


async def show(queries: Queries, poi_id: UUID) -> Poi:
    """The property; raises NotFoundError."""
    return _found(await repository.get(queries, poi_id), poi_id)


async def change(
    tx: Transaction,
    outbox: Outbox,
    poi_id: UUID,
    patch: dict[str, JsonValue],
    *,
    expected_versions: frozenset[int] | None,
) -> Poi:
    """Applies a merge patch; a patch that changes nothing writes and tells nothing.

    `expected_versions` are those that the caller may have seen, None when it does not say.
    Raises NotFoundError, PreconditionFailed, WorkflowError for an archived property, and
    pydantic's ValidationError for a result that breaks a rule.
    """
    poi = await lock(tx, poi_id)
    if expected_versions is not None and poi.version not in expected_versions:
        raise PreconditionFailed(
            f"the POI is at version {poi.version} now: read it again before changing it"
        )
    check_writable(poi.status)
    before = PoiDraft.of(poi)
    after = PoiDraft.model_validate(merge_patch(before.model_dump(mode="json"), patch))
    if after == before:
        return poi
    return await save_as(tx, outbox, EventType.POI_UPDATED, poi, dict(after))


async def lock(tx: Transaction, poi_id: UUID) -> Poi:
    """The property, kept from others until the transaction ends; raises NotFoundError."""
    return _found(await repository.get_for_update(tx, poi_id), poi_id)


async def save_as(
    tx: Transaction, outbox: Outbox, event_type: EventType, poi: Poi, changes: dict[str, object]
) -> Poi:
    """The property's next version, written and told as one event."""
    changed = poi.model_copy(
        update={**changes, "version": poi.version + 1, "updated_at": utc_now()}
    )
    await repository.save(tx, changed)
    await outbox.add(tx, event_type, changed)
    return changed


def _found(poi: Poi | None, poi_id: UUID) -> Poi:
    if poi is None:
        raise NotFoundError(f"there is no POI {poi_id}")
    return poi
