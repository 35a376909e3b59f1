"""Wording about people instead of the property (fair housing).

Sources: US Fair Housing Act, 42 U.S.C. 3604(c) (race, colour, religion, sex, handicap, familial
status, national origin), and the French Code pénal, article 225-1. Terms that name a part of the
property ("family room", "suite parentale", "single-family home") are not about people.
"""

import re

from common.folding import fold

_PROPERTY_TERMS = re.compile(
    r"family rooms?|(?:single|multi)[- ]family|suites? parentales?|chambres? parentales?"
    r"|maitres? d'oeuvre|master (?:bed|bath|suite)\w*|a couple of|jeune construction"
)
_TERMS = (
    r"famil(?:y|ies|le|les|ial|iale|iales|iaux)", r"couples?", r"child(?:ren)?(?:'s)?", r"kids?",
    r"enfants?", r"bebes?", r"bab(?:y|ies)", r"toddlers?", r"teen(?:ager)?s?", r"adolescents?",
    r"ados?", r"parents?", r"grand-?parents?", r"jeunes?", r"young(?:er)?", r"seniors?",
    r"elderly", r"retired|retirees?|retraitee?s?", r"personnes? agees?", r"students?",
    r"etudiant(?:e)?s?", r"singles", r"celibataires?", r"bachelors?", r"newly-?weds?",
    r"jeunes? maries?", r"empty[- ]nesters?", r"adults?(?: only)?", r"adultes?",
    r"professionals", r"primo-accedants?", r"first[- ]time (?:home)?buyers?", r"investors?",
    r"investisseurs?", r"tenants?", r"locataires?", r"wom[ae]n", r"m[ae]n", r"lad(?:y|ies)",
    r"gentlem[ae]n", r"femmes?", r"hommes?", r"mothers?", r"fathers?", r"mamans?", r"papas?",
    r"meres?", r"peres?", r"wife|wives", r"husbands?", r"gays?", r"lesbians?", r"lgbt\w*",
    r"homosexuel(?:le)?s?", r"heterosexuel(?:le)?s?", r"christians?", r"chretien(?:ne)?s?",
    r"catholi(?:cs?|ques?)", r"protestants?", r"jew(?:s|ish)?", r"jui(?:fs?|ves?)", r"muslims?",
    r"musulman(?:e)?s?", r"islam\w*", r"hindou?s?", r"buddhists?", r"bouddhistes?", r"mormons?",
    r"religio\w*", r"religieu(?:x|ses?)", r"kosher|casher", r"halal", r"ethni\w+",
    r"rac(?:e|es|ial\w*)",
    r"caucasians?", r"hispanics?", r"latin[oa]s?", r"asians?", r"asiatiques?",
    r"african[- ]americans?", r"africain(?:e)?s?", r"arabes?",
    r"(?:white|black) (?:neighbo|commun|famil|people|area)\w*",
    r"immigrants?", r"immigree?s?", r"foreigners?", r"etrangers?", r"nationalit(?:y|e|es|ies)",
    r"minorit(?:y|ies|es?)", r"disab(?:led|ility|ilities)", r"handicap\w*", r"able-bodied",
    r"valides?", r"invalides?", r"wheelchair users?", r"mental(?:ly)?", r"deaf", r"blind",
    r"sourds?", r"aveugles?", r"(?:over|plus de) 55", r"55\+",
)  # fmt: skip
_ABOUT_PEOPLE = re.compile(rf"(?<![a-z])(?:{'|'.join(_TERMS)})(?![a-z])")


def people_wording(text: str) -> list[str]:
    """The words of a text that speak of people, folded; none when it speaks of the property."""
    return _ABOUT_PEOPLE.findall(_PROPERTY_TERMS.sub(" ", fold(text)))
