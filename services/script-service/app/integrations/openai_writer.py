"""The script writer behind OpenAI: the director plans the film, the model finds the words."""

import asyncio

import structlog

from app.core.brief import ScriptBrief, ScriptDraft
from app.core.director.director import direct
from app.core.prompt import ScriptWords, corrections, instructions, request, with_words
from app.core.review import Objection, objections
from app.integrations.openai_model import Meter, OpenAIModel, Turn
from app.services.ports import WriterFailed, Writing
from common.providers import Patience, ProviderError
from contracts.base import Problem

logger = structlog.get_logger(__name__)

NOT_GROUNDED = "script_not_grounded"


class OpenAIWriter:
    """Writes scripts (`services.ports.ScriptWriter`): once, and once more with what was refused.

    The order of scenes, their pictures, camera and what is written on the screen are the local
    director's: they follow rules that a model cannot better, and the law in part. How long each
    scene lasts follows the model's words.
    """

    provider = "openai"

    def __init__(self, model: OpenAIModel, *, within_s: float) -> None:
        self._model = model
        self._within_s = within_s

    @property
    def model(self) -> str:
        """The model's name."""
        return self._model.name

    async def write(self, brief: ScriptBrief) -> Writing:
        """A draft that passed review. Raises WriterFailed."""
        meter = Meter(self._model.name)
        try:
            return Writing(await self._write(brief, meter), meter.usage)
        except ProviderError as error:
            problem = Problem(code=error.fault, detail=error.advice)
            raise WriterFailed(problem, meter.usage, error.retry_after_s) from error

    async def _write(self, brief: ScriptBrief, meter: Meter) -> ScriptDraft:
        patience = Patience(self._within_s)
        plan = await asyncio.to_thread(direct, brief)
        rules, turns = instructions(brief), [Turn("user", request(brief, plan))]
        reply = await self._model.ask(rules, turns, ScriptWords, patience=patience, meter=meter)
        draft = with_words(brief, plan, reply.read)
        if found := await asyncio.to_thread(objections, brief, draft):
            logger.info("script_sent_back", objections=[str(objection) for objection in found])
            turns += [Turn("assistant", reply.text), Turn("user", corrections(brief, found))]
            reply = await self._model.ask(rules, turns, ScriptWords, patience=patience, meter=meter)
            draft = with_words(brief, plan, reply.read)
            found = await asyncio.to_thread(objections, brief, draft)
        if found:
            raise WriterFailed(_unusable(found), meter.usage)
        return draft


def _unusable(found: list[Objection]) -> Problem:
    listed = "; ".join(str(objection) for objection in found[:5])
    return Problem(
        code=NOT_GROUNDED, detail=f"the model's script was refused twice, last for: {listed}"
    )
