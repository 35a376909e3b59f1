"""A Runway of one's own: `python -m devstack.fakes.runway --port N`.

It answers as https://docs.dev.runwayml.com documents (uploads, image_to_video, tasks,
organization), makes real small clips of the pictures it is given, and counts what it was asked.
What goes wrong is said beforehand: each call takes the next `Behaviour` of a list. Over HTTP that
list is `POST /fake/behaviours`, and the count `GET /fake/asked`.
"""

import argparse
import asyncio
import json
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from devstack.fakes.clips import clip_of
from devstack.fakes.cutting import Cuttable, cut
from devstack.fakes.runway_tasks import (
    BEHAVIOURS,
    CREDITS_PER_SECOND,
    Behaviour,
    Task,
    fault_of,
)
from devstack.fakes.serving import serving

API_VERSION = "2024-11-06"


class FakeRunway:
    """The state of a fake: what it was told to do, and what it was asked.

    `asked` counts requests by what they wanted; `most_running` is how many tasks ran at once.
    """

    def __init__(self, *, key: str | None = None) -> None:
        self.key = key
        self.default = Behaviour()
        self.behaviours: deque[Behaviour] = deque()
        self.asked: Counter[str] = Counter()
        self.tasks: dict[str, Task] = {}
        self.pictures: dict[str, bytes] = {}
        self.balance = 1_000_000
        self.max_concurrent: int | None = 5
        self.most_running = 0
        self.held = threading.Event()
        self.app = Starlette(
            routes=[
                Route("/v1/uploads", self._upload, methods=["POST"]),
                Route("/uploads/{name}", self._receive, methods=["POST"]),
                Route("/v1/image_to_video", self._create, methods=["POST"]),
                Route("/v1/tasks/{id}", self._task, methods=["GET"]),
                Route("/v1/tasks/{id}", self._delete, methods=["DELETE"]),
                Route("/v1/organization", self._organization, methods=["GET"]),
                Route("/outputs/{id}.mp4", self._output, methods=["GET"]),
                Route("/fake/behaviours", self._behave, methods=["POST"]),
                Route("/fake/asked", self._show_asked, methods=["GET"]),
            ]
        )

    @contextmanager
    def served(self) -> Iterator[str]:
        """Its base URL, for as long as the block lasts."""
        with serving(Cuttable(self.app)) as url:
            yield url

    def will(self, *behaviours: Behaviour) -> None:
        """The next calls come to this, in this order."""
        self.behaviours.extend(behaviours)

    def _refusal(self, request: Request) -> Response | None:
        """What a request without a fit key or version is told. As careless servers do, it says
        the key again."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not given or (self.key is not None and given != self.key):
            return JSONResponse({"error": f"The API key {given} is not valid."}, 401)
        if request.headers.get("x-runway-version") != API_VERSION:
            return JSONResponse({"error": "X-Runway-Version is missing."}, 400)
        return None

    async def _upload(self, request: Request) -> Response:
        self.asked["upload"] += 1
        name = uuid4().hex
        return self._refusal(request) or JSONResponse(
            {
                "runwayUri": f"runway://{name}",
                "uploadUrl": f"{_base_url(request)}/uploads/{name}",
                "fields": {"key": name},
            }
        )

    async def _receive(self, request: Request) -> Response:
        async with request.form() as form:
            file = form["file"]
            if isinstance(file, str):
                return Response("no file", 400)
            self.pictures[f"runway://{request.path_params['name']}"] = await file.read()
        return Response(status_code=204)

    async def _create(self, request: Request) -> Response:
        self.asked["create"] += 1
        behaviour = self.behaviours.popleft() if self.behaviours else self.default
        order = await request.json()
        refusal = self._refusal(request) or self._judged(order, behaviour)
        if refusal is not None:
            return refusal
        task = Task(order, self.pictures[order["promptImage"]], behaviour)
        self.tasks[task.id] = task
        self.most_running = max(self.most_running, self._running())
        match behaviour.call:
            case "dropped_after_accept":
                await cut(request)
            case "bad_gateway_after_accept":
                return Response("<html>Bad Gateway</html>", 502, media_type="text/html")
            case "silent_after_accept":
                await asyncio.to_thread(self.held.wait, 120)
                await cut(request)
            case "bad_json_after_accept":
                return Response('{"id": "', 200, media_type="application/json")
        return JSONResponse({"id": task.id, "estimatedCost": {"credits": task.credits}})

    def _judged(self, order: dict[str, Any], behaviour: Behaviour) -> Response | None:
        """The refusal of a call, if it is refused."""
        match behaviour.call:
            case "rate_limited":
                wait = {"Retry-After": str(behaviour.retry_after_s)}
                headers = wait if behaviour.retry_after_s is not None else None
                return JSONResponse({"error": "Too many requests."}, 429, headers)
            case "unauthorized":
                return JSONResponse({"error": "The API key is not valid."}, 401)
            case "rejected":
                return JSONResponse({"error": "Validation of body failed"}, 400)
        reason = fault_of(order, self.pictures)
        if reason is not None:
            return JSONResponse({"error": "Validation of body failed", "issues": [reason]}, 400)
        cost = CREDITS_PER_SECOND[order["model"]] * int(order["duration"])
        if behaviour.call == "out_of_credits" or cost > self.balance:
            return JSONResponse({"error": "You do not have enough credits to run this task."}, 400)
        return None

    def _running(self) -> int:
        ended = {"SUCCEEDED", "FAILED", "CANCELLED"}
        return sum(task.status not in ended and not task.is_deleted for task in self.tasks.values())

    async def _task(self, request: Request) -> Response:
        self.asked["task"] += 1
        refusal = self._refusal(request)
        task = self.tasks.get(request.path_params["id"])
        if refusal is not None:
            return refusal
        if task is None or task.is_deleted:
            return JSONResponse({"error": "Task not found"}, 404)
        task.polls += 1
        if task.polls <= task.behaviour.unreadable_polls:
            return Response("<html>", media_type="text/html")
        return JSONResponse(task.shown(_base_url(request)))

    async def _delete(self, request: Request) -> Response:
        self.asked["delete"] += 1
        task = self.tasks.get(request.path_params["id"])
        if task is not None:
            task.is_deleted = True
        return self._refusal(request) or Response(status_code=204)

    async def _organization(self, request: Request) -> Response:
        self.asked["organization"] += 1
        limits = {
            "maxConcurrentGenerations": self.max_concurrent,
            "maxDailyGenerations": 1_000,
        }
        return self._refusal(request) or JSONResponse(
            {
                "creditBalance": self.balance,
                "tier": {
                    "maxMonthlyCreditSpend": 100_000,
                    "models": dict.fromkeys(CREDITS_PER_SECOND, limits),
                },
                "usage": {
                    "models": {model: {"dailyGenerations": 0} for model in CREDITS_PER_SECOND}
                },
            }
        )

    async def _output(self, request: Request) -> Response:
        self.asked["download"] += 1
        task = self.tasks[request.path_params["id"]]
        task.downloads += 1
        output = task.behaviour.output if task.downloads <= task.behaviour.bad_outputs else "clip"
        if output == "expired":
            return Response("Request has expired", 403)
        if output == "no_video":
            return Response(b"<html>not a clip</html>", media_type="video/mp4")
        width, height = (int(side) for side in task.order["ratio"].split(":"))
        width = width // 2 if output == "wrong_size" else width
        duration_s = 2 if output == "too_short" else int(task.order["duration"])
        clip = await asyncio.to_thread(clip_of, task.picture, width, height, duration_s)
        if output == "truncated":
            return Response(clip[: len(clip) // 2], media_type="video/mp4")
        if output == "broken_off":
            return StreamingResponse(
                iter([clip[: len(clip) // 2]]), headers={"Content-Length": str(len(clip))}
            )
        return Response(clip, media_type="video/mp4")

    async def _behave(self, request: Request) -> Response:
        self.will(*BEHAVIOURS.validate_json(await request.body()))
        return Response(status_code=204)

    async def _show_asked(self, _request: Request) -> Response:
        return JSONResponse({**self.asked, "accepted": len(self.tasks)})


def _base_url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="A Runway of one's own, for trying and testing.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--polls", type=int, default=2, help="polls until a task is done")
    parser.add_argument(
        "--behaviours", default="[]", help="what the first calls come to, as a JSON list"
    )
    given = parser.parse_args()
    fake = FakeRunway()
    fake.default = Behaviour(running_polls=given.polls)
    fake.will(*BEHAVIOURS.validate_python(json.loads(given.behaviours)))
    uvicorn.run(Cuttable(fake.app), host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
