"""What is missing before a cooperative's shop can open: an item for each thing that is asked."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.core.postal_addresses import BadAddress, PostalAddress, read_address
from vendors import geography
from vendors.admission.documents import AskedDocument, asked_documents
from vendors.legal_mentions import SELLER, Mention, mentions_for
from vendors.models import BankAccount, Cooperative
from vendors.queries.facts import seller_identifiers

# The register that gives a cooperative its existence in law is asked for wherever there is one.
REGISTER = "rc"


class ItemCode(TextChoices):
    """One thing that is asked, saved by itself."""

    IDENTITY = "identity", gettext_lazy("Who you are by law")
    PLACE = "place", gettext_lazy("Where you are")
    MEMBERS = "members", gettext_lazy("Your members")
    CONTACT = "contact", gettext_lazy("How you are reached")
    ACCOUNT = "account", gettext_lazy("Your bank account")
    DOCUMENTS = "documents", gettext_lazy("Your documents")


REASONS: dict[str, Promise] = {
    ItemCode.IDENTITY: gettext_lazy(
        "The law requires it: it stands on your invoices, and on your page as the one who sells."
    ),
    ItemCode.PLACE: gettext_lazy(
        "The carrier picks up your parcels there, and buyers find you by your region."
    ),
    ItemCode.MEMBERS: gettext_lazy(
        "The programme reports how many women and young people it supports. It keeps counts only, "
        "no names and no identity cards."
    ),
    ItemCode.CONTACT: gettext_lazy("We tell you of orders, and the programme can call you."),
    ItemCode.DOCUMENTS: gettext_lazy("The programme checks them. Only you and its staff see them."),
    ItemCode.ACCOUNT: gettext_lazy(
        "Your sales are paid to it. A second person confirms the number."
    ),
}


@dataclass(frozen=True)
class Item:
    """An item of the list: what it is, why it is asked, what of it is missing."""

    code: str
    label: str
    why: str
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        return not self.missing


def checklist(cooperative: Cooperative) -> list[Item]:
    """All items, in the order in which they are asked."""
    found = {
        ItemCode.IDENTITY: _identity(cooperative),
        ItemCode.PLACE: _place(cooperative),
        ItemCode.MEMBERS: [] if cooperative.member_count else [_("how many members you have")],
        ItemCode.CONTACT: _contact(cooperative),
        ItemCode.ACCOUNT: _account(cooperative),
    }
    # A programme that asks for none has no such item.
    if asked := asked_documents(cooperative):
        found[ItemCode.DOCUMENTS] = _documents(asked)
    return [
        Item(code.value, str(code.label), str(REASONS[code]), tuple(missing))
        for code, missing in found.items()
    ]


def is_complete(cooperative: Cooperative) -> bool:
    """Whether nothing is missing."""
    return all(item.is_done for item in checklist(cooperative))


def legal_kinds(country: str) -> list[tuple[Mention, bool]]:
    """The numbers that a cooperative of a country is asked for, and whether each is needed."""
    rules = mentions_for(country, SELLER, timezone.localdate())
    return [(rule, rule.is_required or rule.kind == REGISTER) for rule in rules]


def _identity(cooperative: Cooperative) -> list[str]:
    asked = [
        (cooperative.legal_name, _("the legal name")),
        (cooperative.legal_name_latin, _("the legal name in Latin letters")),
        (cooperative.kind, _("who the members are")),
        (cooperative.sector, _("the sector")),
        (cooperative.founded_year, _("the year founded")),
    ]
    missing = [label for value, label in asked if not value]
    known = seller_identifiers(cooperative.pk, timezone.localdate())
    language = get_language() or "en"
    missing += [
        rule.label(language)
        for rule, is_needed in legal_kinds(cooperative.country_code)
        if is_needed and not known.get(rule.kind)
    ]
    return missing


def _place(cooperative: Cooperative) -> list[str]:
    missing = []
    has_communes = bool(geography.communes(cooperative.region_code))
    if has_communes and not geography.commune(cooperative.commune_code):
        missing.append(_("the commune"))
    elif not cooperative.place_name:
        missing.append(_("the village or town"))
    if not cooperative.address_line:
        missing.append(_("the pickup address"))
    if missing:
        return missing
    try:
        read_address(pickup_address(cooperative))
    except BadAddress:
        missing.append(_("a pickup address that the carrier finds"))
    return missing


def pickup_address(cooperative: Cooperative) -> PostalAddress:
    """Where its parcels are picked up."""
    return PostalAddress(
        country_code=cooperative.country_code,
        line1=cooperative.address_line,
        city=cooperative.place_name,
        postal_code=cooperative.postal_code,
    )


def _documents(asked: list[AskedDocument]) -> list[str]:
    language = get_language() or "en"
    return [one.requirement.name_in(language) for one in asked if one.is_missing]


def _contact(cooperative: Cooperative) -> list[str]:
    is_reached = cooperative.phone or cooperative.email
    return [] if is_reached else [_("a phone number or an e-mail address")]


def _account(cooperative: Cooperative) -> list[str]:
    accounts = BankAccount.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    return [] if accounts.exists() else [_("the account number")]
