"""Statements on renders: what is shown and listed, added and changed as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql.expression import any_

from app.core.renders import FilmFiles, Stage, Stills, StoredFile
from app.db.models import RenderRow, RenderSceneRow, ScriptRow
from app.film.grading import FilmLight
from common.clock import utc_now
from common.db import Queries, Transaction
from common.listings import newest_first
from common.statements import prepare
from contracts.base import Problem
from contracts.render import Render, RenderScene, RenderStatus, RenderVideo
from contracts.script import Script

_STILL_URLS = ("poster", "storyboard")
_FILM_URLS = ("captions", "subtitles", "preview", "manifest")
_DERIVED = {"scenes", *(f"{name}_url" for name in (*_STILL_URLS, *_FILM_URLS))}
_PLAIN = [name for name in Render.model_fields if name not in _DERIVED]
_SHOWN = [
    *(RenderRow.__table__.c[name] for name in _PLAIN),
    RenderRow.stills.is_not(None).label("has_stills"),
]
_SCENE_SHOWN = [RenderSceneRow.__table__.c[name] for name in RenderScene.model_fields]

_BY_ID = select(*_SHOWN).where(RenderRow.id == bindparam("render_id"))
_GET = prepare(_BY_ID)
_LOCK = prepare(_BY_ID.with_for_update())
_SCENES = prepare(
    select(RenderSceneRow.render_id, *_SCENE_SHOWN)
    .where(RenderSceneRow.render_id == any_(bindparam("render_ids", type_=ARRAY(Uuid))))
    .order_by(RenderSceneRow.index)
)
_ADD = prepare(insert(RenderRow).inline(), _PLAIN)
_ADD_SCENE = prepare(insert(RenderSceneRow).inline(), ["render_id", *RenderScene.model_fields])
_STILLS = prepare(select(RenderRow.stills).where(RenderRow.id == bindparam("render_id")))
_FILES = prepare(select(RenderRow.files).where(RenderRow.id == bindparam("render_id")))
_CLIP = prepare(
    select(RenderSceneRow.clip).where(
        RenderSceneRow.render_id == bindparam("render_id"),
        RenderSceneRow.index == bindparam("index"),
    )
)
_KEEP_SCRIPT = prepare(upsert(ScriptRow).on_conflict_do_nothing().inline(), ["id", "content"])
_SCRIPT = prepare(select(ScriptRow.content).where(ScriptRow.id == bindparam("script_id")))


@dataclass(frozen=True, slots=True)
class RenderFilter:
    """Which renders to list; None means any."""

    poi_id: UUID | None = None
    status: RenderStatus | None = None


async def keep_script(tx: Transaction, script: Script) -> None:
    """Writes a script, unless it is there."""
    await tx.run(_KEEP_SCRIPT, id=script.id, content=script.model_dump(mode="json"))


async def get_script(queries: Queries, script_id: UUID) -> Script | None:
    """The script, or None."""
    row = await queries.one(_SCRIPT, script_id=script_id)
    return None if row is None else Script.model_validate(row["content"])


async def get(queries: Queries, render_id: UUID) -> Render | None:
    """The render, or None."""
    return await _with_scenes(queries, await queries.one(_GET, render_id=render_id))


async def get_for_update(tx: Transaction, render_id: UUID) -> Render | None:
    """The render, locked until the transaction ends, or None."""
    return await _with_scenes(tx, await tx.one(_LOCK, render_id=render_id))


async def find(
    queries: Queries, wanted: RenderFilter, *, before: UUID | None, limit: int
) -> list[Render]:
    """Renders that fit, newest first, of those older than the one with id `before`."""
    statement = newest_first(
        _SHOWN,
        RenderRow.id,
        only={RenderRow.poi_id: wanted.poi_id, RenderRow.status: wanted.status},
        before=before,
        limit=limit,
    )
    rows = await queries.all(statement)
    scenes = await _scenes(queries, [row["id"] for row in rows])
    return [_shown(row, scenes.get(row["id"], [])) for row in rows]


async def add(tx: Transaction, render: Render) -> None:
    """Writes a new render and its scenes."""
    await tx.run(_ADD, **render.model_dump(exclude=_DERIVED))
    for scene in render.scenes:
        await tx.run(_ADD_SCENE, render_id=render.id, **scene.model_dump())


async def set_status(
    tx: Transaction,
    render_id: UUID,
    status: RenderStatus,
    stage: Stage,
    *,
    progress: int | None = None,
    error: Problem | None = None,
) -> None:
    """Moves a render to a status, with its reason; a final one notes the time."""
    now = utc_now()
    ended = status not in {RenderStatus.QUEUED, RenderStatus.RUNNING}
    values: dict[str, Any] = {
        "status": status,
        "stage": stage,
        "error": error and error.model_dump(),
        "updated_at": now,
        "completed_at": now if ended else None,
    }
    if progress is not None:
        values["progress"] = progress
    await tx.run(update(RenderRow).where(RenderRow.id == render_id).values(values))


async def current_round(queries: Queries, render_id: UUID) -> int:
    """How often a render was tried again."""
    row = await queries.one(select(RenderRow.round).where(RenderRow.id == render_id))
    return 0 if row is None else int(row["round"])


async def begin_round(tx: Transaction, render_id: UUID) -> None:
    """Notes that a render is tried again."""
    await tx.run(
        update(RenderRow).where(RenderRow.id == render_id).values(round=RenderRow.round + 1)
    )


async def deliver(
    tx: Transaction,
    render_id: UUID,
    video: RenderVideo,
    files: FilmFiles,
    *,
    stills: Stills | None,
    light: FilmLight | None,
) -> None:
    """Completes a render with its film, in the place of an earlier one."""
    values: dict[str, Any] = {"video": video.model_dump(), "files": files.model_dump()}
    if stills is not None:
        values["stills"] = stills.model_dump()
    if light is not None:
        values["light"] = light.model_dump()
    await tx.run(update(RenderRow).where(RenderRow.id == render_id).values(values))
    await set_status(tx, render_id, RenderStatus.COMPLETED, Stage.COMPLETED, progress=100)


async def keep_stills(tx: Transaction, render_id: UUID, stills: Stills) -> None:
    """Notes where the stills of a first film in the making lie; a finished film keeps its own."""
    values = {"stills": stills.model_dump(), "updated_at": utc_now()}
    first = RenderRow.id == render_id, RenderRow.files.is_(None)
    await tx.run(update(RenderRow).where(*first).values(values))


async def light(queries: Queries, render_id: UUID) -> FilmLight | None:
    """What the photos of a finished film were matched to."""
    row = await queries.one(select(RenderRow.light).where(RenderRow.id == render_id))
    return None if row is None or row["light"] is None else FilmLight(**row["light"])


async def stills(queries: Queries, render_id: UUID) -> Stills | None:
    """Where the stills of a render lie; None when there are none yet."""
    row = await queries.one(_STILLS, render_id=render_id)
    return None if row is None or row["stills"] is None else Stills(**row["stills"])


async def film_files(queries: Queries, render_id: UUID) -> FilmFiles | None:
    """Where the finished film of a render lies; None when there is none."""
    row = await queries.one(_FILES, render_id=render_id)
    return None if row is None or row["files"] is None else FilmFiles(**row["files"])


async def scene_clip(queries: Queries, render_id: UUID, index: int) -> StoredFile | None:
    """Where the clip of a finished scene lies; None when there is none."""
    row = await queries.one(_CLIP, render_id=render_id, index=index)
    return None if row is None or row["clip"] is None else StoredFile(**row["clip"])


async def _with_scenes(queries: Queries, row: Mapping[str, Any] | None) -> Render | None:
    if row is None:
        return None
    return _shown(row, (await _scenes(queries, [row["id"]])).get(row["id"], []))


async def _scenes(
    queries: Queries, render_ids: Sequence[UUID]
) -> dict[UUID, list[Mapping[str, Any]]]:
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in await queries.all(_SCENES, render_ids=list(render_ids)):
        found.setdefault(row["render_id"], []).append(row)
    return found


def _shown(row: Mapping[str, Any], scenes: Sequence[Mapping[str, Any]]) -> Render:
    at = f"/renders/{row['id']}"
    urls = {
        f"{name}_url": f"{at}/{name}" if there else None
        for names, there in [
            (_STILL_URLS, row["has_stills"]),
            (_FILM_URLS, row["video"] is not None),
        ]
        for name in names
    }
    return Render(
        **row,
        **urls,
        scenes=tuple(RenderScene.model_validate(scene) for scene in scenes),
    )
