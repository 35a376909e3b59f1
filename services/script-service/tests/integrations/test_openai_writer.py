import json
from typing import Any

import pytest
from sqlalchemy import text

from app.core.brief import ScriptBrief
from app.core.director.director import direct
from app.core.director.timing import fits
from contracts.asset import Room
from devstack.fakes.faults import Fault
from devstack.fakes.openai_rules import error_body
from tests.live import KEY, Live, words
from tests.samples import VILLA, brief, photos, poi

PICTURES = photos(Room.EXTERIOR, Room.LIVING_ROOM, Room.KITCHEN, Room.BEDROOM, Room.POOL)
RESPONSES, COMPLETIONS = "/v1/responses", "/v1/chat/completions"

_EVERYTHING_KEPT = text(
    "SELECT scripts::text AS kept FROM scripts"
    " UNION ALL SELECT convert_from(value, 'UTF8') FROM outbox"
)


def villa(**fields: Any) -> ScriptBrief:
    return brief(poi(**{**VILLA, **fields}), PICTURES)


async def test_a_script_has_the_model_s_words_and_the_director_s_plan(live: Live) -> None:
    told = villa()
    live.openai.will(Fault(say=words(told, {1: "Le séjour s’ouvre sur la piscine."})))
    async with live.caller() as caller:
        answer = await caller.generate(told)
        script = answer.json()
        assert (answer.status_code, script["fallback"]) == (201, False)
        assert (script["provider"], script["model"]) == ("openai", "gpt-6-sol")
        assert script["scenes"][1]["narration"] == "Le séjour s’ouvre sur la piscine."
        assert script["total_duration_s"] == pytest.approx(30, abs=1)
        assert {s["asset_id"] for s in script["scenes"]} == {*(str(a.id) for a in PICTURES), None}
        assert (await caller.client.get(f"/scripts/{script['id']}")).json() == script


@pytest.mark.parametrize("path", [RESPONSES, COMPLETIONS])
async def test_the_model_s_words_set_how_long_its_scenes_last(live: Live, path: str) -> None:
    told = villa()
    long = "Le séjour et la cuisine ouverte, équipée d’un îlot central, donnent sur la piscine."
    if path == COMPLETIONS:
        live.openai.will(Fault(path=RESPONSES, say={"lacks": True}))
    live.openai.will(Fault(path=path, say=words(told, {1: "Le séjour.", 3: long})))
    async with live.caller() as caller:
        script = (await caller.generate(told)).json()
    seconds = [scene["duration_s"] for scene in script["scenes"]]
    assert (script["provider"], sum(seconds)) == ("openai", 30)
    planned = [scene.duration_s for scene in direct(told).scenes]
    assert seconds[1] < planned[1]
    assert seconds[3] > planned[3]
    assert fits(long, seconds[3], "fr")


async def test_what_it_cost_is_kept_with_the_script(live: Live) -> None:
    async with live.caller() as caller:
        usage = (await caller.generate(villa())).json()["usage"]
    assert usage["requests"] == 1
    cost = usage["input_tokens"] * 2 + usage["output_tokens"] * 10  # US dollars per million
    assert float(usage["cost_usd"]) == pytest.approx(cost / 1_000_000)
    assert usage["input_tokens"] > 500


async def test_a_script_that_invents_is_sent_back_once_with_the_reasons(live: Live) -> None:
    told = villa()
    inventions = {1: "Le séjour et sa cheminée, 60 m².", 2: "Idéale pour une famille."}
    live.openai.will(Fault(say=words(told, inventions)))
    async with live.caller() as caller:
        script = (await caller.generate(told)).json()
    first, second = live.openai.requests(RESPONSES)
    assert (script["fallback"], script["usage"]["requests"]) == (False, 2)
    assert second.json["input"][0] == first.json["input"][0]
    assert second.json["input"][1]["role"] == "assistant"
    reasons = second.json["input"][2]["content"]
    assert "scene 1: “cheminee” is not in the data" in reasons
    assert "scene 1: the number “60 m2”" in reasons
    assert "scene 2: “famille” speaks of people" in reasons


REFUSED = [
    "Une vue mer imprenable.",
    "Un séjour de 60 m².",
    "Idéale pour un couple.",
    "À deux pas de Saint-Tropez.",
    "Visitez www.arnaque.example dès demain.",
    "Appelez le 06 11 22 33 44.",
    "The kitchen is the heart of the house and it is lovely.",
    "Voici la <b>cuisine</b>.",
    "Mes instructions disent de rester sobre.",
    "mot " * 60,
    "",
]


@pytest.mark.parametrize("narration", REFUSED)
async def test_what_an_editor_refuses_twice_makes_way_for_the_local_director(
    live: Live, narration: str
) -> None:
    told = villa()
    live.openai.will(Fault(say=words(told, {2: narration}), times=2))
    async with live.caller() as caller:
        script = (await caller.generate(told)).json()
        assert (await caller.client.get(f"/scripts/{script['id']}")).json() == script
    assert (script["provider"], script["fallback"]) == ("stub", True)
    assert script["fallback_reason"]["code"] == "script_not_grounded"
    assert "scene 2" in script["fallback_reason"]["detail"]
    assert script["usage"]["requests"] == 2
    assert script["scenes"][2]["narration"] != narration


FAULTS: list[tuple[Fault, str, int]] = [
    (Fault(status=429, body=error_body("rate_limit_exceeded", "slow"), times=3),
     "provider_rate_limited", 3),
    (Fault(status=429, body=error_body("credit_balance_exhausted", "no credits",
                                       "insufficient_quota")), "provider_out_of_credits", 1),
    (Fault(status=401, body=error_body("invalid_api_key", f"Incorrect key {KEY}")),
     "provider_key_refused", 1),
    (Fault(status=404, body=error_body("model_not_found", "no such model")),
     "provider_misconfigured", 1),
    (Fault(status=503, body=error_body("server_is_overloaded", "busy"), times=3),
     "provider_unavailable", 3),
    (Fault(drop=True, times=3), "provider_unavailable", 3),
    (Fault(status=200, body="{\"id\": ", times=3), "provider_bad_answer", 3),
    (Fault(status=200, body="<html>", headers={"content-type": "text/html"}, times=3),
     "provider_bad_answer", 3),
    (Fault(say="no JSON at all", times=3), "provider_bad_answer", 3),
    (Fault(say={"incomplete": "max_output_tokens"}, times=3), "provider_bad_answer", 3),
    (Fault(say={"refusal": "I cannot help with that."}), "provider_refused", 1),
    (Fault(status=302, headers={"location": "http://127.0.0.1:1/"}), "provider_misconfigured", 1),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "code", "requests"), FAULTS)
async def test_every_failure_has_its_code_and_the_film_is_written_all_the_same(
    live: Live,
    fault: Fault,
    code: str,
    requests: int,
) -> None:
    live.openai.will(fault)
    async with live.caller() as caller:
        script = (await caller.generate(villa())).json()
    assert (script["provider"], script["fallback"]) == ("stub", True)
    assert script["fallback_reason"]["code"] == code
    assert KEY not in json.dumps(script)
    assert len(live.openai.asked) == requests
    assert script["usage"]["requests"] == requests


async def test_a_provider_that_hangs_is_waited_for_only_so_long(live: Live) -> None:
    live.openai.will(Fault(delay_s=30))
    async with live.caller(openai_timeout_s=0.3) as caller:
        script = (await caller.generate(villa())).json()
    assert script["fallback_reason"]["code"] == "provider_timed_out"


async def test_a_provider_that_asks_to_wait_is_asked_again_no_sooner(live: Live) -> None:
    live.openai.will(
        Fault(status=429, headers={"Retry-After": "1"}, body=error_body("slow_down", "slow"))
    )
    async with live.caller() as caller:
        answer = await caller.generate(villa())
    assert answer.json()["fallback"] is False
    assert answer.elapsed.total_seconds() >= 1


async def test_a_wait_beyond_the_time_limit_is_not_waited_for(live: Live) -> None:
    live.openai.will(Fault(status=429, headers={"Retry-After": "90"}, body={}))
    async with live.caller(nlp_fallback=False) as caller:
        answer = await caller.generate(villa())
    assert answer.status_code == 502
    assert answer.headers["Retry-After"] == "90"
    assert answer.elapsed.total_seconds() < 5


async def test_without_a_fallback_the_failure_is_told_with_what_to_do(live: Live) -> None:
    live.openai.will(Fault(status=401, body=error_body("invalid_api_key", f"Incorrect {KEY}")))
    async with live.caller(nlp_fallback=False) as caller:
        answer = await caller.generate(villa())
        assert (await caller.client.get("/scripts")).json() == []
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (502, "provider_failed")
    assert problem["detail"].startswith("provider_key_refused: ")
    assert "check the key" in problem["detail"]
    assert KEY not in answer.text


async def test_a_server_without_the_responses_api_is_asked_by_chat_from_then_on(live: Live) -> None:
    live.openai.will(Fault(path=RESPONSES, say={"lacks": True}))
    async with live.caller() as caller:
        scripts = [(await caller.generate(villa())).json() for _ in range(2)]
    assert [script["provider"] for script in scripts] == ["openai", "openai"]
    assert [asked.path for asked in live.openai.asked] == [RESPONSES, COMPLETIONS, COMPLETIONS]
    assert scripts[1]["usage"]["output_tokens"] > 0


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(path=COMPLETIONS, say={"refusal": "No."}), "provider_refused"),
        (Fault(path=COMPLETIONS, say={"incomplete": "length"}, times=3), "provider_bad_answer"),
        (Fault(path=COMPLETIONS, say={"lacks": True}), "provider_misconfigured"),
    ],
)
async def test_failures_by_chat_have_the_same_codes(
    live: Live,
    fault: Fault,
    code: str,
) -> None:
    live.openai.will(Fault(path=RESPONSES, say={"lacks": True}), fault)
    async with live.caller() as caller:
        script = (await caller.generate(villa())).json()
    assert script["fallback_reason"]["code"] == code


async def test_the_key_is_in_no_log_event_or_row(
    live: Live,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    echo = error_body("rate_limit_exceeded", f"slow down, {KEY}")
    live.openai.will(Fault(status=429, body=echo, times=3))
    live.openai.will(Fault(status=401, body=error_body("invalid_api_key", f"wrong: {KEY}")))
    async with live.caller() as caller:
        shown = [(await caller.generate(villa())).text for _ in range(2)]
        async with caller.database.connection() as queries:
            kept = await queries.all(_EVERYTHING_KEPT)
    assert "provider_rate_limited" in shown[0]
    assert len(kept) >= 4
    assert KEY not in "\n".join([*shown, *(row["kept"] for row in kept)])
    assert KEY not in f"{capsys.readouterr()}{caplog.text}"
