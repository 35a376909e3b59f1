"""What is written on each scene, told from the script: a title, a lower third, a card."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from app.film.values import Value
from contracts.poi import EnergyClass
from contracts.script import Figure, Language, Listing, Scene, ScenePart, Script

SEPARATOR = re.compile(r"\s+[·|]\s+")

#: What the two scales of a French energy rating are called.
_SCALES = MappingProxyType({"fr": ("Énergie", "Climat"), "en": ("Energy", "Climate")})

_MOST_FIGURES = 6


class EnergyRating(Value):
    """Energy and climate class, the names of their scales, and the words that a law asks for."""

    energy: EnergyClass | None
    climate: EnergyClass | None
    scales: tuple[str, str]
    notice: str = ""


class HookTitle(Value):
    """The opening: what is offered, the property's name, and where it is."""

    kind: Literal["hook"] = "hook"
    offer: str
    name: str
    place: str


class LowerThird(Value):
    """A label and a fact at the foot of a picture, or the letters of an energy rating."""

    kind: Literal["lower_third"] = "lower_third"
    label: str
    text: str
    rating: EnergyRating | None = None


class TextCard(Value):
    """A card with a title and a few lines."""

    kind: Literal["text"] = "text"
    title: str
    lines: tuple[str, ...]


class FiguresCard(Value):
    """The card of key figures: price, sizes and counts, energy rating, and a line of text."""

    kind: Literal["figures"] = "figures"
    heading: str
    price: Figure | None
    figures: tuple[Figure, ...]
    rating: EnergyRating | None
    line: str


class ClosingCard(Value):
    """The last card: who to turn to; `url` is drawn as a QR code."""

    kind: Literal["closing"] = "closing"
    overline: str
    title: str
    lines: tuple[str, ...]
    url: str


Titling = Annotated[
    HookTitle | LowerThird | TextCard | FiguresCard | ClosingCard, Field(discriminator="kind")
]


def part_of(script: Script, position: int) -> ScenePart:
    """What a scene is there for; told from its place when its writer did not say."""
    scene = script.scenes[position]
    if scene.part is not None:
        return scene.part
    if scene.asset_id is None and position == len(script.scenes) - 1:
        return ScenePart.CLOSING
    if position == 0:
        return ScenePart.HOOK
    return ScenePart.VISIT if scene.asset_id is not None else ScenePart.CARD


def named(scene: Scene, *, instead_of: Iterable[str]) -> Scene:
    """An opening whose title is the name that is read, where other names were."""
    gone = [scene.title, *instead_of]
    others = [
        piece
        for piece in _pieces(scene.on_screen_text)
        if not any(_same(piece, each) for each in gone)
    ]
    text = " · ".join(filter(None, [scene.title, *others]))
    return scene.model_copy(update={"on_screen_text": text})


def titling_of(script: Script, position: int) -> Titling:
    """What is written on a scene. Every word of the scene's own texts is drawn somewhere."""
    scene, listing = script.scenes[position], script.listing or Listing(name="")
    match part_of(script, position):
        case ScenePart.HOOK:
            return _hook(scene, listing)
        case ScenePart.CLOSING:
            return _closing(scene, listing)
        case ScenePart.FIGURES:
            return _figures(scene, listing, script.language)
        case ScenePart.CARD:
            return TextCard(title=scene.title, lines=_fresh_pieces(scene, scene.title))
        case ScenePart.VISIT:
            return _lower_third(scene, listing, script.language)


def written(titling: Titling) -> Iterator[str]:
    """Every text of a titling that is set in type."""
    yield from _texts(titling.model_dump(exclude={"kind", "url"}))


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list() | tuple():
            for each in value:
                yield from _texts(each)


def as_card(titling: Titling) -> Titling:
    """The same words for a scene that has no picture to write over."""
    if isinstance(titling, LowerThird):
        return TextCard(title=titling.label or titling.text, lines=_below(titling))
    return titling


def _below(titling: LowerThird) -> tuple[str, ...]:
    return (titling.text,) if titling.label and titling.text else ()


def _hook(scene: Scene, listing: Listing) -> HookTitle:
    pieces = _pieces(scene.on_screen_text)
    name = scene.title if not pieces or _same(pieces[0], scene.title) else pieces[0]
    place = " · ".join(piece for piece in pieces if not _same(piece, name))
    offer = "" if _says(name, listing.offer) else listing.offer
    return HookTitle(offer=offer, name=name or listing.name, place=place or _town(name, listing))


def _town(name: str, listing: Listing) -> str:
    return "" if _says(name, listing.town) else listing.town


def _closing(scene: Scene, listing: Listing) -> ClosingCard:
    agency = listing.agency
    site = ((agency and agency.url and agency.url.host) or "").removeprefix("www.")
    contacts = [agency.phone or "", str(agency.email or ""), site] if agency else []
    lines = dict.fromkeys([*_fresh_pieces(scene, scene.title), *filter(None, contacts)])
    return ClosingCard(
        overline=listing.name if not _same(listing.name, scene.title) else "",
        title=scene.title,
        lines=tuple(lines),
        url=str(agency.url) if agency and agency.url else "",
    )


def _figures(scene: Scene, listing: Listing, language: Language) -> FiguresCard:
    rating = _rating(listing, language)
    drawn = [listing.offer, *(figure.value for figure in listing.figures)]
    drawn += [f"{figure.value} {figure.label}" for figure in listing.figures]
    drawn += [listing.price.value if listing.price else "", listing.energy_notice]
    fresh = [
        piece
        for piece in _pieces(scene.on_screen_text)
        if not any(_same(piece, each) for each in drawn)
    ]
    return FiguresCard(
        heading=listing.offer or scene.title,
        price=listing.price,
        figures=listing.figures[:_MOST_FIGURES],
        rating=rating,
        line=" · ".join(fresh),
    )


def _lower_third(scene: Scene, listing: Listing, language: Language) -> LowerThird:
    label, text, rating = scene.title, scene.on_screen_text, None
    letters = [letter for letter in (listing.energy_class, listing.climate_class) if letter]
    if letters and re.findall(r"\b[A-G]\b", text) == letters:
        rating = _rating(listing.model_copy(update={"energy_notice": ""}), language)
    if listing.price is not None and _same(text, listing.price.value):
        label = listing.price.label
    return LowerThird(label="" if _says(text, label) else label, text=text, rating=rating)


def _rating(listing: Listing, language: Language) -> EnergyRating | None:
    if not (listing.energy_class or listing.climate_class):
        return None
    return EnergyRating(
        energy=listing.energy_class,
        climate=listing.climate_class,
        scales=_SCALES[language],
        notice=listing.energy_notice,
    )


def _pieces(text: str) -> list[str]:
    """The parts of a text that dots between spaces set apart."""
    return [piece for piece in SEPARATOR.split(text.strip()) if piece]


def _fresh_pieces(scene: Scene, *said: str) -> tuple[str, ...]:
    return tuple(
        piece
        for piece in _pieces(scene.on_screen_text)
        if not any(_same(piece, each) for each in said)
    )


def _same(one: str, other: str) -> bool:
    return _words(one) == _words(other)


def _says(text: str, label: str) -> bool:
    """Whether a text holds every word of a label: "5 chambres" says "Chambre"."""
    return set(_words(label)) <= set(_words(text))


def _words(text: str) -> list[str]:
    """Words without case, accents and the s of a plural."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return [word.removesuffix("s") for word in re.findall(r"\w+", bare)]
