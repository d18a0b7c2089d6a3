"""A shop to search in: the demo's listings, and near misses that use their words for other goods.

Fills the read model itself, without an engine, so that a large catalogue takes a minute. Import
``open_shop`` first: it starts a PostgreSQL of its own in a folder and makes Django ready. (By this
file's folder, not as ``tests.load``, which makes Django ready by itself.)
"""

import os
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

SEED = 20261126
MANY = 2000
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_IDS = uuid.UUID("6d0f2f6e-8c39-4b27-9b0e-7a5b0c3d1e55")

# Other goods, named with the words of real ones: French | Arabic | English. ``{a}`` is one good's
# whole name, ``{b}`` a word of one, ``{c}`` a word of another.
_WHOLE_NAMES = (
    "Livre de recettes : {a} | كتاب وصفات: {a} | Recipe book: {a}",
    "Affiche encadrée « {a} » | ملصق مؤطر «{a}» | Framed poster “{a}”",
    "Étiquettes autocollantes pour {a} | ملصقات لعلب {a} | Sticky labels for {a}",
    "Présentoir vide pour {a} | رف عرض فارغ من أجل {a} | Empty display stand for {a}",
)
_MIXED = (
    "Bougie {b} et {c} | شمعة {b} و{c} | Candle with {b} and {c}",
    "Biscuits {b} et {c} | بسكويت {b} و{c} | Biscuits with {b} and {c}",
    "Shampoing {b} {c} | شامبو {b} {c} | Shampoo {b} {c}",
    "Coffret cadeau {b}, {c} | علبة هدية {b}، {c} | Gift box {b}, {c}",
    "Encens {b} {c} | بخور {b} {c} | Incense {b} {c}",
    "Teinture {b} pour {c} | صباغة {b} من أجل {c} | Dye, {b}, for {c}",
)
_ONE_WORD = (
    "Porte-clés {b} n° {n} | حاملة مفاتيح {b} رقم {n} | Key ring {b} no. {n}",
    "Carnet couleur {b}, {n} pages | دفتر بلون {b}، {n} صفحة | Notebook, colour {b}, {n} pages",
    "Tasse à motif {b} | كأس بنقش {b} | Mug with a {b} pattern",
    "Sachet vide {b} {n} g | كيس فارغ {b} {n} غ | Empty pouch {b} {n} g",
    "Atelier découverte {b} | ورشة اكتشاف {b} | Discovery workshop {b}",
    "Puzzle {b}, {n} pièces | أحجية {b} من {n} قطعة | Puzzle {b}, {n} pieces",
)
_LANGUAGES = ("fr", "ar", "en")


def open_shop(folder: Path, *, is_new: bool = True) -> None:
    """Start the folder's PostgreSQL, migrate it (unless that is done), and make Django use it."""
    from marketplace.core.postgres import ensure_running

    os.environ["DATABASE_URL"] = ensure_running(folder).url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    import django

    django.setup()
    if is_new:
        from marketplace.core.upgrade import upgrade_database

        upgrade_database()


def fill(count: int) -> int:
    """Put the demo's listings and so many near misses into the read model; how many there are."""
    from catalog.models import ListingOffer, ListingPage

    if ListingPage.objects.count() == count + _demo_count():
        return ListingPage.objects.count()
    ListingOffer.objects.all().delete()
    ListingPage.objects.all().delete()
    rows = _demo()
    done = write(rows)
    done += write(near_misses(count))
    print(f"{done} listings", file=sys.stderr)
    return done


def _demo_count() -> int:
    from marketplace.demo.world.listings import offers

    return len(offers())


def write(rows: Iterator[tuple[dict[str, Any], dict[str, tuple[int, int]]]]) -> int:
    """Create listings with their offers: fields of the page, and price and stock by channel."""
    from catalog.models import ListingOffer, ListingPage
    from marketplace.demo.world.listings import CHANNEL_CURRENCIES

    done = 0
    while batch := list(islice(rows, MANY)):
        ListingPage.objects.bulk_create([ListingPage(**fields) for fields, _ in batch])
        ListingOffer.objects.bulk_create(
            ListingOffer(
                page_id=fields["listing_id"],
                variant_id=uuid.uuid5(fields["listing_id"], "variant"),
                channel_slug=channel,
                amount_minor=amount,
                currency=CHANNEL_CURRENCIES[channel],
                available=available,
            )
            for fields, prices in batch
            for channel, (amount, available) in prices.items()
        )
        done += len(batch)
    return done


def _page(key: str, **fields: Any) -> dict[str, Any]:
    listing_id = uuid.uuid5(_IDS, key)
    moment = fields.setdefault("published_at", FIRST_DAY)
    return {
        "listing_id": listing_id,
        "slug": f"{fields['taxonomy_slug'] or 'near'}-{listing_id.hex[:10]}",
        "cooperative_id": uuid.uuid5(_IDS, fields["cooperative_slug"]),
        "programme_id": _IDS,
        "illustration_seed": listing_id.hex[:8],
        "is_listed": True,
        "is_published": True,
        "engine_updated_at": moment,
        "seen_at": moment,
        "content_hash": listing_id.hex,
        **fields,
    }


def _demo() -> Iterator[tuple[dict[str, Any], dict[str, tuple[int, int]]]]:
    from marketplace.demo.world.cooperatives import demo_cooperatives
    from marketplace.demo.world.listings import offers

    known = {cooperative.slug: cooperative for cooperative in demo_cooperatives()}
    for number, offer in enumerate(offers()):
        cooperative = known[offer.cooperative_slug]
        yield (
            _page(
                offer.key,
                cooperative_slug=cooperative.slug,
                cooperative_names=cooperative.name.as_dict(),
                country_code=cooperative.country,
                region_code=cooperative.region,
                place_names=cooperative.place.as_dict(),
                sector=cooperative.sector,
                kind=cooperative.kind,
                is_rural=cooperative.is_rural,
                category_slug=offer.category_slug,
                taxonomy_slug=offer.taxonomy_slug,
                material_codes=list(offer.materials),
                quality_marks=list(offer.marks),
                net_quantity=offer.net_quantity,
                weight_grams=offer.grams,
                names=offer.title.as_dict(),
                descriptions=offer.description.as_dict(),
                quantity_available=offer.quantity,
                published_at=FIRST_DAY + timedelta(hours=number),
            ),
            {channel: (amount, offer.quantity) for channel, amount in offer.prices.items()},
        )


def near_misses(count: int) -> Iterator[tuple[dict[str, Any], dict[str, tuple[int, int]]]]:
    """So many other goods, always the same ones, of cooperatives that have no page."""
    from catalog.categories import CATEGORIES
    from catalog.taxonomy import listing_types
    from marketplace.demo.world.cooperatives import demo_cooperatives
    from vendors import geography

    chance = random.Random(SEED)
    names = [{"fr": g.name_fr, "ar": g.name_ar, "en": g.name_en} for g in listing_types().values()]
    regions = geography.regions("MA")
    places = {region.code: geography.communes(region.code) for region in regions}
    cooperatives = [(f"near-{n:03}", chance.choice(regions).code) for n in range(600)]
    sectors = sorted({cooperative.sector for cooperative in demo_cooperatives()})
    for number in range(count):
        slug, region = chance.choice(cooperatives)
        title = _other_title(chance, names)
        place = chance.choice(places[region])
        stock = chance.choice((0, 3, 12, 40))
        price = chance.randrange(1500, 90000, 100)
        yield (
            _page(
                f"near/{number}",
                cooperative_slug=slug,
                cooperative_names={"ar": f"تعاونية {slug[5:]}", "fr": f"Coopérative {slug[5:]}"},
                country_code="MA",
                region_code=region,
                place_names={"ar": place.name_ar, "fr": place.name_fr, "en": place.name_fr},
                sector=chance.choice(sectors),
                kind=chance.choice(("women", "youth", "mixed")),
                category_slug=chance.choice(CATEGORIES).slug,
                taxonomy_slug="",
                material_codes=chance.choice(
                    (["cotton"], ["wood", "iron"], ["paper"], ["wax"], ["glass"])
                ),
                quality_marks=chance.choice(([], [], [], ["organic"], ["fair-trade", "label"])),
                names=title,
                descriptions={lang: f"{text}. {title[lang]}" for lang, text in _PRAISE.items()},
                quantity_available=stock,
                published_at=FIRST_DAY + timedelta(minutes=number),
            ),
            {"ma-mad": (price, stock), "eu-eur": (price // 7, stock)},
        )


_PRAISE = {
    "fr": "Un petit objet fait à la main, pour offrir ou pour soi",
    "ar": "قطعة صغيرة مصنوعة باليد، هدية أو لك",
    "en": "A small thing made by hand, as a gift or for yourself",
}


def _other_title(chance: random.Random, names: list[dict[str, str]]) -> dict[str, str]:
    kind = chance.choices((_WHOLE_NAMES, _MIXED, _ONE_WORD), (1, 5, 4))[0]
    patterns = [part.strip() for part in chance.choice(kind).split(" | ")]
    one, other = chance.sample(names, 2)
    number = chance.choice((50, 80, 120, 200, 250, 500))
    return {
        language: pattern.format(
            a=one[language],
            b=_word(chance, one[language]),
            c=_word(chance, other[language]),
            n=number,
        )
        for language, pattern in zip(_LANGUAGES, patterns, strict=True)
    }


def _word(chance: random.Random, name: str) -> str:
    words = [word.strip("()/,") for word in name.split()]
    return chance.choice([word for word in words if len(word) > 2] or words)
