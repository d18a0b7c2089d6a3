"""Programmes, cooperatives and persons by their role, for tests of any room."""

from datetime import UTC, datetime
from itertools import count

from marketplace.core.actors import Actor
from vendors.models import Cooperative, Membership, Programme, StaffGrant, User
from vendors.services import publish_cooperative, write_texts

_numbers = count(1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_programme(slug: str = "mourafaka") -> Programme:
    return Programme.objects.create(
        slug=slug,
        name_ar="مرافقة",
        name_fr="Mourafaka",
        name_en="Mourafaka",
        legal_payer="Office du développement",
        country_codes=["MA"],
        base_currency="MAD",
        languages=["ar", "fr"],
    )


def make_cooperative(
    programme: Programme, slug: str = "tamounte", *, region: str = "MA-09"
) -> Cooperative:
    return Cooperative.objects.create(
        programme=programme,
        slug=slug,
        legal_name=f"Coopérative {slug}",
        legal_name_latin=f"COOPERATIVE {slug.upper()}",
        kind="women",
        sector="argan",
        country_code="MA",
        region_code=region,
        place_name="Tafraout",
        address_line="Douar Aït Baha",
        payout_currency="MAD",
        status="active",
    )


def make_user(name: str = "Somebody") -> User:
    return User.objects.create_user(f"person{next(_numbers)}@example.org", name=name)


def make_member(cooperative: Cooperative, role: str = "manager") -> User:
    user = make_user(f"{role} of {cooperative.slug}")
    Membership.objects.create(user=user, cooperative=cooperative, role=role)
    return user


def make_staff(
    programme: Programme, role: str = "coordinator", *, regions: tuple[str, ...] = ()
) -> User:
    user = make_user(f"{role} of {programme.slug}")
    grant_to(user, programme, role, regions=regions)
    return user


def grant_to(
    user: User, programme: Programme, role: str, *, regions: tuple[str, ...] = ()
) -> StaffGrant:
    return StaffGrant.objects.create(
        user=user,
        programme=programme,
        role=role,
        region_codes=list(regions),
        granted_by=make_user("granter"),
        confirmed_by=make_user("confirmer"),
        effective_at=LONG_AGO,
    )


def make_published(
    slug: str = "tamounte", *, region: str = "MA-09", name: str = "Tamounte"
) -> Cooperative:
    """A cooperative whose page buyers see, in the first programme there is (or a new one)."""
    by = Actor.system("test")
    programme = Programme.objects.order_by("slug").first() or make_programme()
    cooperative = make_cooperative(programme, slug, region=region)
    write_texts(cooperative=cooperative, language="fr", name=name, by=by)
    return publish_cooperative(cooperative=cooperative, by=by)
