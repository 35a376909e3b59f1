"""Sentences that speak to whoever writes, not of the property: no ground, and not passed on.

A list of words cannot find them all. It keeps the plain ones from being evidence of anything (a
sea view that a text orders to be claimed is no sea view); the rest is the review's.
"""

import re

from app.core.text import sentences
from common.folding import fold

_ORDERS = re.compile(
    r"\b(?:ignor(?:e|ez|er|ing)|disregard|override|jailbreak|oubli(?:e|ez) (?:les|tout|ce|vos))\b"
    r"|\b(?:instructions?|consignes?|prompts?|assistants?|system (?:message|role)|developer mode)\b"
    r"|\b(?:language models?|modeles? de langage|as an ai|chatgpt|you are now|act as|pretend)\b"
    r"|\b(?:say|write|claim|state|mention|announce|respond|reply|answer|output|print)"
    r" (?:that|it|this|the following|only|with|in|exactly|instead|nothing)\b"
    r"|\b(?:dites?|ecri(?:s|vez)|affirme[sz]?|mentionne[sz]?|annonce[sz]?|repond(?:s|ez)|ajoute[sz]?)"
    r" (?:que|qu'|ceci|cela|seulement|uniquement|exactement|en|a la place|plutot|rien|juste)\b"
    r"|\bfai(?:s|tes) comme si\b|\ba partir de maintenant\b|\bfrom now on\b|\bnew rules?\b"
    r"|\bnouvelles? regles?\b|\byour (?:task|rules|answer|role)\b|\bvotre (?:tache|reponse)\b"
)


def gives_orders(sentence: str) -> bool:
    """Whether a sentence tells its reader what to write."""
    return _ORDERS.search(fold(sentence)) is not None


def without_orders(text: str) -> str:
    """A text without such sentences, cleaned, a sentence a line."""
    return "\n".join(sentence for sentence in sentences(text) if not gives_orders(sentence))
