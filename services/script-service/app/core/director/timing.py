"""How long each scene lasts: whole half seconds that add up to the film exactly."""

from collections.abc import Sequence
from math import floor

STEP_S = 0.5
SHORTEST_S = 2.0
#: A scene that is looked at, not flicked through.
COMFORTABLE_S = 5.0
#: What an agent speaks, French or English, in words per second.
WORDS_PER_S = 2.5


def most_pictures(duration_s: int) -> int:
    """How many pictures fit when each has its shortest time, and the closing card too."""
    return floor((duration_s - SHORTEST_S) / SHORTEST_S)


def wished_scenes(duration_s: int) -> int:
    """How many scenes a film of that length should have."""
    return max(3, round(duration_s / COMFORTABLE_S))


def share(duration_s: int, weights: Sequence[float]) -> list[float]:
    """The seconds of each scene, by weight; none under `SHORTEST_S`, the sum exactly as asked."""
    shortest, total = round(SHORTEST_S / STEP_S), round(duration_s / STEP_S)
    if shortest * len(weights) > total:
        raise ValueError(f"{len(weights)} scenes do not fit in {duration_s} s")
    wished = _wished(total, weights, shortest)
    steps = [floor(wish) for wish in wished]
    by_rest = sorted(range(len(weights)), key=lambda at: (steps[at] - wished[at], at))
    for at in by_rest[: total - sum(steps)]:
        steps[at] += 1
    return [step * STEP_S for step in steps]


def _wished(total: int, weights: Sequence[float], shortest: int) -> list[float]:
    """Shares of `total` by weight, where those that would fall short are lifted first."""
    lifted: set[int] = set()
    while True:
        spare = total - shortest * len(lifted)
        weight = sum(w for at, w in enumerate(weights) if at not in lifted)
        short = {
            at for at, w in enumerate(weights) if at not in lifted and spare * w < shortest * weight
        }
        if not short:
            return [
                float(shortest) if at in lifted else spare * w / weight
                for at, w in enumerate(weights)
            ]
        lifted |= short


def spoken_words(text: str) -> int:
    """About how many words a voice says: a number takes about one per digit."""
    return sum(_spoken(token) for token in text.split())


def fits(text: str, duration_s: float) -> bool:
    """Whether a text can be spoken calmly within a scene."""
    return spoken_words(text) <= duration_s * WORDS_PER_S


def _spoken(token: str) -> int:
    digits = sum(char.isdigit() and char != "²" for char in token)
    if digits:
        return min(digits, 6)
    return 2 if "²" in token else int(any(char.isalpha() for char in token) or token in {"€", "$"})
