from typing import Any

from devstack import accounts

PROBLEM = {"code": "provider_key_refused", "detail": "check the key"}


def script(**changes: Any) -> dict[str, Any]:
    return {"model": "gpt-6-sol", "usage": None, "fallback_reason": None, **changes}


def scene(index: int, **changes: Any) -> dict[str, Any]:
    plain = {"status": "completed", "provider_job_id": None, "credits": None, "error": None}
    return {"index": index, **plain, **changes}


def test_a_script_says_who_wrote_it_and_for_how_much() -> None:
    usage = {"requests": 1, "cost_usd": "0.002"}
    written = accounts.of_script(script(usage=usage))
    assert written == "; gpt-6-sol wrote it (1 request, about 0.002 USD)"
    unpriced = accounts.of_script(script(usage=usage | {"requests": 2, "cost_usd": None}))
    assert unpriced == "; gpt-6-sol wrote it (2 requests)"
    assert accounts.of_script(script()) == ""


def test_a_script_of_the_fallback_says_why() -> None:
    fallen_back = accounts.of_script(script(usage={"requests": 1}, fallback_reason=PROBLEM))
    assert fallen_back == "; the local director wrote it, as check the key (provider_key_refused)"


def test_clips_are_counted_with_what_they_cost() -> None:
    bought = [scene(at, provider_job_id=f"task-{at}", credits=25.0) for at in range(2)]
    assert accounts.of_clips({"scenes": [*bought, scene(2)]}) == "bought 2 clips for 50 credits"
    assert accounts.of_clips({"scenes": [scene(0)]}) is None


def test_a_film_that_should_be_spoken_and_is_not_says_why() -> None:
    silent = accounts.of_voice({"voice": {"problem": PROBLEM}})
    assert silent == "nobody speaks in it: check the key (provider_key_refused)"
    assert accounts.of_voice({"voice": {"problem": None}}) is None
    assert accounts.of_voice({"voice": None}) is None


def test_what_a_render_waits_for_is_told_and_what_became_of_its_scenes() -> None:
    scenes = [scene(0, error=PROBLEM), scene(1, error=PROBLEM, status="queued")]
    render = {"status": "running", "error": PROBLEM, "scenes": scenes}
    assert accounts.troubles(render) == [
        "waiting: check the key (provider_key_refused)",
        "scene 1: check the key (provider_key_refused)",
    ]
    assert accounts.troubles({"status": "failed", "error": PROBLEM, "scenes": []}) == []
