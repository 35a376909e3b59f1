import math
from itertools import pairwise

import pytest

from app.core.pieces import LEVEL_STEP_S, Span, cut

LOUD, SOFT, SILENT = -20.0, -40.0, -math.inf


def sound(*parts: tuple[float, float]) -> list[float]:
    """Levels of parts that each last so many seconds at so many decibels."""
    return [level for seconds, level in parts for _ in range(round(seconds / LEVEL_STEP_S))]


def test_a_short_recording_is_one_piece() -> None:
    assert cut(sound((20, LOUD))) == [Span(0.0, 20.0)]


def test_it_is_cut_where_it_is_quietest() -> None:
    levels = sound((18, LOUD), (1, SOFT), (21, LOUD))
    first, second = cut(levels)
    assert 18 <= first.end_s <= 19
    assert second == Span(first.end_s, 40.0)


def test_a_longer_pause_beats_a_gap_between_two_sounds() -> None:
    levels = sound((17, LOUD), (0.6, SOFT), (3, LOUD), (0.1, SOFT), (19.3, LOUD))
    assert 17 <= cut(levels)[0].end_s <= 17.6


@pytest.mark.parametrize("seconds", [29.9, 30.1, 31, 45, 61.3, 600, 3600])
def test_pieces_follow_each_other_and_none_is_too_long(seconds: float) -> None:
    spans = cut(sound((seconds, LOUD)))
    assert spans[0].start_s == 0
    assert spans[-1].end_s == pytest.approx(seconds)
    assert all(a.end_s == b.start_s for a, b in pairwise(spans))
    assert all(0.9 <= span.end_s - span.start_s <= 30 for span in spans)


def test_what_is_silent_is_not_sent() -> None:
    assert cut(sound((90, SILENT))) == []
    assert cut([]) == []
    spans = cut(sound((20, LOUD), (60, SILENT), (20, LOUD)))
    assert sum(span.end_s - span.start_s for span in spans) < 45


def test_silence_around_speech_is_left_out_but_for_a_breath() -> None:
    (span,) = cut(sound((5, SILENT), (10, LOUD), (5, SILENT)))
    assert span == Span(4.7, 15.3)
