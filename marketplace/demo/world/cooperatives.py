"""Cooperatives of the demo: identity, texts, members, account."""

from dataclasses import dataclass
from functools import cache

from catalog.taxonomy import find_listing_type
from marketplace.demo.world.bank_numbers import account_number
from marketplace.demo.world.chance import stream
from marketplace.demo.world.marks import Mark, marks_of
from marketplace.demo.world.people import Person, somebody
from marketplace.demo.world.phones import mobile
from marketplace.demo.world.words import Words, lines_of
from vendors import geography

MOROCCO, NEIGHBOURS = "mourafaka", "jisr"
CURRENCIES = {"MA": "MAD", "EG": "EGP", "TN": "TND", "SN": "XOF", "JO": "JOD"}
NUMBER_DIGITS = {"MA": 8, "EG": 8, "TN": 7, "SN": 7, "JO": 7}
INVENTED = Words(
    "Cette coopérative est inventée pour la démonstration.",
    "هذه التعاونية متخيلة، وُضعت للعرض فقط.",
    "This cooperative is invented for the demonstration.",
)
# The register abbreviates Moulay as "My".
FULL_NAMES = {"My Idriss Zerhoun": "Moulay Idriss Zerhoun", "Er-Rissani": "Rissani"}


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A member presented on the cooperative's page."""

    person: Person
    craft: Words
    since_year: int


@dataclass(frozen=True, slots=True)
class DemoCooperative:
    """A cooperative of the demo."""

    slug: str
    programme: str
    name: Words
    tagline: Words
    story: Words
    kind: str
    sector: str
    country: str
    region: str
    commune: str
    place: Words
    is_rural: bool
    founded: int
    members: int
    women: int
    type_slugs: tuple[str, ...]
    source_language: str
    phone: str
    address: str
    postal_code: str
    handling_days: int
    shown: tuple[ShownPerson, ...]
    marks: tuple[Mark, ...]
    account: str
    vat_registered: bool
    adviser: str
    enrolled_months: int

    @property
    def currency(self) -> str:
        """The currency of its country, in which it is paid out."""
        return CURRENCIES[self.country]


@cache
def demo_cooperatives() -> tuple[DemoCooperative, ...]:
    """All cooperatives, those of Morocco first; the same at every call."""
    return tuple(_cooperative(line) for line in lines_of("cooperatives.txt"))


# long: a field a line, and the order of the random draws must stay
def _cooperative(line: str) -> DemoCooperative:
    slug, fr, ar, en, kind, sector, where, founded, members, women, slugs = (
        part.strip() for part in line.split(" | ")
    )
    chance = stream("maker", slug)
    country, region, commune, place, rural = _where(where)
    type_slugs = tuple(slugs.split())
    name = Words(fr, ar, en)
    family = _family(type_slugs[0])
    return DemoCooperative(
        slug=slug,
        programme=MOROCCO if country == "MA" else NEIGHBOURS,
        name=name,
        tagline=chance.choice(family.taglines),
        story=_story(family.story.fill(place=place, year=founded, members=members)),
        kind=kind,
        sector=sector,
        country=country,
        region=region,
        commune=commune,
        place=place,
        is_rural=rural,
        founded=int(founded),
        members=int(members),
        women=int(women),
        type_slugs=type_slugs,
        source_language=_source_language(chance.random(), country),
        phone=mobile(country, chance.randrange(10 ** NUMBER_DIGITS[country])),
        address=f"{chance.choice(('Douar', 'Quartier', 'Route de'))} {place.fr}, n° {chance.randrange(1, 90)}",
        postal_code=f"{chance.randrange(10, 95)}{chance.randrange(0, 999):03d}"
        if country == "MA"
        else "",
        handling_days=chance.choice((1, 2, 2, 3, 3, 4)),
        shown=_shown(slug, kind, type_slugs, int(founded)),
        marks=marks_of(slug, type_slugs, region),
        account=account_number(stream("account", slug), country),
        vat_registered=country == "MA" and not rural and chance.random() < 0.4,
        adviser=somebody(chance, woman=chance.random() < 0.6).latin,
        enrolled_months=chance.randrange(4, 34),
    )


def _where(text: str) -> tuple[str, str, str, Words, bool]:
    """Country, region, commune code, place, whether rural."""
    if commune := geography.commune(text):
        french = FULL_NAMES.get(commune.name_fr, commune.name_fr)
        place = Words(french, commune.name_ar, french)
        return "MA", commune.region, commune.code, place, commune.is_rural
    region, *names = text.split(" ")
    fr, ar, en = (name.replace("_", " ") for name in names)
    return region[:2], region, "", Words(fr, ar, en), True


def _source_language(draw: float, country: str) -> str:
    if country == "SN":
        return "fr"
    return "ar" if draw < 0.6 or country in {"EG", "JO"} else "fr"


def _story(story: Words) -> Words:
    return Words(
        f"{story.fr} {INVENTED.fr}", f"{story.ar} {INVENTED.ar}", f"{story.en} {INVENTED.en}"
    )


@dataclass(frozen=True, slots=True)
class _Family:
    taglines: tuple[Words, ...]
    story: Words


@cache
def _families() -> dict[str, _Family]:
    found: dict[str, _Family] = {}
    slugs: list[str] = []
    taglines: list[Words] = []
    for line in lines_of("stories.txt"):
        if line[0] == "=":
            slugs, taglines = line.split("|")[1].split(), []
        elif line[0] == "t":
            taglines.append(Words.read(line[2:]))
        else:
            family = _Family(tuple(taglines), Words.read(line[2:]))
            found |= dict.fromkeys(slugs, family)
    return found


def _family(slug: str) -> _Family:
    return _families()[slug]


CRAFTS: dict[str, tuple[Words, ...]] = {
    "food": (
        Words("présidente", "الرئيسة", "chairwoman"),
        Words("responsable de la qualité", "مسؤولة الجودة", "in charge of quality"),
        Words("à la récolte", "في الجني", "harvest"),
        Words("aux commandes", "في الطلبيات", "orders"),
    ),
    "cosmetic": (
        Words("présidente", "الرئيسة", "chairwoman"),
        Words("à l'alambic", "على القطارة", "at the still"),
        Words("au conditionnement", "في التعبئة", "packing"),
        Words("aux commandes", "في الطلبيات", "orders"),
    ),
    "craft": (
        Words("maîtresse d'atelier", "معلمة الورشة", "head of the workshop"),
        Words("au métier", "على المنسج", "at the bench"),
        Words("teintures et finitions", "الصباغة والتشطيب", "dyes and finishing"),
        Words("aux commandes", "في الطلبيات", "orders"),
    ),
}


def _shown(
    slug: str, kind: str, type_slugs: tuple[str, ...], founded: int
) -> tuple[ShownPerson, ...]:
    chance = stream("shown", slug)
    known = find_listing_type(type_slugs[0])
    crafts = CRAFTS[known.kind if known else "craft"]
    if kind != "women":
        crafts = crafts[1:]
    return tuple(
        ShownPerson(
            somebody(chance, woman=kind == "women" or chance.random() < 0.4),
            craft,
            founded + chance.randrange(0, 4),
        )
        for craft in crafts[: chance.choice((2, 3, 3))]
    )
