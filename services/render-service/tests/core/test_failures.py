import pytest

from app.core.failures import FAILURES, RENDER_ENDING, Remedy, failure_of_task


@pytest.mark.parametrize(
    ("failure_code", "code", "remedy"),
    [
        ("SAFETY.INPUT.TEXT", "content_refused", Remedy.NONE),
        ("SAFETY.OUTPUT.VIDEO", "content_refused", Remedy.NONE),
        ("INPUT_PREPROCESSING.SAFETY.TEXT", "content_refused", Remedy.NONE),
        ("INPUT_PREPROCESSING.SAFETY.THIRD_PARTY", "content_refused", Remedy.NONE),
        ("INPUT_PREPROCESSING.INTERNAL", "provider_internal", Remedy.NEW_ATTEMPT),
        ("ASSET.INVALID", "picture_refused", Remedy.NONE),
        ("INTERNAL", "provider_internal", Remedy.NEW_ATTEMPT),
        ("INTERNAL.BAD_OUTPUT.CODE01", "provider_internal", Remedy.NEW_ATTEMPT),
        ("internal.bad_output", "provider_internal", Remedy.NEW_ATTEMPT),
        ("THIRD_PARTY.UNAVAILABLE", "provider_third_party", Remedy.NEW_ATTEMPT),
        ("SAFETYNET", "provider_failed", Remedy.RETRY),
        ("", "provider_failed", Remedy.RETRY),
        (None, "provider_failed", Remedy.RETRY),
    ],
)
def test_codes_of_tasks_are_read_by_their_prefix(
    failure_code: str | None, code: str, remedy: Remedy
) -> None:
    failure = failure_of_task(failure_code)
    assert (failure.code, failure.remedy) == (code, remedy)


def test_every_failure_says_what_a_person_should_do() -> None:
    for code, failure in FAILURES.items():
        assert code == failure.code
        assert failure.problem("it broke").detail.startswith("it broke: ")
        assert len(failure.advice) > 20


def test_what_would_meet_every_call_ends_a_render() -> None:
    assert {"budget_exceeded", "provider_out_of_credits", "provider_key_refused"} == RENDER_ENDING
