"""Words of the English voice. Slots: {the} {The} the room; {home} {Home} the property."""

from types import MappingProxyType

from app.core.brief import Tone
from app.core.director.words import Noun

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
#: "This is" before a common noun ("Apartment with a terrace") wants an article.
COMMON_NOUNS = frozenset(
    {
        "apartment", "flat", "house", "home", "condo", "studio", "loft", "duplex", "office", "land",
        "plot", "townhouse", "beautiful", "stunning", "spacious", "charming", "bright", "modern",
    }
)  # fmt: skip
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
            "Let’s pause at {the}.",
            "Take your time with {the}.",
        ),
        Tone.LUXURY: (
            "The eye turns to {the}.",
            "The tour unfolds with {the}.",
            "Consider {the}.",
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
        "view": ("And then, {the}.", "Here is {the}."),
        PLAN: ("{The}, room by room.", "It all comes together on {the}."),
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
OPENINGS = MappingProxyType(
    {
        "hallway": ("Come in through {the}.",),
        "living_room": ("The tour starts in {the}.",),
        "kitchen": ("The tour starts in {the}.",),
    }
)
NO_ROOM = ("The tour continues.", "A closer look.", "Another look at {home}.")
AGAIN = ("{The}, from another angle.", "Another look at {the}.", "A closer look at {the}.")
ROOM_AGAIN = MappingProxyType(
    {
        "bedroom": ("More bedroom space.", "The tour continues, bedroom side."),
        "bathroom": ("Another bathroom glimpse.", "Staying with the bathroom tour."),
        EXTERIOR: ("{Home}, from another angle.", "Another look at {home}."),
    }
)

KIND = ("{A_home} {for_sale}.", "{Home} is {for_sale}.")
SURFACE = ("{Home} offers {s}.", "{Home} covers {s}.", "{s} in all.")
LAND = ("The plot measures {s}.", "The land extends to {s}.", "A plot of {s}.")
ROOMS_COUNT = ("{Home} has {n} rooms.", "{N} rooms in all.")
BEDROOMS = (
    "{Home} has {n} bedrooms.",
    "There are {n} bedrooms.",
)
ONE_BEDROOM = ("On to the {n} bedrooms.", "Over to the {n} bedrooms.")
BATHROOMS = (
    "{Home} has {n} bathrooms.",
    "There are {n} bathrooms.",
)
ONE_BATHROOM = ("On to the {n} bathrooms.", "Next, the {n} bathrooms.")
HALF_BATHS = ("{Home} has {n} bathrooms.", "There are {n} bathrooms.")
YEAR = ("Built in {y}.", "{Home} was built in {y}.", "{Home} dates from {y}.")
PRICE = MappingProxyType(
    {
        "sale": ("Offered at {p}.", "The asking price is {p}.", "{Home} is offered at {p}."),
        "rent": ("The rent is {p}.", "To rent at {p}."),
        "": ("The price is {p}.",),
    }
)
FEATURE = ("Also of note: {list}.", "Plus: {list}.")
FEATURES = ("Among its assets: {list}.", "Highlights include {list}.", "Worth noting: {list}.")

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
