"""Use case: have a script written, check it, keep it and tell of it."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from uuid import UUID

import structlog

from app.core.brief import ScriptBrief, ScriptOrder
from app.core.grounding.ground import check_grounded
from app.core.listing import listing_of
from app.db import scripts, transcripts
from app.services.ports import Gallery, Properties, ScriptWriter, WriterFailed, Writing
from app.services.viewing import Viewing
from common.clock import utc_now
from common.db import Database
from common.errors import ProviderFailed, WorkflowError
from common.ids import new_id
from common.outbox import Outbox
from contracts.events import EventType
from contracts.poi import PoiStatus
from contracts.script import Script, ScriptUsage

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ScriptGenerator:
    """Generates scripts; no connection is held while peers and the writer are waited for."""

    database: Database
    outbox: Outbox
    properties: Properties
    gallery: Gallery
    writer: ScriptWriter
    fallback: ScriptWriter | None = None
    viewing: Viewing | None = None

    async def generate(self, poi_id: UUID, order: ScriptOrder) -> Script:
        """A new script of a property, by the fallback when the writer fails and there is one.

        Raises NotFoundError for an unknown POI, WorkflowError `poi_archived`, ProviderFailed,
        Unprocessable `script_not_grounded`, and DependencyUnavailable.
        """
        brief = await self._brief(poi_id, order)
        looked: ScriptUsage | None = None
        if self.viewing is not None:
            view = await self.viewing.view(brief.pictures)
            brief, looked = brief.seen(view.sights), view.usage
        script = await self._written(brief)
        script = script.model_copy(update={"usage": total_usage(looked, script.usage)})
        async with self.database.transaction() as tx:
            await scripts.add(tx, script)
            await self.outbox.add(tx, EventType.SCRIPT_GENERATED, script)
        return script

    async def _written(self, brief: ScriptBrief) -> Script:
        try:
            return await _script(brief, self.writer, await self.writer.write(brief))
        except WriterFailed as failure:
            problem = failure.problem
            logger.warning(
                "script_writer_failed",
                code=problem.code,
                reason=problem.detail,
                usage=failure.usage and failure.usage.model_dump(mode="json"),
            )
            if self.fallback is None:
                raise _refusal(failure) from failure
            writing = await self.fallback.write(brief)
            script = await _script(brief, self.fallback, writing)
            told = {"fallback": True, "fallback_reason": problem, "usage": failure.usage}
            return script.model_copy(update=told)

    async def _brief(self, poi_id: UUID, order: ScriptOrder) -> ScriptBrief:
        poi = await self.properties.get(poi_id)
        if poi.status is PoiStatus.ARCHIVED:
            raise WorkflowError(
                f"POI {poi_id} is archived: only draft, validated and published ones get scripts",
                code="poi_archived",
            )
        assets = await self.gallery.of_poi(poi_id)
        async with self.database.connection() as queries:
            said = await transcripts.of_poi(queries, poi_id, {asset.id for asset in assets})
        return ScriptBrief(poi=poi, assets=tuple(assets), transcripts=said, order=order)


async def _script(brief: ScriptBrief, writer: ScriptWriter, writing: Writing) -> Script:
    """The script of a draft that says nothing without ground. Raises Unprocessable."""
    draft, order = writing.draft, brief.order
    await asyncio.to_thread(check_grounded, brief, draft)
    return Script(
        id=new_id(),
        poi_id=brief.poi.id,
        title=draft.title,
        language=order.language,
        aspect_ratio=order.aspect_ratio,
        provider=writer.provider,
        model=writer.model,
        total_duration_s=draft.total_duration_s,
        scenes=draft.scenes,
        listing=listing_of(brief),
        music_asset_id=brief.music and brief.music.id,
        created_at=utc_now(),
        usage=writing.usage,
    )


def total_usage(*usages: ScriptUsage | None) -> ScriptUsage | None:
    """What several parts of the work cost together; None when none of it was counted."""
    counted = [usage for usage in usages if usage is not None]
    if not counted:
        return None
    costs = [usage.cost_usd for usage in counted if usage.cost_usd is not None]
    return ScriptUsage(
        requests=sum(usage.requests for usage in counted),
        input_tokens=sum(usage.input_tokens for usage in counted),
        cached_input_tokens=sum(usage.cached_input_tokens for usage in counted),
        output_tokens=sum(usage.output_tokens for usage in counted),
        cost_usd=sum(costs, Decimal(0)) if len(costs) == len(counted) else None,
    )


def _refusal(failure: WriterFailed) -> ProviderFailed:
    wait_s = failure.retry_after_s
    headers = {} if wait_s is None else {"Retry-After": str(ceil(wait_s))}
    problem = failure.problem
    return ProviderFailed(f"{problem.code}: {problem.detail}", headers=headers)
