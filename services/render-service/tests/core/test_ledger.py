from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from app.core.failures import (
    ABANDONED,
    CONTENT_REFUSED,
    OUTPUT_INVALID,
    PROVIDER_INTERNAL,
    RATE_LIMITED,
    TIMED_OUT,
    Failure,
)
from app.core.ledger import (
    Attempt,
    AttemptState,
    Caps,
    Spent,
    StepKind,
    next_step,
    over_budget,
)
from contracts.base import Problem


def attempt(state: AttemptState, failure: Failure | None = None, **values: Any) -> Attempt:
    given: dict[str, Any] = {
        "id": uuid4(),
        "render_id": uuid4(),
        "scene_index": 0,
        "round": 0,
        "state": state,
        "model": "gen4_turbo",
        "ratio": "1280:720",
        "duration_s": 5,
        "photo_sha256": None,
        "task_id": None,
        "task_status": None,
        "progress": None,
        "estimated_credits": 25.0,
        "charged_credits": None,
        "error": failure and failure.problem(""),
        "worked_s": 0.0,
        "collect_failures": 0,
        "output": None,
        "created_at": datetime.now(UTC),
        "submitted_at": None,
        "polled_at": None,
        "ended_at": None,
    }
    return Attempt(**{**given, **values})


def failed(failure: Failure, current_round: int = 0) -> Attempt:
    return attempt(AttemptState.FAILED, failure, round=current_round)


def kind(*attempts: Attempt, current_round: int = 0, max_attempts: int = 2) -> StepKind:
    return next_step(attempts, current_round=current_round, max_attempts=max_attempts).kind


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (AttemptState.INTENT, StepKind.FOLLOW),
        (AttemptState.SUBMITTED, StepKind.FOLLOW),
        (AttemptState.UNKNOWN, StepKind.RESOLVE),
        (AttemptState.SUCCEEDED, StepKind.DONE),
    ],
)
def test_no_call_is_made_while_an_earlier_one_may_count(
    state: AttemptState, step: StepKind
) -> None:
    assert kind(failed(PROVIDER_INTERNAL), attempt(state)) is step
    assert kind(failed(PROVIDER_INTERNAL), attempt(state), current_round=3) is step


def test_a_scene_begins_with_a_call() -> None:
    assert kind() is StepKind.CALL


def test_only_failures_where_another_attempt_may_help_are_counted() -> None:
    assert kind(failed(PROVIDER_INTERNAL)) is StepKind.CALL
    assert kind(failed(PROVIDER_INTERNAL), failed(PROVIDER_INTERNAL)) is StepKind.FAIL
    waits = [failed(RATE_LIMITED)] * 9
    assert kind(*waits, failed(PROVIDER_INTERNAL), *waits) is StepKind.CALL


@pytest.mark.parametrize("failure", [TIMED_OUT, OUTPUT_INVALID])
def test_what_a_person_has_to_look_at_is_not_tried_again_until_they_say_so(
    failure: Failure,
) -> None:
    assert kind(failed(failure)) is StepKind.FAIL
    assert kind(failed(failure), current_round=1) is StepKind.CALL


def test_a_person_who_retries_gets_all_attempts_again() -> None:
    history = [failed(PROVIDER_INTERNAL), failed(PROVIDER_INTERNAL)]
    assert kind(*history, current_round=1) is StepKind.CALL
    history.append(failed(PROVIDER_INTERNAL, current_round=1))
    assert kind(*history, current_round=1) is StepKind.CALL


def test_what_is_refused_for_good_stays_refused() -> None:
    assert kind(failed(CONTENT_REFUSED), current_round=7) is StepKind.FAIL


def test_a_call_given_up_by_a_person_may_be_made_anew() -> None:
    assert kind(failed(ABANDONED)) is StepKind.CALL


def test_a_code_of_another_version_is_left_to_a_person() -> None:
    strange = attempt(AttemptState.FAILED, error=Problem(code="from_the_future", detail=""))
    assert kind(strange) is StepKind.FAIL


@pytest.mark.parametrize(
    ("needed", "cap"),
    [
        (50, None),
        (51, "RUNWAY_MAX_CREDITS_PER_RENDER"),
        (301, "RUNWAY_MAX_CREDITS_PER_RENDER"),
    ],
)
def test_a_budget_is_spent_to_the_last_credit_and_no_further(
    needed: float, cap: str | None
) -> None:
    reason = over_budget(Caps(per_render=100, per_day=1_000), Spent(render=50, day=700), needed)
    assert (reason is None) if cap is None else (reason is not None and cap in reason)


def test_the_cap_of_the_day_holds_for_all_renders() -> None:
    reason = over_budget(Caps(per_render=100, per_day=200), Spent(render=0, day=180), 25)
    assert reason == (
        "25 credits are needed, 180 are spent, and RUNWAY_MAX_CREDITS_PER_DAY allows 200"
    )
