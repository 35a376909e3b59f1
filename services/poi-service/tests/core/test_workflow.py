import pytest

from app.core.workflow import check_transition, check_writable
from common.errors import WorkflowError
from contracts.poi import PoiStatus

STEPS = [
    (PoiStatus.DRAFT, PoiStatus.VALIDATED),
    (PoiStatus.VALIDATED, PoiStatus.PUBLISHED),
    (PoiStatus.PUBLISHED, PoiStatus.ARCHIVED),
]
OTHERS = [(a, b) for a in PoiStatus for b in PoiStatus if (a, b) not in STEPS]


@pytest.mark.parametrize(("current", "wanted"), STEPS)
def test_the_next_step_is_allowed(current: PoiStatus, wanted: PoiStatus) -> None:
    check_transition(current, wanted)


@pytest.mark.parametrize(("current", "wanted"), OTHERS)
def test_any_other_step_is_refused_naming_both_states(
    current: PoiStatus, wanted: PoiStatus
) -> None:
    with pytest.raises(WorkflowError, match=f"from {current} to {wanted}") as refusal:
        check_transition(current, wanted)
    assert refusal.value.code == "invalid_transition"


def test_only_an_archived_property_is_read_only() -> None:
    for status in set(PoiStatus) - {PoiStatus.ARCHIVED}:
        check_writable(status)
    with pytest.raises(WorkflowError):
        check_writable(PoiStatus.ARCHIVED)
