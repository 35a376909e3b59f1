"""What a fake Runway's tasks come to, and what it refuses (`devstack.fakes.runway`)."""

import io
from typing import Any, Literal
from uuid import uuid4

from PIL import Image
from pydantic import BaseModel, ConfigDict

CREDITS_PER_SECOND = {"gen4_turbo": 5, "gen4.5": 12}
RATIOS = frozenset({"1280:720", "720:1280", "1104:832", "832:1104", "960:960", "1584:672"})

#: What may become of a call: accepted and answered, accepted and not answered, or not accepted.
Call = Literal[
    "accepted",
    "dropped_after_accept",
    "bad_gateway_after_accept",
    "bad_json_after_accept",
    "rate_limited",
    "rejected",
    "out_of_credits",
    "unauthorized",
]

#: What may become of a finished clip.
Output = Literal[
    "clip",
    "expired",
    "truncated",
    "broken_off",
    "wrong_size",
    "too_short",
    "no_video",
    "plain_http",
]


class Behaviour(BaseModel):
    """What one call comes to, and its task.

    An accepted call is answered `answer_after_s` later. Polls: how often the task is shown in a
    state before it moves on. `bad_outputs`: how many downloads go wrong before one goes well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    call: Call = "accepted"
    answer_after_s: float = 0
    retry_after_s: int | None = None
    throttled_polls: int = 0
    running_polls: int = 1
    unreadable_polls: int = 0
    failure_code: str | None = None
    cancelled: bool = False
    charged_when_failed: int = 0
    output: Output = "clip"
    bad_outputs: int = 1_000_000


class Task:
    """A task that was accepted."""

    def __init__(self, order: dict[str, Any], picture: bytes, behaviour: Behaviour) -> None:
        self.id = str(uuid4())
        self.order = order
        self.picture = picture
        self.behaviour = behaviour
        self.polls = 0
        self.downloads = 0
        self.is_deleted = False

    @property
    def credits(self) -> int:
        """What it costs."""
        return CREDITS_PER_SECOND[self.order["model"]] * int(self.order["duration"])

    @property
    def status(self) -> str:
        """Where it stands, by how often it was asked for."""
        each = self.behaviour
        if self.polls <= each.throttled_polls:
            return "THROTTLED"
        if self.polls <= each.throttled_polls + each.running_polls:
            return "RUNNING"
        if each.cancelled:
            return "CANCELLED"
        return "FAILED" if each.failure_code is not None else "SUCCEEDED"

    def shown(self, base_url: str) -> dict[str, Any]:
        """The answer to being asked for; every answer has a fresh address of the clip."""
        body: dict[str, Any] = {
            "id": self.id,
            "createdAt": "2026-11-25T12:00:00.000Z",
            "status": self.status,
        }
        match self.status:
            case "RUNNING":
                body |= {"progress": 0.5, "estimatedCost": {"credits": self.credits}}
            case "THROTTLED":
                body |= {"estimatedCost": {"credits": self.credits}}
            case "SUCCEEDED":
                address = f"{base_url}/outputs/{self.id}.mp4?signature={uuid4().hex}"
                if self.behaviour.output == "plain_http":
                    address = address.replace("127.0.0.1", "clips.example.test")
                body |= {"output": [address], "cost": {"credits": self.credits}}
            case "FAILED":
                body |= {
                    "failureCode": self.behaviour.failure_code or None,
                    "failure": "An unexpected error occurred.",
                    "cost": {"credits": self.behaviour.charged_when_failed},
                }
            case _:
                body |= {"cost": {"credits": 0}}
        return body


def fault_of(order: dict[str, Any], pictures: dict[str, bytes]) -> str | None:
    """What is wrong with a call, by the documented rules."""
    if order.get("model") not in CREDITS_PER_SECOND:
        return "model: unknown"
    if order.get("ratio") not in RATIOS:
        return "ratio: not one of this model's"
    duration = order.get("duration")
    if not isinstance(duration, int) or not 2 <= duration <= 10:
        return "duration: a whole number from 2 to 10"
    prompt = order.get("promptText")
    if prompt is not None and not 1 <= len(prompt.encode("utf-16-le")) // 2 <= 1000:
        return "promptText: from 1 to 1000 characters"
    if prompt is None and order["model"] == "gen4.5":
        return "promptText: required"
    return _picture_fault(pictures.get(str(order.get("promptImage"))))


def _picture_fault(picture: bytes | None) -> str | None:
    if picture is None:
        return "promptImage: no such upload"
    with Image.open(io.BytesIO(picture)) as opened:
        if not 0.5 <= opened.width / opened.height <= 2 or max(opened.size) > 8000:
            return "promptImage: its sides are out of bounds"
    return None
