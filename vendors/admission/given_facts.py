"""What a cooperative has given, field by field: staff read it and remark on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vendors import geography
from vendors.admission.checklist import ItemCode, legal_kinds
from vendors.admission.communes import label_of
from vendors.admission.documents import asked_documents
from vendors.admission.queries import BANDS, members_by_age
from vendors.models import BankAccount, Cooperative
from vendors.queries.facts import seller_identifiers
from vendors.sectors import sector_name

OPTIONAL_PLACE = frozenset({"place_name_ar", "postal_code"})


@dataclass(frozen=True)
class GivenFact:
    """One field: the item that it belongs to, what it is called, what was given.

    Where it is not ``is_needed`` nothing is missing if nothing was given.
    """

    field: str
    item: str
    label: str
    value: str
    is_needed: bool = True


def given_facts(cooperative: Cooperative) -> list[GivenFact]:
    """All fields of the checklist in its order."""
    return [
        *_identity(cooperative),
        *_place(cooperative),
        *_members(cooperative),
        # One of both is enough.
        GivenFact("phone", ItemCode.CONTACT, _("Phone"), cooperative.phone, not cooperative.email),
        GivenFact("email", ItemCode.CONTACT, _("E-mail"), cooperative.email, not cooperative.phone),
        GivenFact("account", ItemCode.ACCOUNT, _("Bank account"), _account(cooperative)),
        *_documents(cooperative),
    ]


def remarks_by_item(
    cooperative: Cooperative, remarks: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """Remarks with the names of their fields, by the item where they stand."""
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in given_facts(cooperative) if remarks else []:
        if text := remarks.get(fact.field):
            found.setdefault(fact.item, []).append((fact.label, text))
    return found


def _identity(own: Cooperative) -> list[GivenFact]:
    known = seller_identifiers(own.pk, timezone.localdate())
    language = get_language() or "en"
    facts = [
        ("legal_name", _("Legal name"), own.legal_name),
        ("legal_name_latin", _("Legal name in Latin letters"), own.legal_name_latin),
        ("kind", _("Members"), str(own.get_kind_display() if own.kind else "")),
        ("sector", _("Sector"), sector_name(own.sector)),
        ("founded_year", _("Year founded"), str(own.founded_year or "")),
    ]
    return [
        *(GivenFact(name, ItemCode.IDENTITY, label, value) for name, label, value in facts),
        *(
            GivenFact(
                rule.kind, ItemCode.IDENTITY, rule.label(language), known.get(rule.kind, ""), needed
            )
            for rule, needed in legal_kinds(own.country_code)
        ),
    ]


def _place(own: Cooperative) -> list[GivenFact]:
    language = get_language() or "en"
    commune = geography.commune(own.commune_code)
    rural = _("rural") if own.is_rural else _("urban")
    facts = [
        ("commune", _("Commune"), label_of(commune, language) if commune else ""),
        ("place_name", _("Village or town"), own.place_name),
        ("place_name_ar", _("Village or town in Arabic"), own.place_name_ar),
        ("is_rural", _("Rural or urban"), rural),
        ("address_line", _("Pickup address"), own.address_line),
        ("postal_code", _("Postal code"), own.postal_code),
    ]
    return [
        GivenFact(name, ItemCode.PLACE, label, value, name not in OPTIONAL_PLACE)
        for name, label, value in facts
    ]


def _members(own: Cooperative) -> list[GivenFact]:
    known = members_by_age(own)
    return [
        GivenFact(
            f"members_{band.value}",
            ItemCode.MEMBERS,
            _("Members %(age)s") % {"age": band.label},
            _("%(women)s women, %(men)s men")
            % {"women": known[band.value][0], "men": known[band.value][1]},
        )
        for band in BANDS
    ]


def _documents(own: Cooperative) -> list[GivenFact]:
    language = get_language() or "en"
    found = []
    for asked in asked_documents(own):
        state = "" if asked.document is None else _("handed in")
        if asked.is_expired:
            state = _("expired")
        field, name = f"document_{asked.requirement.pk}", asked.requirement.name_in(language)
        found.append(GivenFact(field, ItemCode.DOCUMENTS, name, state))
    return found


def _account(own: Cooperative) -> str:
    accounts = BankAccount.objects.within(own.scope).filter(replaced_at__isnull=True)
    found = accounts.first()
    if found is None:
        return ""
    state = _("confirmed") if found.confirmed_at else _("not confirmed yet")
    return f"{found.holder_name} …{found.last_digits} ({state})"
