"""Use case: have a script written, check it, keep it and tell of it."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from app.core.brief import ScriptBrief, ScriptOrder
from app.core.grounding import check_grounded
from app.core.listing import listing_of
from app.db import scripts, transcripts
from app.services.ports import Gallery, Properties, ScriptWriter
from common.clock import utc_now
from common.db import Database
from common.errors import WorkflowError
from common.ids import new_id
from common.outbox import Outbox
from contracts.events import EventType
from contracts.poi import PoiStatus
from contracts.script import Script


@dataclass(frozen=True, slots=True)
class ScriptGenerator:
    """Generates scripts; no connection is held while peers and the writer are waited for."""

    database: Database
    outbox: Outbox
    properties: Properties
    gallery: Gallery
    writer: ScriptWriter

    async def generate(self, poi_id: UUID, order: ScriptOrder) -> Script:
        """A new script of a property.

        Raises NotFoundError for an unknown POI, WorkflowError `poi_archived`, Unprocessable
        `script_not_grounded`, and DependencyUnavailable.
        """
        brief = await self._brief(poi_id, order)
        draft = await self.writer.write(brief)
        await asyncio.to_thread(check_grounded, brief, draft)
        script = Script(
            id=new_id(),
            poi_id=poi_id,
            title=draft.title,
            language=order.language,
            aspect_ratio=order.aspect_ratio,
            provider=self.writer.provider,
            model=self.writer.model,
            total_duration_s=draft.total_duration_s,
            scenes=draft.scenes,
            listing=listing_of(brief),
            created_at=utc_now(),
        )
        async with self.database.transaction() as tx:
            await scripts.add(tx, script)
            await self.outbox.add(tx, EventType.SCRIPT_GENERATED, script)
        return script

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
