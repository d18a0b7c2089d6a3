"""Cooperatives as their programme registers them: facts, words, people, papers, an account."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.stages import BY
from marketplace.demo.world.cooperatives import Maker, founded_before, makers
from vendors import services
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.scoping import Crossing

FIRST_SLUGS = (
    "timzit-n-tidzi",
    "azilal-laine",
    "ayyur-agadir-melloul",
    "goumi-roses",
    "rissani-majhoul",
    "ahansal-miel",
    "safi-terre",
    "siwa-balah",
)
FIRST = len(FIRST_SLUGS)
# What buyers buy most: with their goods the world has some hundreds of orders soon.
EARLY_SLUGS = (
    "vannes-tetouan",
    "sept-meules",
    "skoura-tmar",
    "bni-ahmed-asal",
    "thies-vannerie",
    "louz-assaki",
)
EARLY = len(EARLY_SLUGS)
EXEMPTION = "Exonération des coopératives (donnée de démonstration)"


def first_makers() -> list[Maker]:
    """Those with which the shop opens."""
    by_slug = {maker.slug: maker for maker in makers()}
    return [by_slug[slug] for slug in FIRST_SLUGS]


def early_makers() -> list[Maker]:
    """Those who come next."""
    by_slug = {maker.slug: maker for maker in makers()}
    return [by_slug[slug] for slug in EARLY_SLUGS]


def rest_of_makers() -> list[Maker]:
    """All the others."""
    return [maker for maker in makers() if maker.slug not in {*FIRST_SLUGS, *EARLY_SLUGS}]


def count_of_rest() -> int:
    """How many others there are."""
    return len(makers()) - FIRST - EARLY


def make_first(first: int, last: int, begun_at: datetime) -> None:
    """The cooperatives with which the shop opens."""
    _make(first_makers()[first:last], begun_at)


def make_early(first: int, last: int, begun_at: datetime) -> None:
    """The cooperatives that come next."""
    _make(early_makers()[first:last], begun_at)


def make_rest(first: int, last: int, begun_at: datetime) -> None:
    """The other cooperatives."""
    _make(rest_of_makers()[first:last], begun_at)


def _make(wanted: Sequence[Maker], begun_at: datetime) -> None:
    programmes = {programme.slug: programme for programme in Programme.objects.all()}
    known = by_slug([maker.slug for maker in wanted])
    for maker in wanted:
        if maker.slug not in known:
            with transaction.atomic():
                _make_one(maker, programmes[maker.programme], begun_at.date())
    made = by_slug([maker.slug for maker in wanted])
    services.publish_cooperatives(cooperatives=list(made.values()), by=BY)


def by_slug(slugs: Sequence[str]) -> dict[str, Cooperative]:
    """The cooperatives that exist already."""
    rows = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(slug__in=slugs)
    return {row.slug: row for row in rows}


def _make_one(maker: Maker, programme: Programme, today: date) -> None:
    coordinator = _coordinator(maker.programme)
    cooperative = services.register_cooperative(
        programme=programme, facts=_facts(maker), by=coordinator.actor
    )
    for language in ("ar", "fr", "en"):
        services.write_texts(
            cooperative=cooperative,
            language=language,
            name=maker.name[language],
            tagline=maker.tagline[language],
            story=maker.story[language],
            source_language=maker.source_language,
            by=BY,
        )
    for shown in maker.shown:
        services.show_member(
            cooperative=cooperative,
            name=shown.person.latin,
            name_ar=shown.person.arabic,
            crafts=shown.craft.as_dict(),
            since_year=shown.since_year,
            by=BY,
        )
    _papers(maker, cooperative, coordinator, today)
    _members(maker, cooperative)


def _facts(maker: Maker) -> services.CooperativeFacts:
    return services.CooperativeFacts(
        slug=maker.slug,
        legal_name=f"Coopérative {maker.name.fr}",
        legal_name_latin=_bank_letters(f"Cooperative {maker.name.en}"),
        kind=maker.kind,
        sector=maker.sector,
        country_code=maker.country,
        region_code=maker.region,
        commune_code=maker.commune,
        place_name=maker.place.fr,
        place_name_ar=maker.place.ar,
        address_line=maker.address,
        postal_code=maker.postal_code,
        payout_currency=maker.currency,
        is_rural=maker.is_rural,
        member_count=maker.members,
        women_count=maker.women,
        founded_year=maker.founded,
        phone=maker.phone,
        email=f"{maker.slug}@coop.example",
        handling_days=maker.handling_days,
    )


def _bank_letters(text: str) -> str:
    """Letters that every bank's file takes."""
    return "".join(c if c.isascii() and (c.isalnum() or c == " ") else " " for c in text).strip()


def _papers(maker: Maker, cooperative: Cooperative, coordinator: User, today: date) -> None:
    services.enrol(
        cooperative=cooperative,
        phase=min(4, 1 + maker.enrolled_months // 9),
        from_on=today - timedelta(days=30 * maker.enrolled_months),
        adviser_name=maker.adviser,
        by=BY,
    )
    services.set_tax_status(
        cooperative=cooperative,
        vat_registered=maker.vat_registered,
        vat_rate_bp=2000,
        exemption_mention="" if maker.vat_registered else EXEMPTION,
        valid_from=date(2024, 1, 1),
        source="invented status of the demo",
        by=BY,
    )
    for mark in maker.marks:
        certification = services.add_certification(
            cooperative=cooperative,
            mark=mark.sign,
            name=mark.name,
            number=mark.number,
            valid_from=founded_before(today),
            valid_to=date(today.year + 2, 12, 31),
            by=BY,
        )
        services.verify_certification(certification=certification, by=coordinator.actor)
    account = services.set_bank_account(
        cooperative=cooperative,
        holder_name=cooperative.legal_name_latin,
        number=maker.account,
        bic="" if maker.country in {"MA", "TN"} else _bic(maker.country),
        by=BY,
    )
    services.confirm_bank_account(account=account, by=coordinator.actor)


def _bic(country: str) -> str:
    return f"DEMO{country}XX"


def _members(maker: Maker, cooperative: Cooperative) -> None:
    for account in ACCOUNTS:
        if account.cooperative == maker.slug:
            user = User.objects.get(email=account.email)
            services.add_member(cooperative=cooperative, user=user, role=account.role, by=BY)


def _coordinator(programme: str) -> User:
    email = next(a.email for a in ACCOUNTS if a.role == "coordinator" and a.programme == programme)
    return User.objects.get(email=email)
