import dataclasses
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.core.brief import ScriptBrief, ScriptOrder
from app.core.director.director import direct
from app.services.generating import ScriptGenerator
from app.services.ports import Writing
from common.db import Database
from common.errors import NotFoundError, Unprocessable
from contracts.asset import Asset
from contracts.poi import Poi
from tests.samples import VILLA, poi


class Register:
    """Properties and their assets, in memory (`ports.Properties`, `ports.Gallery`)."""

    def __init__(self, *pois: Poi) -> None:
        self._pois = {poi.id: poi for poi in pois}

    async def get(self, poi_id: object) -> Poi:
        for known, found in self._pois.items():
            if known == poi_id:
                return found
        raise NotFoundError(f"there is no POI {poi_id}")

    async def of_poi(self, poi_id: object) -> list[Asset]:
        await self.get(poi_id)
        return []


class Inventor:
    """A writer that adds to the truth (`ports.ScriptWriter`)."""

    provider = "inventor"
    model = "inventor-1"

    def __init__(self, addition: str) -> None:
        self._addition = addition

    async def write(self, brief: ScriptBrief) -> Writing:
        draft = direct(brief)
        first, *rest = draft.scenes
        told = first.model_copy(update={"narration": f"{first.narration} {self._addition}"})
        return Writing(dataclasses.replace(draft, scenes=(told, *rest)))


def generator(app: FastAPI, writer: Inventor, *pois: Poi) -> ScriptGenerator:
    register = Register(*pois)
    generator: ScriptGenerator = app.state.generator
    return dataclasses.replace(generator, properties=register, gallery=register, writer=writer)


@pytest.mark.parametrize(
    "addition", ["Avec vue sur la mer.", "À 900 000 €.", "Parfait pour une famille."]
)
async def test_a_script_that_invents_is_refused_and_nothing_is_kept(
    app: FastAPI, database: Database, addition: str
) -> None:
    villa = poi(**VILLA)
    with pytest.raises(Unprocessable) as refusal:
        await generator(app, Inventor(addition), villa).generate(villa.id, ScriptOrder())
    assert refusal.value.code == "script_not_grounded"
    async with database.connection() as queries:
        assert await queries.all(text("SELECT id FROM scripts")) == []
        assert await queries.all(text("SELECT id FROM outbox")) == []


async def test_a_writer_that_keeps_to_the_facts_is_named_in_its_script(
    app: FastAPI, database: Database
) -> None:
    villa = poi(**VILLA)
    script = await generator(app, Inventor("Au calme."), villa).generate(villa.id, ScriptOrder())
    assert (script.provider, script.model) == ("inventor", "inventor-1")


async def test_an_unknown_property_ends_before_anything_is_written(
    app: FastAPI, database: Database
) -> None:
    with pytest.raises(NotFoundError):
        await generator(app, Inventor("")).generate(uuid4(), ScriptOrder())
