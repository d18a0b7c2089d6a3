"""The demo's listings: what each cooperative sells, with its texts."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from uuid import UUID, uuid5

from catalog.categories import category_slug_of
from catalog.taxonomy import find_listing_type
from marketplace.core.exchange import convert
from marketplace.core.money import Money
from marketplace.demo.world.chance import stream
from marketplace.demo.world.cooperatives import DemoCooperative, demo_cooperatives
from marketplace.demo.world.listing_types import Kind, Make, Size, kinds
from marketplace.demo.world.words import Words, from_place, measured

LIMIT_FOR_EACH = 9
# Under which the ids of listings are named after their keys.
_LISTINGS = UUID("0b3d2c52-8a4e-4f0e-9d57-6d1d3a1a7c10")
# The whole price list is converted at one day's rates.
PRICED_ON = date(2026, 1, 1)
HOME_CHANNELS = {"MA": "ma-mad", "EG": "eg-egp", "TN": "tn-tnd", "SN": "sn-xof", "JO": "jo-jod"}
CHANNEL_CURRENCIES = {
    "ma-mad": "MAD", "eg-egp": "EGP", "tn-tnd": "TND", "sn-xof": "XOF", "jo-jod": "JOD",
    "eu-eur": "EUR",
}  # fmt: skip
# The markup of prices abroad, and the step to which they are rounded.
ABROAD_PERCENT = {
    "eu-eur": 135,
    "ma-mad": 110,
    "eg-egp": 112,
    "tn-tnd": 112,
    "sn-xof": 112,
    "jo-jod": 115,
}
STEPS = {"MAD": 100, "EGP": 500, "TND": 500, "XOF": 100, "JOD": 250, "EUR": 50}
STAYS_HOME = {"goat-cheese", "zellige"}

CARE = {
    "food": (
        Words("À garder au sec, à l'abri de la lumière.", "يُحفظ في مكان جاف بعيدا عن الضوء.", "Keep dry, away from light."),
        Words("Date de récolte et numéro de lot sur l'étiquette.", "تاريخ الجني ورقم الحصة على الملصق.", "Harvest date and lot number on the label."),
        Words("Sans colorant ni conservateur.", "بلا ملونات ولا مواد حافظة.", "No colouring, no preservative."),
    ),
    "cosmetic": (
        Words("Essayer d'abord au creux du bras.", "جرّبوه أولا في باطن الذراع.", "Try it first inside the arm."),
        Words("Flacon à refermer après usage, douze mois après ouverture.", "تُغلق القنينة بعد الاستعمال، وتصلح سنة بعد فتحها.", "Close after use; twelve months once opened."),
        Words("Non testé sur les animaux.", "لم يُجرّب على الحيوان.", "Not tested on animals."),
    ),
    "craft": (
        Words("Fait à la main : teinte et mesure varient un peu d'une pièce à l'autre.", "صنع يدوي: قد يختلف اللون والقياس قليلا من قطعة إلى أخرى.", "Made by hand: shade and size vary a little from piece to piece."),
        Words("Chaque pièce porte le nom de qui l'a faite.", "كل قطعة تحمل اسم صانعها.", "Each piece bears its maker's name."),
        Words("Réparation possible à l'atelier.", "يمكن إصلاحها في الورشة.", "It can be repaired at the workshop."),
    ),
}  # fmt: skip
MADE_BY = (
    Words("Préparé à {place} par la coopérative {name}.", "من إعداد تعاونية {name} في {place}.", "Made in {place} by the cooperative {name}."),
    Words("C'est le travail de la coopérative {name}, {members} membres, à {place}.", "هذا عمل تعاونية {name} في {place}، وأعضاؤها {members}.", "The work of the cooperative {name}, {members} members, in {place}."),
    Words("La coopérative {name}, à {place}, en fait de petites séries.", "تصنع منه تعاونية {name} في {place} كميات قليلة.", "The cooperative {name}, in {place}, makes it in small runs."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A listing of the demo. ``prices`` are minor units of each channel's currency."""

    key: str
    cooperative_slug: str
    taxonomy_slug: str
    category_slug: str
    hs_code: str
    title: Words
    description: Words
    materials: tuple[str, ...]
    marks: tuple[str, ...]
    net_quantity: str
    grams: int
    prices: dict[str, int]
    quantity: int
    popularity: float

    @property
    def listing_id(self) -> UUID:
        """The same in every demo, so that its address is too."""
        return uuid5(_LISTINGS, self.key)


@cache
def offers() -> tuple[Offer, ...]:
    """All listings, by cooperative; no two have the same title."""
    found: list[Offer] = []
    titles: set[str] = set()
    for cooperative in demo_cooperatives():
        for offer in _offers_of(cooperative):
            if offer.title.fr not in titles:
                titles.add(offer.title.fr)
                found.append(offer)
    return tuple(found)


def _offers_of(cooperative: DemoCooperative) -> list[Offer]:
    chance = stream("offers", cooperative.slug)
    choices = [
        (kinds()[slug], make, size)
        for slug in cooperative.type_slugs
        for make in kinds()[slug].makes
        for size in make.sizes
    ]
    first = [choice for choice in choices if choice[2] is choice[1].sizes[0]]
    others = [choice for choice in choices if choice not in first]
    chance.shuffle(others)
    chosen = (first + others)[:LIMIT_FOR_EACH]
    return [_offer(cooperative, kind, make, size, chance) for kind, make, size in chosen]


def _offer(
    cooperative: DemoCooperative, kind: Kind, make: Make, size: Size, chance: Random
) -> Offer:
    known = find_listing_type(kind.slug)
    family = known.kind if known else "craft"
    marks = tuple(
        dict.fromkeys(m.sign for m in cooperative.marks if not m.slugs or kind.slug in m.slugs)
    )
    index = kind.makes.index(make)
    return Offer(
        key=f"{cooperative.slug}/{kind.slug}/{index}/{size.label}",
        cooperative_slug=cooperative.slug,
        taxonomy_slug=kind.slug,
        category_slug=category_slug_of(kind.slug),
        hs_code=known.hs_code if known else "",
        title=_title(cooperative, make, size),
        description=_description(cooperative, kind, family, chance),
        materials=kind.materials,
        marks=marks,
        net_quantity=size.label if family != "craft" else "",
        grams=size.grams,
        prices=_prices(cooperative, kind, size, chance),
        quantity=_quantity(family, size, chance),
        popularity=round(chance.paretovariate(1.4), 3),
    )


def _title(cooperative: DemoCooperative, make: Make, size: Size) -> Words:
    said = make.title.fill(**{"from": from_place(cooperative.place)})
    if not size.label:
        return said
    label = measured(size.label)
    return Words(f"{said.fr}, {label.fr}", f"{said.ar}، {label.ar}", f"{said.en}, {label.en}")


def _description(cooperative: DemoCooperative, kind: Kind, family: str, chance: Random) -> Words:
    made = chance.choice(MADE_BY).fill(
        place=cooperative.place, name=cooperative.name, members=cooperative.members
    )
    care = chance.choice(CARE[family])
    parts = (kind.description, made, care)
    return Words(*(" ".join(part[language] for part in parts) for language in ("fr", "ar", "en")))


def _prices(cooperative: DemoCooperative, kind: Kind, size: Size, chance: Random) -> dict[str, int]:
    home = HOME_CHANNELS[cooperative.country]
    dirhams = max(1, round(size.dirhams * chance.uniform(0.92, 1.1)))
    channels = [home]
    if kind.slug not in STAYS_HOME:
        channels += [c for c in ("eu-eur", "ma-mad") if c != home]
        channels += [
            c for c in HOME_CHANNELS.values() if c not in channels and chance.random() < 0.3
        ]
    return {channel: _price(dirhams, channel, at_home=channel == home) for channel in channels}


def _price(dirhams: int, channel: str, *, at_home: bool) -> int:
    """The price in a channel: converted at one fixed day's rate and rounded up to a step."""
    currency = CHANNEL_CURRENCIES[channel]
    amount = convert(Money(dirhams * 100, "MAD"), currency, PRICED_ON).amount_minor
    if not at_home:
        amount = amount * ABROAD_PERCENT[channel] // 100
    step = STEPS[currency]
    return max(step, -(-amount // step) * step)


def _quantity(family: str, size: Size, chance: Random) -> int:
    if family == "craft" and size.dirhams >= 500:
        return chance.choice((1, 1, 2, 3, 4, 6))
    if chance.random() < 0.02:
        return 0
    return chance.randrange(12, 60) if family == "craft" else chance.randrange(30, 240)
