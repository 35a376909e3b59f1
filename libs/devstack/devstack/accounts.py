"""What a person is told of the providers that took part in a film: what they did, and what not."""

from collections.abc import Mapping
from typing import Any

_Json = Mapping[str, Any]


def of_script(script: _Json) -> str:
    """Who wrote a script, and for how much; nothing when no provider was asked."""
    usage, reason = script["usage"], script["fallback_reason"]
    if usage is None and reason is None:
        return ""
    if reason is not None:
        return f"; the local director wrote it, as {said(reason)}"
    cost = "" if usage["cost_usd"] is None else f", about {usage['cost_usd']} USD"
    asked = f"{usage['requests']} request{'s' if usage['requests'] != 1 else ''}"
    return f"; {script['model']} wrote it ({asked}{cost})"


def of_clips(render: _Json) -> str | None:
    """What the clips of a render cost; None when none was bought."""
    bought = [scene for scene in render["scenes"] if scene["provider_job_id"] is not None]
    if not bought:
        return None
    spent = sum(scene["credits"] or 0 for scene in bought)
    return f"bought {len(bought)} clip{'s' if len(bought) != 1 else ''} for {spent:g} credits"


def of_voice(manifest: _Json) -> str | None:
    """Why nobody speaks in a film although somebody should; None when all is well."""
    voice = manifest.get("voice") or {}
    problem = voice.get("problem")
    return f"nobody speaks in it: {said(problem)}" if problem else None


def troubles(render: _Json) -> list[str]:
    """What a render in the making waits for, and what is wrong with its scenes."""
    waits = render["status"] == "running" and render["error"] is not None
    return [
        *([f"waiting: {said(render['error'])}"] if waits else []),
        *(
            f"scene {scene['index']}: {said(scene['error'])}"
            for scene in render["scenes"]
            if scene["error"] is not None and scene["status"] != "completed"
        ),
    ]


def said(problem: _Json) -> str:
    """A problem, with its code."""
    return f"{problem['detail']} ({problem['code']})"
