"""Programmes, cooperatives and persons by their role, for tests of any room."""

from datetime import UTC, datetime
from itertools import count

from allauth.account.models import EmailAddress

from marketplace.core.actors import Actor
from tests.signing_in import enrol
from vendors.models import Cooperative, Membership, Programme, ShopGrant, StaffGrant, User
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


def make_user(name: str = "Somebody", *, email: str = "", password: str | None = None) -> User:
    """Somebody whose address is proven."""
    address = email or f"person{next(_numbers)}@example.org"
    return prove(User.objects.create_user(address, password, name=name))


def prove(user: User) -> User:
    """Note that the owner of an account's address has proven it."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


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


def make_shop_administrator() -> User:
    """Somebody who administers the whole shop, without a role in any programme."""
    return administer_shop(make_user("shop administrator"))


def administer_shop(user: User) -> User:
    enrol(user)
    ShopGrant.objects.create(user=user, is_first=True, effective_at=LONG_AGO)
    return user


def make_adviser(cooperative: Cooperative) -> User:
    """Somebody who advises one cooperative, without an end."""
    user = make_user(f"adviser of {cooperative.slug}")
    enrol(user)
    StaffGrant.objects.create(
        user=user,
        programme=cooperative.programme,
        role="adviser",
        cooperative=cooperative,
        from_on=LONG_AGO.date(),
        effective_at=LONG_AGO,
    )
    return user


def grant_to(
    user: User, programme: Programme, role: str, *, regions: tuple[str, ...] = ()
) -> StaffGrant:
    enrol(user)
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
    slug: str = "tamounte",
    *,
    region: str = "MA-09",
    name: str = "Tamounte",
    programme: Programme | None = None,
) -> Cooperative:
    """A cooperative whose page buyers see, in the first programme there is (or a new one)."""
    by = Actor.system("test")
    programme = programme or Programme.objects.order_by("slug").first() or make_programme()
    cooperative = make_cooperative(programme, slug, region=region)
    write_texts(cooperative=cooperative, language="fr", name=name, by=by)
    return publish_cooperative(cooperative=cooperative, by=by)
