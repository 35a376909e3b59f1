"""What was heard in the pieces of a recording, and the transcript that they make."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.pieces import Span
from contracts.transcription import Segment


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in one piece; times of `segments` count from the piece's own start.

    `language` is a code (fr, en), None when not known. `seconds` is what the provider counted,
    `cost_usd` about what that cost, None where nothing is paid or the price is not known.
    """

    language: str | None
    text: str
    segments: tuple[Segment, ...]
    seconds: float
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said: the whole text, and when; `language` is a code, None when not known.

    `listened_s` is what providers counted, `cost_usd` about what that cost, None when not known.
    """

    language: str | None
    text: str
    segments: tuple[Segment, ...]
    listened_s: float = 0.0
    cost_usd: Decimal | None = None


def joined(pieces: Sequence[tuple[Span, Heard]]) -> Transcript:
    """The transcript of a recording from its pieces in order.

    A recogniser that tells no times within a piece gives the piece's own. The language is the
    one that was spoken longest.
    """
    segments = tuple(s for span, heard in pieces for s in _placed(span, heard) if s.text)
    costs = [heard.cost_usd for _, heard in pieces if heard.cost_usd is not None]
    spoken: Counter[str] = Counter()
    for _, heard in pieces:
        if heard.language and heard.text.strip():
            spoken[heard.language] += max(1, round(heard.seconds * 10))
    return Transcript(
        language=spoken.most_common(1)[0][0] if spoken else None,
        text=" ".join(text for _, heard in pieces if (text := heard.text.strip())),
        segments=segments,
        listened_s=round(sum(heard.seconds for _, heard in pieces), 3),
        cost_usd=sum(costs, Decimal(0)) if costs and len(costs) == len(pieces) else None,
    )


def _placed(span: Span, heard: Heard) -> list[Segment]:
    if not heard.segments:
        return [Segment(start_s=span.start_s, end_s=span.end_s, text=heard.text.strip())]

    def within(time_s: float) -> float:
        return round(min(span.start_s + max(time_s, 0.0), span.end_s), 3)

    return [
        Segment(start_s=within(s.start_s), end_s=within(s.end_s), text=s.text.strip())
        for s in heard.segments
    ]
