"""The life of a property: draft → validated → published → archived, one step at a time."""

from types import MappingProxyType

from common.errors import WorkflowError
from contracts.poi import PoiStatus

_NEXT = MappingProxyType(
    {
        PoiStatus.DRAFT: PoiStatus.VALIDATED,
        PoiStatus.VALIDATED: PoiStatus.PUBLISHED,
        PoiStatus.PUBLISHED: PoiStatus.ARCHIVED,
    }
)


def check_transition(current: PoiStatus, wanted: PoiStatus) -> None:
    """Raises WorkflowError `invalid_transition`, naming both states, unless it is the next step."""
    allowed = _NEXT.get(current)
    if allowed is not wanted:
        hint = f"the next step is {allowed}" if allowed else "it is the last state"
        raise WorkflowError(
            f"a POI cannot go from {current} to {wanted}: from {current} {hint}",
            code="invalid_transition",
        )


def check_writable(status: PoiStatus) -> None:
    """Raises WorkflowError `poi_archived` for a property that is read-only."""
    if status is PoiStatus.ARCHIVED:
        raise WorkflowError("an archived POI is read-only", code="poi_archived")
