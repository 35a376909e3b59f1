"""Use case: say what a film would cost, before anything is spent."""

from datetime import date
from uuid import UUID

from app.core.clips import PRICES_AS_OF, PRICES_SOURCE, USD_PER_CREDIT, Model, Ratio
from app.core.ledger import Spent, over_budget
from app.core.live import LiveTerms
from app.core.renders import Mode, Provider, scene_provider
from app.db import attempts, repository
from app.film.values import FilmError
from app.services.orders import clip_orders
from common.db import Queries
from common.errors import NotFoundError, Unprocessable
from contracts.base import Resource
from contracts.poi import Price
from contracts.render import AspectRatio, RenderProfile


class SceneQuote(Resource):
    """What a scene would be ordered as; `clip_s` is the length of the clip, in seconds."""

    index: int
    provider: Provider
    ratio: Ratio | None
    clip_s: int | None
    credits: int


class Quote(Resource):
    """What a film would cost: in credits, and in money at the listed price (None for nothing).

    `refusal` says why it would be refused now, None when it would not. Prices are those of a date;
    what a task may really cost, its provider says once it has accepted it.
    """

    script_id: UUID
    mode: Mode
    model: Model | None
    scenes: tuple[SceneQuote, ...]
    credits: int
    price: Price | None
    prices_as_of: date
    prices_source: str
    max_credits_per_render: int
    max_credits_per_day: int
    spent_today: float
    refusal: str | None


async def quote(
    queries: Queries,
    terms: LiveTerms,
    mode: Mode,
    *,
    script_id: UUID,
    aspect_ratio: AspectRatio | None,
    profile: RenderProfile,
) -> Quote:
    """The quote for a script in a format.

    Raises NotFoundError `script_not_found`, and Unprocessable `script_unfilmable`.
    """
    script = await repository.get_script(queries, script_id)
    if script is None:
        raise NotFoundError(f"no script {script_id} has arrived here", code="script_not_found")
    frame = aspect_ratio or AspectRatio(script.aspect_ratio)
    try:
        orders = clip_orders(script, frame, profile, terms.model) if mode == "live" else {}
    except FilmError as reason:
        raise Unprocessable(reason.detail, code=reason.code) from reason
    total = sum(order.credits for order in orders.values())
    today = await attempts.spent_today(queries)
    return Quote(
        script_id=script_id,
        mode=mode,
        model=terms.model if orders else None,
        scenes=tuple(
            SceneQuote(
                index=position,
                provider=scene_provider(mode, scene),
                ratio=orders[position].ratio if position in orders else None,
                clip_s=orders[position].duration_s if position in orders else None,
                credits=orders[position].credits if position in orders else 0,
            )
            for position, scene in enumerate(script.scenes)
        ),
        credits=total,
        price=Price(amount=total * USD_PER_CREDIT, currency="USD") if total else None,
        prices_as_of=PRICES_AS_OF,
        prices_source=PRICES_SOURCE,
        max_credits_per_render=terms.caps.per_render,
        max_credits_per_day=terms.caps.per_day,
        spent_today=today,
        refusal=over_budget(terms.caps, Spent(render=0, day=today), total) if total else None,
    )
