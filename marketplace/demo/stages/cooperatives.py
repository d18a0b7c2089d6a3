"""Stage of cooperatives: facts, texts, members, certificates, account."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.stages import BY
from marketplace.demo.world.cooperatives import DemoCooperative, demo_cooperatives
from marketplace.demo.world.marks import certified_from
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
# The best sellers: with their listings the world soon has some hundred orders.
EARLY_SLUGS = (
    "vannes-tetouan",
    "sept-meules",
    "skoura-tmar",
    "bni-ahmed-asal",
    "thies-vannerie",
    "louz-assaki",
)
EARLY = len(EARLY_SLUGS)
EXEMPTION = {"MA": "ma-cooperative", "EG": "eg-threshold", "JO": "jo-threshold"}


def first_cooperatives() -> list[DemoCooperative]:
    """Cooperatives with which the shop opens."""
    by_slug = {invented.slug: invented for invented in demo_cooperatives()}
    return [by_slug[slug] for slug in FIRST_SLUGS]


def early_cooperatives() -> list[DemoCooperative]:
    """Cooperatives created next."""
    by_slug = {invented.slug: invented for invented in demo_cooperatives()}
    return [by_slug[slug] for slug in EARLY_SLUGS]


def rest_of_cooperatives() -> list[DemoCooperative]:
    """All the others."""
    return [
        invented
        for invented in demo_cooperatives()
        if invented.slug not in {*FIRST_SLUGS, *EARLY_SLUGS}
    ]


def count_of_rest() -> int:
    """The number of all others."""
    return len(demo_cooperatives()) - FIRST - EARLY


def make_first(first: int, last: int, begun_at: datetime) -> None:
    """Create the cooperatives with which the shop opens."""
    _make(first_cooperatives()[first:last], begun_at)


def make_early(first: int, last: int, begun_at: datetime) -> None:
    """Create the next cooperatives."""
    _make(early_cooperatives()[first:last], begun_at)


def make_rest(first: int, last: int, begun_at: datetime) -> None:
    """Create all other cooperatives."""
    _make(rest_of_cooperatives()[first:last], begun_at)


def _make(wanted: Sequence[DemoCooperative], begun_at: datetime) -> None:
    programmes = {programme.slug: programme for programme in Programme.objects.all()}
    known = by_slug([invented.slug for invented in wanted])
    for invented in wanted:
        if invented.slug not in known:
            with transaction.atomic():
                _make_one(invented, programmes[invented.programme], begun_at.date())
    made = by_slug([invented.slug for invented in wanted])
    services.publish_cooperatives(cooperatives=list(made.values()), by=BY)


def by_slug(slugs: Sequence[str]) -> dict[str, Cooperative]:
    """Existing cooperatives of the world."""
    rows = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(slug__in=slugs)
    return {row.slug: row for row in rows}


def _make_one(invented: DemoCooperative, programme: Programme, today: date) -> None:
    coordinator = _coordinator(invented.programme)
    cooperative = services.register_cooperative(
        programme=programme, facts=_facts(invented), by=coordinator.actor
    )
    for language in ("ar", "fr", "en"):
        services.write_texts(
            cooperative=cooperative,
            language=language,
            name=invented.name[language],
            tagline=invented.tagline[language],
            story=invented.story[language],
            source_language=invented.source_language,
            by=BY,
        )
    for shown in invented.shown:
        services.show_member(
            cooperative=cooperative,
            facts=services.MemberFacts(
                name=shown.person.latin,
                name_ar=shown.person.arabic,
                crafts=shown.craft.as_dict(),
                since_year=shown.since_year,
                has_consented=True,
            ),
            by=BY,
        )
    _documents(invented, cooperative, coordinator, today)
    _members(invented, cooperative)


def _facts(invented: DemoCooperative) -> services.CooperativeFacts:
    return services.CooperativeFacts(
        slug=invented.slug,
        legal_name=f"Coopérative {invented.name.fr}",
        legal_name_latin=_bank_letters(f"Cooperative {invented.name.en}"),
        kind=invented.kind,
        sector=invented.sector,
        country_code=invented.country,
        region_code=invented.region,
        commune_code=invented.commune,
        place_name=invented.place.fr,
        place_name_ar=invented.place.ar,
        address_line=invented.address,
        postal_code=invented.postal_code,
        payout_currency=invented.currency,
        is_rural=invented.is_rural,
        member_count=invented.members,
        women_count=invented.women,
        founded_year=invented.founded,
        phone=invented.phone,
        email=f"{invented.slug}@coop.example",
        handling_days=invented.handling_days,
    )


def _bank_letters(text: str) -> str:
    """Letters that every bank's file takes."""
    return "".join(c if c.isascii() and (c.isalnum() or c == " ") else " " for c in text).strip()


def _documents(
    invented: DemoCooperative, cooperative: Cooperative, coordinator: User, today: date
) -> None:
    services.enrol(
        cooperative=cooperative,
        phase=min(4, 1 + invented.enrolled_months // 9),
        from_on=today - timedelta(days=30 * invented.enrolled_months),
        adviser_name=invented.adviser,
        by=BY,
    )
    services.set_tax_status(
        cooperative=cooperative,
        vat_registered=invented.vat_registered,
        vat_rate_bp=2000,
        exemption_code=""
        if invented.vat_registered
        else EXEMPTION.get(invented.country, "not-registered"),
        valid_from=date(2024, 1, 1),
        source="invented status of the demo",
        by=BY,
    )
    _certifications(invented, cooperative, coordinator, today)
    account = services.set_bank_account(
        cooperative=cooperative,
        holder_name=cooperative.legal_name_latin,
        number=invented.account,
        bic="" if invented.country in {"MA", "TN"} else _bic(invented.country),
        by=BY,
    )
    services.confirm_bank_account(account=account, by=coordinator.actor)


def _certifications(
    invented: DemoCooperative, cooperative: Cooperative, coordinator: User, today: date
) -> None:
    for mark in invented.marks:
        certification = services.add_certification(
            cooperative=cooperative,
            mark=mark.sign,
            name=mark.name,
            number=mark.number,
            valid_from=certified_from(today),
            valid_to=date(today.year + 2, 12, 31),
            by=BY,
        )
        services.verify_certification(certification=certification, by=coordinator.actor)


def _bic(country: str) -> str:
    return f"DEMO{country}XX"


def _members(invented: DemoCooperative, cooperative: Cooperative) -> None:
    """Those whom the demo prints; elsewhere somebody who gets the orders, without a password."""
    own = [account for account in ACCOUNTS if account.cooperative == invented.slug]
    for account in own:
        user = User.objects.get(email=account.email)
        services.add_member(cooperative=cooperative, user=user, role=account.role, by=BY)
    if not own:
        manager = services.open_account(
            email=f"{invented.slug}@coop.example",
            name=invented.shown[0].person.latin,
            language="ar",
            proven=True,
            by=BY,
        )
        services.add_member(cooperative=cooperative, user=manager, role="manager", by=BY)


def _coordinator(programme: str) -> User:
    email = next(a.email for a in ACCOUNTS if a.role == "coordinator" and a.programme == programme)
    return User.objects.get(email=email)
