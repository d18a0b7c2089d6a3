"""Stage of programmes, their commission, and the accounts that the demo prints."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from marketplace.demo.accounts import ACCOUNTS, ADVISER, PASSWORD, Account
from marketplace.demo.signing_in import IN_OFFICE, prepare_signing_in
from marketplace.demo.stages import BY, payers
from marketplace.demo.world.bank_numbers import account_number
from marketplace.demo.world.chance import stream
from marketplace.demo.world.cooperatives import MOROCCO, NEIGHBOURS
from marketplace.legal.services import set_contact
from marketplace.payouts.services import set_commission
from vendors import services
from vendors.accounts import User
from vendors.models import Programme

COMMISSION_BP = 800
CRAFT_COMMISSION_BP = 600
FIRST_DAY = date(2024, 1, 1)
CONTACTS = {
    MOROCCO: {"email": "mourafaka@twiza.example", "phone": "+212537000010"},
    NEIGHBOURS: {"email": "jisr@twiza.example", "phone": "+21671000010"},
}
HOURS = {
    "ar": "من الاثنين إلى الجمعة، من 9:00 إلى 17:00",
    "fr": "du lundi au vendredi, de 9 h à 17 h",
    "en": "Monday to Friday, 9:00 to 17:00",
}


@transaction.atomic
def make(_first: int, _last: int, begun_at: datetime) -> None:
    """The programmes and everybody who works in them."""
    if Programme.objects.exists():
        return
    programmes = {programme.slug: programme for programme in (_morocco(), _neighbours())}
    for programme in programmes.values():
        _introduce(programme)
        set_commission(
            programme_id=programme.pk,
            rate_bp=COMMISSION_BP,
            valid_from=FIRST_DAY,
            source="invented agreement of the demo",
            by=BY,
        )
        set_commission(
            programme_id=programme.pk,
            category_slug="rugs",
            rate_bp=CRAFT_COMMISSION_BP,
            valid_from=FIRST_DAY,
            source="invented agreement of the demo, weaving",
            by=BY,
        )
    for_shop = [_account_user("direction@twiza.example", "Habiba El Haouari", "fr")]
    for account in ACCOUNTS:
        user = _account_user(account.email, account.name, account.language)
        if account.programme and account.email != ADVISER:
            _grant(account, user, programmes[account.programme], begun_at)
        if account.administers_shop:
            for_shop.append(user)
    services.appoint_first(users=for_shop, by=BY)
    _let_sign_in(begun_at)


def _introduce(programme: Programme) -> None:
    """Under which numbers its payer is registered, and how buyers reach it."""
    payers.name(programme, FIRST_DAY)
    set_contact(programme=programme, values=CONTACTS[programme.slug], hours=HOURS, by=BY)


def _let_sign_in(begun_at: datetime) -> None:
    """One password for all, hashed once: that is meant to take long."""
    User.objects.update(password=make_password(PASSWORD))
    prepare_signing_in(begun_at)


def _account_user(email: str, name: str, language: str) -> User:
    return services.open_account(email=email, name=name, language=language, proven=True, by=BY)


def _grant(account: Account, user: User, programme: Programme, begun_at: datetime) -> None:
    # Appointed and backdated, as an operator may: from the demo's start it would begin too late.
    services.grant_role(
        programme=programme,
        user=user,
        role=account.role,
        region_codes=account.regions,
        effective_at=begun_at - IN_OFFICE,
        by=BY,
    )


def _morocco() -> Programme:
    return services.create_programme(
        slug=MOROCCO,
        names={"ar": "برنامج مرافقة (عرض)", "fr": "Mourafaka (démo)", "en": "Mourafaka (demo)"},
        legal_payer="Office imaginaire de la coopération",
        country_codes=["MA"],
        base_currency="MAD",
        languages=["ar", "fr"],
        debtor_account=account_number(stream("programme", MOROCCO), "MA"),
        debtor_bic="BCMAMAMC",
        by=BY,
    )


def _neighbours() -> Programme:
    return services.create_programme(
        slug=NEIGHBOURS,
        names={"ar": "برنامج جسر (عرض)", "fr": "Jisr (démo)", "en": "Jisr (demo)"},
        legal_payer="Union imaginaire des coopératives",
        country_codes=["EG", "TN", "SN", "JO"],
        base_currency="EUR",
        time_zone="Africa/Tunis",
        languages=["ar", "fr", "en"],
        debtor_account=account_number(stream("programme", NEIGHBOURS), "TN"),
        debtor_bic="BIATTNTT",
        by=BY,
    )
