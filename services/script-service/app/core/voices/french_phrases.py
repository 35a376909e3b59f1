"""Words of the French voice. Slots: {la} {La} {de_la} {a_la} the room; {le_bien} … the property."""

from types import MappingProxyType

from app.core.brief import Tone
from app.core.voices.words import Nom

EXTERIOR, PLAN, OTHER = "exterior", "plan", "other"

ROOMS = MappingProxyType(
    {
        EXTERIOR: Nom("extérieur"),
        "hallway": Nom("entrée", feminine=True),
        "living_room": Nom("séjour"),
        "dining_room": Nom("salle à manger", feminine=True),
        "kitchen": Nom("cuisine", feminine=True),
        "bedroom": Nom("chambre", feminine=True),
        "bathroom": Nom("salle de bain", feminine=True),
        "office": Nom("bureau"),
        "terrace": Nom("terrasse", feminine=True),
        "balcony": Nom("balcon"),
        "patio": Nom("patio"),
        "loggia": Nom("loggia", feminine=True),
        "veranda": Nom("véranda", feminine=True),
        "courtyard": Nom("cour intérieure", feminine=True),
        "garden": Nom("jardin"),
        "pool": Nom("piscine", feminine=True),
        "view": Nom("vue", feminine=True),
        "garage": Nom("garage"),
        "parking": Nom("stationnement"),
        "cellar": Nom("cave", feminine=True),
        "attic": Nom("grenier"),
        "basement": Nom("sous-sol"),
        "mezzanine": Nom("mezzanine", feminine=True),
        "laundry": Nom("buanderie", feminine=True),
        "dressing": Nom("dressing"),
        "library": Nom("bibliothèque", feminine=True),
        "fireplace": Nom("cheminée", feminine=True),
        "gym": Nom("salle de sport", feminine=True),
        "spa": Nom("spa"),
        "sauna": Nom("sauna"),
        PLAN: Nom("plan"),
    }
)

_MAISON, _APPARTEMENT, _TERRAIN = Nom("maison", feminine=True), Nom("appartement"), Nom("terrain")
_BUREAUX, _LOCAL = Nom("espace de bureaux"), Nom("local commercial")
PROPERTY = Nom("bien")
PROPERTIES = MappingProxyType(
    {
        "house": _MAISON, "maison": _MAISON, "villa": Nom("villa", feminine=True),
        "apartment": _APPARTEMENT, "appartement": _APPARTEMENT, "flat": _APPARTEMENT,
        "condo": _APPARTEMENT, "studio": Nom("studio"), "loft": Nom("loft"),
        "duplex": Nom("duplex"), "penthouse": _APPARTEMENT, "chalet": Nom("chalet"),
        "townhouse": Nom("maison de ville", feminine=True),
        "castle": Nom("château"), "chateau": Nom("château"),
        "farm": Nom("ferme", feminine=True), "ferme": Nom("ferme", feminine=True),
        "estate": Nom("propriété", feminine=True), "building": Nom("immeuble"),
        "immeuble": Nom("immeuble"), "land": _TERRAIN, "terrain": _TERRAIN,
        "office": _BUREAUX, "bureau": _BUREAUX, "bureaux": _BUREAUX,
        "commercial": _LOCAL, "shop": _LOCAL, "retail": _LOCAL, "garage": Nom("garage"),
    }
)  # fmt: skip

HOOKS_WITH_TOWN = MappingProxyType(
    {
        Tone.NEUTRAL: (
            "{name}, {a_town}.",
            "Voici {la_name}, {a_town}.",
            "{A_town}, voici {la_name}.",
        ),
        Tone.WARM: (
            "Bienvenue {a_town} : voici {la_name}.",
            "Bienvenue. Voici {la_name}, {a_town}.",
        ),
        Tone.LUXURY: ("{A_town}, {name}.", "{name}. {A_town}, une adresse à découvrir."),
        Tone.DYNAMIC: ("Cap sur {town} : voici {la_name} !", "On découvre {la_name}, {a_town} !"),
    }
)
#: The deal opens a film as well as anything: « À vendre à Paris : … ». In these tones.
DEALING = frozenset({Tone.NEUTRAL, Tone.WARM})
DEAL_HOOK = "{A_vendre} {a_town} : {name}."
DEAL_HOOK_ALONE = "{A_vendre} : {name}."
#: First words of proper names that take an article after "voici": la Villa Méditerranée.
ARTICLES_OF_NAMES = MappingProxyType(
    {
        "villa": "la", "ferme": "la", "residence": "la", "bastide": "la", "propriete": "la",
        "demeure": "la", "chateau": "le", "domaine": "le", "mas": "le", "chalet": "le",
        "manoir": "le", "moulin": "le", "clos": "le", "prieure": "le", "studio": "le",
    }
)  # fmt: skip

#: "Voici" before a common noun ("Appartement avec terrasse") wants an article; these do not.
HOOKS_OF_COMMON_NAMES = MappingProxyType(
    {
        Tone.NEUTRAL: ("{name}, {a_town}.", "{A_town} : {name}."),
        Tone.WARM: ("Bienvenue {a_town}. {name}.", "{name}, {a_town}."),
        Tone.LUXURY: ("{name}. {A_town}.", "{name}, {a_town}."),
        Tone.DYNAMIC: ("Cap sur {town} ! {name}.", "{name}, {a_town} !"),
    }
)
COMMON_NOUNS = frozenset(
    ("appartement", "maison", "terrain", "loft", "duplex", "bureau", "bureaux", "local",
     "immeuble", "garage", "bel", "belle", "beau", "grand", "grande", "t1", "t2", "t3", "t4", "t5",
     "f1", "f2", "f3", "f4", "f5")
)  # fmt: skip
HOOKS = MappingProxyType(
    {
        Tone.NEUTRAL: ("{name}.", "Voici {la_name}."),
        Tone.WARM: ("Bienvenue. Voici {la_name}.", "Bienvenue : voici {la_name}."),
        Tone.LUXURY: ("{name}, à découvrir.", "{name}."),
        Tone.DYNAMIC: ("On découvre {la_name} !", "Voici {la_name} !"),
    }
)

LEADS = MappingProxyType(
    {
        Tone.NEUTRAL: (
            "Voici {la}.",
            "Passons {a_la}.",
            "On découvre {la}.",
            "Vient ensuite {la}.",
            "Place {a_la}.",
            "La visite se poursuit avec {la}.",
        ),
        Tone.WARM: (
            "Voici {la}.",
            "Arrêtons-nous sur {la}.",
            "Prenons le temps de découvrir {la}.",
            "Laissons-nous guider jusqu’{a_la}.",
            "Place {a_la}.",
        ),
        Tone.LUXURY: (
            "Attardons-nous sur {la}.",
            "Le regard se pose sur {la}.",
            "La découverte se prolonge avec {la}.",
            "{La}, en détail.",
        ),
        Tone.DYNAMIC: (
            "Cap sur {la} !",
            "On enchaîne avec {la}.",
            "Et maintenant, {la} !",
            "Zoom sur {la}.",
            "Direction {la} !",
        ),
    }
)

#: Subjects that the common leads do not suit.
OWN_LEADS = MappingProxyType(
    {
        EXTERIOR: ("{La} {du_bien}.", "{Le_bien}, côté extérieur."),
        "bedroom": ("Côté nuit, {la}.", "Passons côté nuit.", "Voici {la}."),
        "bathroom": ("Voici {la}.", "Puis {la}.", "On découvre {la}."),
        "view": ("Et puis, {la}.", "Voici {la}.", "Reste {la}."),
        PLAN: ("{La}, pour se repérer.", "{La}, d’un coup d’œil.", "{La} {du_bien}."),
    }
)

#: What suits a subject beside the common leads, in every tone.
MORE_LEADS = MappingProxyType(
    {
        "kitchen": ("Côté cuisine.", "Passons en cuisine."),
        "office": ("Côté travail, {la}.",),
        "terrace": ("On sort sur {la}.", "Dehors, {la}."),
        "balcony": ("On sort sur {la}.",),
        "garden": ("Dehors, {la}.", "Côté jardin."),
        "pool": ("Dehors, {la}.", "Côté détente, {la}."),
        "garage": ("Côté pratique, {la}.",),
    }
)
#: The first room of the visit.
OPENINGS = MappingProxyType(
    {
        "hallway": ("{La} ouvre la visite.", "Passons la porte.", "Entrons."),
        "living_room": (
            "La visite commence dans {la}.", "On entre dans {la}.", "À l’intérieur, {la}."
        ),
        "kitchen": ("La visite commence par {la}.", "À l’intérieur, {la}."),
        "view": ("Voici {la}.",),
        PLAN: ("{La}, pour se repérer.", "{La} {du_bien}."),
    }
)  # fmt: skip
ANY_OPENING = ("La visite commence par {la}.", "D’abord, {la}.", "Commençons par {la}.")
NO_ROOM = ("La visite continue.", "Un détail {du_bien}.", "Autre regard sur {le_bien}.")
AGAIN = (
    "{La}, sous un autre angle.",
    "Autre regard sur {la}.",
    "{La}, autrement.",
    "Un autre angle.",
)
#: Two pictures may show one room or two: neither is claimed.
ROOM_AGAIN = MappingProxyType(
    {
        "bedroom": ("Toujours côté nuit.", "La visite continue côté nuit.", "Encore côté nuit."),
        "bathroom": (
            "Toujours côté salle de bain.",
            "Encore un regard côté salle de bain.",
            "Toujours côté bain.",
        ),
        PLAN: ("Un autre plan.", "Un autre plan {du_bien}."),
        EXTERIOR: ("{Le_bien}, sous un autre angle.", "Autre regard sur {le_bien}."),
    }
)

KIND = ("{Un_bien} {a_vendre}.", "{Ce_bien} est {a_vendre}.")
SURFACE = ("{Le_bien} offre {s}.", "{Le_bien} s’étend sur {s}.", "Au total, {s}.")
LAND = ("Un terrain de {s}.", "Le terrain s’étend sur {s}.", "Le terrain mesure {s}.")
ROOMS_COUNT = ("{Le_bien} compte {n} pièces.", "{N} pièces au total.")
BEDROOMS = (
    "{Le_bien} compte {n} chambres.",
    "L’espace nuit réunit {n} chambres.",
    "Côté nuit, {n} chambres.",
)
ONE_BEDROOM = ("Voici l’une des {n} chambres.", "L’une des {n} chambres.")
BATHROOMS = (
    "{Le_bien} compte {n} salles de bain.",
    "On compte {n} salles de bain.",
)
ONE_BATHROOM = ("Voici l’une des {n} salles de bain.", "L’une des {n} salles de bain.")
YEAR = (
    "{Le_bien} a été construit{e} en {y}.",
    "{Le_bien} date de {y}.",
    "Année de construction : {y}.",
)
PRICE = MappingProxyType(
    {
        "sale": ("Prix : {p}.", "Le prix est de {p}.", "{Le_bien} est proposé{e} à {p}."),
        "rent": ("Loyer : {p}.", "Le loyer est de {p}."),
        "": ("Prix : {p}.",),
    }
)  # fmt: skip
THINGS = (
    "{Le_bien} dispose aussi {des_choses}.",
    "{Le_bien} dispose {des_choses}.",
    "À noter aussi : {choses}.",
)
FEATURES = ("À retenir : {list}.", "À noter : {list}.")
PLACE = ("{Le_bien} se situe {at}.", "Rendez-vous {at}.")

CALLS = MappingProxyType(
    {
        Tone.NEUTRAL: ("Pour visiter, contactez {agency}.",),
        Tone.WARM: ("Pour organiser une visite, contactez {agency}.",),
        Tone.LUXURY: ("Visite sur rendez-vous avec {agency}.",),
        Tone.DYNAMIC: ("Envie de visiter ? Contactez {agency} !",),
    }
)
CALLS_WITHOUT_AGENCY = MappingProxyType(
    {
        Tone.NEUTRAL: ("Contactez-nous pour organiser une visite.",),
        Tone.WARM: ("Contactez-nous : la visite se poursuit sur place.",),
        Tone.LUXURY: ("Visite privée sur rendez-vous.",),
        Tone.DYNAMIC: ("Envie de visiter ? Contactez-nous !",),
    }
)
