from decimal import Decimal

import pytest

from app.core.heard import Heard, joined
from app.core.languages import language_code
from app.core.pieces import Span
from app.core.prices import cost_usd
from contracts.transcription import Segment


def heard(text: str, *segments: Segment, language: str | None = "fr", seconds: float = 10) -> Heard:
    return Heard(language, text, segments, seconds, Decimal("0.01"))


def test_times_count_from_the_start_of_the_recording() -> None:
    sentence = Segment(start_s=1.5, end_s=4, text=" La cuisine. ")
    whole = joined([(Span(0, 20), heard("Bonjour.")), (Span(21, 40), heard("…", sentence))])
    assert whole.segments == (
        Segment(start_s=0, end_s=20, text="Bonjour."),
        Segment(start_s=22.5, end_s=25, text="La cuisine."),
    )
    assert whole.text == "Bonjour. …"


def test_a_recogniser_s_times_stay_within_the_piece() -> None:
    beyond = Segment(start_s=-1, end_s=30, text="Fin.")
    (segment,) = joined([(Span(10, 20), heard("Fin.", beyond))]).segments
    assert (segment.start_s, segment.end_s) == (10, 20)


def test_the_language_is_the_one_spoken_longest() -> None:
    pieces = [
        (Span(0, 10), heard("Hello.", language="en", seconds=4)),
        (Span(10, 20), heard("Bonjour.", seconds=9)),
        (Span(20, 30), heard("", language="de", seconds=30)),
        (Span(30, 40), heard("Hm.", language=None, seconds=30)),
    ]
    assert joined(pieces).language == "fr"
    assert joined([]).language is None


def test_pieces_in_which_nothing_was_said_leave_no_segment() -> None:
    whole = joined([(Span(0, 10), heard("")), (Span(10, 20), heard(" Bonjour. "))])
    assert [segment.text for segment in whole.segments] == ["Bonjour."]
    assert whole.text == "Bonjour."


def test_costs_add_up_when_all_are_known() -> None:
    free = Heard("fr", "Oui.", (), 5)
    assert joined([(Span(0, 1), heard("a")), (Span(1, 2), heard("b"))]).cost_usd == Decimal("0.02")
    assert joined([(Span(0, 1), heard("a")), (Span(1, 2), free)]).cost_usd is None
    assert joined([]).cost_usd is None


def test_an_hour_of_listening_costs_what_the_list_says() -> None:
    assert cost_usd("gpt-transcribe", 3600) == Decimal("0.27")
    assert cost_usd("whisper-large-v3", 3600) is None


@pytest.mark.parametrize(
    ("named", "code"),
    [("french", "fr"), ("fr", "fr"), ("fr-FR", "fr"), ("English", "en"), ("klingon", None),
     ("", None), (None, None)],
)  # fmt: skip
def test_languages_are_told_by_code(named: str | None, code: str | None) -> None:
    assert language_code(named) == code
