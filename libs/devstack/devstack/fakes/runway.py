"""A fake Runway: uploads, image_to_video, tasks and organization, as its documentation says.

`python -m devstack.fakes.runway --port 9902`, then RUNWAYML_BASE_URL=http://127.0.0.1:9902 and any
key. It checks orders as the provider does, and makes real small clips of the pictures it is given.
A task moves on each time it is asked for.

A fault's `say` for `/image_to_video` is a `Behaviour`: what becomes of that call and of its task.
"""

import asyncio
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from devstack.fakes.clips import clip_of
from devstack.fakes.cutting import Cuttable, cut
from devstack.fakes.faults import FakeProvider, Fault
from devstack.fakes.runway_tasks import CREDITS_PER_SECOND, Behaviour, Task, fault_of
from devstack.fakes.serving import serve_from_command_line

API_VERSION = "2024-11-06"
CREATE = "/v1/image_to_video"


class FakeRunway(FakeProvider):
    """The provider. With `key`, any other is refused.

    `most_running` is how many tasks ran at once.
    """

    def __init__(self, *, key: str | None = None) -> None:
        routes = [
            Route("/v1/uploads", self._upload, methods=["POST"]),
            Route("/uploads/{name}", self._receive, methods=["POST"]),
            Route(CREATE, self._create, methods=["POST"]),
            Route("/v1/tasks/{id}", self._task, methods=["GET"]),
            Route("/v1/tasks/{id}", self._delete, methods=["DELETE"]),
            Route("/v1/organization", self._organization, methods=["GET"]),
            Route("/outputs/{id}.mp4", self._output, methods=["GET"]),
        ]
        super().__init__(Cuttable(Starlette(routes=routes)))
        self.key = key
        self.tasks: dict[str, Task] = {}
        self.pictures: dict[str, bytes] = {}
        self.balance = 1_000_000
        self.max_concurrent: int | None = 5
        self.most_running = 0

    def next_calls(self, *behaviours: Behaviour) -> None:
        """The next calls come to this, in this order."""
        self.will(
            *(Fault(path=CREATE, say=behaviour.model_dump(mode="json")) for behaviour in behaviours)
        )

    @property
    def creates(self) -> int:
        """How often the paid call came in."""
        return len(self.requests(CREATE))

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
        behaviour = Behaviour.model_validate(request.state.say or {})
        order = await request.json()
        refusal = self._refusal(request) or self._judged(order, behaviour)
        if refusal is not None:
            return refusal
        task = Task(order, self.pictures[order["promptImage"]], behaviour)
        self.tasks[task.id] = task
        self.most_running = max(self.most_running, self._running())
        await asyncio.sleep(behaviour.answer_after_s)
        match behaviour.call:
            case "dropped_after_accept":
                await cut(request)
            case "bad_gateway_after_accept":
                return Response("<html>Bad Gateway</html>", 502, media_type="text/html")
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
        task = self.tasks.get(request.path_params["id"])
        if task is not None:
            task.is_deleted = True
        return self._refusal(request) or Response(status_code=204)

    async def _organization(self, request: Request) -> Response:
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
            promised = {"Content-Length": str(len(clip))}
            return Response(clip[: len(clip) // 2], headers=promised, media_type="video/mp4")
        return Response(clip, media_type="video/mp4")


def _base_url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


if __name__ == "__main__":
    serve_from_command_line(FakeRunway(), "A fake Runway, for trying and testing.")
