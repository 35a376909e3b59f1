"""Words of the English voice. Slots: {the} {The} the room; {home} {Home} the property."""

from types import MappingProxyType

from app.core.brief import Tone
from app.core.voices.words import Noun

EXTERIOR, PLAN = "exterior", "plan"

ROOMS = MappingProxyType(
    {
        name: Noun(text)
        for name, text in {
            EXTERIOR: "exterior",
            "hallway": "hallway",
            "living_room": "living room",
            "dining_room": "dining room",
            "kitchen": "kitchen",
            "bedroom": "bedroom",
            "bathroom": "bathroom",
            "office": "office",
            "terrace": "terrace",
            "balcony": "balcony",
            "patio": "patio",
            "loggia": "loggia",
            "veranda": "veranda",
            "courtyard": "courtyard",
            "garden": "garden",
            "pool": "pool",
            "view": "view",
            "garage": "garage",
            "parking": "parking area",
            "cellar": "cellar",
            "attic": "attic",
            "basement": "basement",
            "mezzanine": "mezzanine",
            "laundry": "laundry room",
            "dressing": "dressing room",
            "library": "library",
            "fireplace": "fireplace",
            "gym": "gym",
            "spa": "spa",
            "sauna": "sauna",
            PLAN: "floor plan",
        }.items()
    }
)

_HOUSE, _APARTMENT, _LAND = Noun("house"), Noun("apartment"), Noun("plot of land")
_OFFICE, _SHOP, _CASTLE = Noun("office"), Noun("commercial space"), Noun("château")
_FARM, _BUILDING = Noun("farmhouse"), Noun("building")
PROPERTY = Noun("property")
PROPERTIES = MappingProxyType(
    {
        "house": _HOUSE, "maison": _HOUSE, "villa": Noun("villa"), "apartment": _APARTMENT,
        "appartement": _APARTMENT, "flat": Noun("flat"), "condo": Noun("condo"),
        "studio": Noun("studio"), "loft": Noun("loft"), "duplex": Noun("duplex"),
        "penthouse": Noun("penthouse"), "chalet": Noun("chalet"), "townhouse": Noun("townhouse"),
        "castle": _CASTLE, "chateau": _CASTLE, "farm": _FARM, "ferme": _FARM,
        "estate": Noun("estate"), "building": _BUILDING, "immeuble": _BUILDING, "land": _LAND,
        "terrain": _LAND, "office": _OFFICE, "bureau": _OFFICE, "bureaux": _OFFICE,
        "commercial": _SHOP, "shop": _SHOP, "retail": _SHOP, "garage": Noun("garage"),
    }
)  # fmt: skip

HOOKS_WITH_TOWN = MappingProxyType(
    {
        Tone.NEUTRAL: ("{name}, in {town}.", "This is {name}, in {town}.", "In {town}: {name}."),
        Tone.WARM: ("Welcome to {name}, in {town}.", "Welcome to {town}, and to {name}."),
        Tone.LUXURY: ("{name}. {town}.", "In {town}, discover {name}."),
        Tone.DYNAMIC: ("Let’s go to {town}: this is {name}!", "Take a look at {name}, in {town}!"),
    }
)
#: The deal opens a film as well as anything: "For sale in Paris: …". In these tones.
DEALING = frozenset({Tone.NEUTRAL, Tone.WARM})
DEAL_HOOK = "{For_sale} in {town}: {name}."
DEAL_HOOK_ALONE = "{For_sale}: {name}."
#: "This is" before a common noun ("Apartment with a terrace") wants an article.
COMMON_NOUNS = frozenset(
    {
        "apartment", "flat", "house", "home", "condo", "studio", "loft", "duplex", "office", "land",
        "plot", "townhouse", "appartement", "maison", "terrain",
        "beautiful", "stunning", "spacious", "charming", "bright", "modern",
    }
)  # fmt: skip
HOOKS_OF_COMMON_NAMES = MappingProxyType(
    {
        Tone.NEUTRAL: ("{name}, in {town}.", "In {town}: {name}."),
        Tone.WARM: ("Welcome to {town}. {name}.", "{name}, in {town}."),
        Tone.LUXURY: ("{name}. {town}.", "{name}, in {town}."),
        Tone.DYNAMIC: ("Take a look: {name}, in {town}!", "{name}, in {town}!"),
    }
)
HOOKS = MappingProxyType(
    {
        Tone.NEUTRAL: ("{name}.", "This is {name}."),
        Tone.WARM: ("Welcome to {name}.", "Welcome. This is {name}."),
        Tone.LUXURY: ("Discover {name}.", "{name}."),
        Tone.DYNAMIC: ("Take a look at {name}!", "This is {name}!"),
    }
)

LEADS = MappingProxyType(
    {
        Tone.NEUTRAL: (
            "Here is {the}.",
            "Next, {the}.",
            "On to {the}.",
            "The tour continues with {the}.",
            "Now for {the}.",
        ),
        Tone.WARM: (
            "Here is {the}.",
            "Come and see {the}.",
            "Let’s pause {in_the}.",
            "Take your time {in_the}.",
        ),
        Tone.LUXURY: (
            "The eye turns to {the}.",
            "The tour moves on to {the}.",
            "Discover {the}.",
            "{The}, in detail.",
        ),
        Tone.DYNAMIC: (
            "Now, {the}!",
            "Next up: {the}.",
            "Straight on to {the}!",
            "And here comes {the}!",
        ),
    }
)
#: Subjects that the common leads do not suit.
OWN_LEADS = MappingProxyType(
    {
        EXTERIOR: ("{Home} from outside.", "{The} of {home}."),
        "bedroom": ("Here is {the}.", "Next, {the}.", "Then, {the}."),
        "bathroom": ("Here is {the}.", "Next, {the}.", "Then, {the}."),
        "view": ("And then, {the}.", "Here is {the}."),
        PLAN: ("{The}, room by room.", "The layout, at a glance.", "Here is {the}."),
    }
)

#: What suits a subject beside the common leads, in every tone.
MORE_LEADS = MappingProxyType(
    {
        "kitchen": ("Over to {the}.",),
        "terrace": ("Step out onto {the}.", "Outside, {the}."),
        "balcony": ("Step out onto {the}.",),
        "garden": ("Outside, {the}.", "Out into {the}."),
        "pool": ("Outside, {the}.",),
    }
)
#: The first room of the visit.
OPENINGS = MappingProxyType(
    {
        "hallway": ("Come in through {the}.", "Step inside.", "Come on in."),
        "living_room": (
            "The tour starts in {the}.", "Inside, {the}.", "Step inside: here is {the}."
        ),
        "kitchen": ("The tour starts in {the}.", "Inside, {the}.", "Let’s start in {the}."),
        "view": ("Here is {the}.",),
        PLAN: ("Here is {the}.", "{The}, room by room."),
    }
)  # fmt: skip
ANY_OPENING = ("The tour starts with {the}.", "First, {the}.", "Let’s begin with {the}.")
#: Where one pauses: in a room, but on a terrace and by a pool.
IN_THE = MappingProxyType(
    {
        "terrace": "on",
        "balcony": "on",
        "patio": "on",
        "loggia": "on",
        "pool": "by",
        "fireplace": "by",
    }
)
NO_ROOM = ("The tour continues.", "A closer look.", "Another look at {home}.")
AGAIN = (
    "{The}, from another angle.",
    "Another look at {the}.",
    "A closer look at {the}.",
    "Another angle.",
)
PLAN_AGAIN = ("Another floor plan.", "A further floor plan.")
#: Two pictures may show one bedroom or two: neither is claimed, nor "another bedroom".
SEVERAL_AGAIN = MappingProxyType(
    {
        "bedroom": (
            "A further look at the bedrooms.",
            "More of the bedrooms.",
            "Still with the bedrooms.",
        ),
        "bathroom": (
            "A further look at the bathrooms.",
            "More of the bathrooms.",
            "Still with the bathrooms.",
        ),
    }
)
UNCOUNTED_AGAIN = MappingProxyType(
    {
        "bedroom": ("A further look at the bedroom side.", "Still on the bedroom side."),
        "bathroom": ("A further look at the bathroom side.", "Still on the bathroom side."),
    }
)
EXTERIOR_AGAIN = ("{Home}, from another angle.", "Another look at {home}.")

KIND = ("{A_home} {for_sale}.", "{Home} is {for_sale}.")
SURFACE = ("{Home} offers {s}.", "{Home} covers {s}.", "In all, {s}.")
LAND = ("The plot measures {s}.", "The land extends to {s}.", "A plot of {s}.")
ROOMS_COUNT = ("{Home} has {n} rooms.", "{N} rooms in all.")
BEDROOMS = (
    "{Home} has {n} bedrooms.",
    "There are {n} bedrooms.",
)
ONE_BEDROOM = ("On to the bedrooms: {n} in all.", "Next, the bedrooms: {n} in all.")
BATHROOMS = (
    "{Home} has {n} bathrooms.",
    "There are {n} bathrooms.",
)
ONE_BATHROOM = ("On to the bathrooms: {n} in all.", "Next, the bathrooms: {n} in all.")
HALF_BATHS = ("{Home} has {n} bathrooms.", "There are {n} bathrooms.")
YEAR = ("{Home} was built in {y}.", "{Home} dates from {y}.", "Year of construction: {y}.")
PRICE = MappingProxyType(
    {
        "sale": ("Offered at {p}.", "The asking price is {p}.", "{Home} is offered at {p}."),
        "rent": ("The rent is {p}.", "Available to rent at {p}."),
        "": ("The price is {p}.",),
    }
)
THINGS = ("{Home} also has {things}.", "{Home} comes with {things}.", "Also of note: {things}.")
FEATURES = ("Worth noting: {list}.", "Also of note: {list}.")
PLACE = ("{Home} is in {town}.", "You will find it in {town}.")

CALLS = MappingProxyType(
    {
        Tone.NEUTRAL: ("Contact {agency} to arrange a viewing.",),
        Tone.WARM: ("Come and see it with {agency}.",),
        Tone.LUXURY: ("Viewings by appointment with {agency}.",),
        Tone.DYNAMIC: ("Book a viewing with {agency} now!",),
    }
)
CALLS_WITHOUT_AGENCY = MappingProxyType(
    {
        Tone.NEUTRAL: ("Get in touch to arrange a viewing.",),
        Tone.WARM: ("Get in touch, and come and see it.",),
        Tone.LUXURY: ("Private viewings by appointment.",),
        Tone.DYNAMIC: ("Get in touch and book a viewing!",),
    }
)
