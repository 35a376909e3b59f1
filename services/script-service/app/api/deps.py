"""What this service's endpoints ask FastAPI for, by type."""

from typing import Annotated

from fastapi import Depends, Request

from app.services.generating import ScriptGenerator


async def _generator(request: Request) -> ScriptGenerator:
    generator: ScriptGenerator = request.app.state.generator
    return generator


#: The one that has scripts written.
Generator = Annotated[ScriptGenerator, Depends(_generator)]
