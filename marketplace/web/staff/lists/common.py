"""What lists of staff have in common: cooperatives, regions, currencies, search, addresses."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.markets import MARKETS
from marketplace.core.formats import western_digits
from marketplace.web.lists.columns import Column, attribute
from marketplace.web.lists.filters import Choice, Choices, Named
from marketplace.web.staff.access import StaffAccess
from vendors.geography import region_name, regions
from vendors.queries import cooperatives_called, names_to_offer


def link(name: str, **paths: str) -> Callable[[Any, Any], str]:
    """Leads to a page of staff; each of its parameters is the path of an attribute of the row."""

    def address(row: Any, access: StaffAccess) -> str:
        own = {key: attribute(row, path) for key, path in paths.items()}
        if any(value is None for value in own.values()):
            return ""
        return reverse(f"staff:{name}", kwargs={"programme": access.programme.slug, **own})

    return address


def cooperative(path: str = "cooperative", **changes: Any) -> Column:
    """The column of a cooperative's registered name."""
    prefix = f"{path}." if path else ""
    given = {"key": "cooperative", "heading": _("Cooperative"), "sort": True}
    return Column(**{**given, "value": f"{prefix}legal_name", **changes})


def region(path: str = "cooperative", *, shown: bool = False) -> Column:
    """The column of a cooperative's region, sorted by its code."""
    prefix = f"{path}." if path else ""
    return Column(
        key="region",
        heading=_("Region"),
        value=lambda row: region_label(attribute(row, f"{prefix}region_code") or ""),
        sort=[f"{prefix}region_code".replace(".", "__")],
        shown=shown,
    )


def by_cooperative(path: str = "cooperative") -> Named:
    """The filter by a cooperative's name; ``path`` is empty for cooperatives themselves."""
    return Named(
        key="cooperative",
        label=_("Cooperative"),
        path=path or "pk",
        found=lambda access, text: cooperatives_called(access.scope, text).values("pk"),
        names=lambda access: names_to_offer(access.scope),
        unknown=_("No cooperative of that name."),
    )


def by_region(path: str = "cooperative") -> Choice:
    """The filter by the regions that somebody may see."""
    column = f"{path}__region_code" if path else "region_code"
    return Choice(key="region", label=_("Region"), path=column, choices=region_choices)


def currency(path: str = "") -> Choice:
    """The filter by the currencies of a programme's countries and markets."""
    return Choice(key="currency", label=_("Currency"), path=path, choices=_currencies)


def home_currency(access: StaffAccess) -> str:
    """The currency of a programme's own accounts."""
    return access.programme.base_currency


def is_called(access: StaffAccess, word: str, path: str = "cooperative") -> Q:
    """Whether a row's cooperative has a word in its names."""
    return Q(**{f"{path or 'pk'}__in": cooperatives_called(access.scope, word).values("pk")})


def terms_of(text: str) -> list[str]:
    """The words of a search, with Western digits."""
    return western_digits(text).split()


def holds(*paths: str) -> Callable[[Any, str], Q]:
    """Whether a word stands in one of some columns."""
    return lambda _access, word: reduce(or_, (Q(**{f"{path}__icontains": word}) for path in paths))


def holds_or_called(*paths: str, path: str = "cooperative") -> Callable[[Any, str], Q]:
    """Whether a word stands in one of some columns, or in a name of the row's cooperative."""
    in_columns = holds(*paths)
    return lambda access, word: in_columns(access, word) | is_called(access, word, path)


def region_choices(access: StaffAccess) -> Choices:
    """The regions of a programme's countries that somebody may see, by name."""
    language, allowed = get_language() or "en", access.scope.region_codes
    return [
        (found.code, found.name(language))
        for country in access.programme.country_codes
        for found in regions(country)
        if not allowed or found.code in allowed
    ]


def region_label(code: str) -> str:
    """A region's name in the reader's language."""
    return region_name(code, get_language() or "en")


def _currencies(access: StaffAccess) -> Choices:
    found = {access.programme.base_currency: None}
    found |= dict.fromkeys(market.currency for market in MARKETS)
    return [(code, code) for code in found]
