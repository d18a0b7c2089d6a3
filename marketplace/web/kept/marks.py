"""The mark of a form: for whom and on which page it was opened, signed.

Every form of the pages below has it beside its CSRF token. When the session has ended, the mark
still says whose the form is; what was typed is then kept for that person and for nobody else.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from marketplace.web.kept.limits import limit

FIELD = "form_mark"
_SALT = "kept.mark"
_DAY = 86_400
# Where forms are kept. In the shop it is the checkout: its other forms are buttons and a quantity,
# and a card's number and its code, typed on the pages of a payment provider, are never kept.
_WORKING_PAGES = {"portal", "staff"}
_SHOP_PAGES = ("checkout",)


@dataclass(frozen=True, slots=True)
class Mark:
    """``owner`` is a user's id, None for somebody who was not signed in."""

    owner: int | None
    page: str
    opening: str


def is_kept_address(request: HttpRequest) -> bool:
    """Whether a form that is sent here is kept when it cannot be saved."""
    match = request.resolver_match
    if match is None:
        return False
    if _WORKING_PAGES & set(match.namespaces):
        return True
    return "storefront" in match.namespaces and (match.url_name or "").startswith(_SHOP_PAGES)


def is_without_sign_in(request: HttpRequest) -> bool:
    """Whether somebody signed out goes on with this form: the checkout asks for no account."""
    match = request.resolver_match
    return match is not None and not _WORKING_PAGES & set(match.namespaces)


def mark_of_page(request: HttpRequest) -> str:
    """The mark for the forms of the page that is being made; one for all of them."""
    known: str | None = getattr(request, "_form_mark", None)
    if known is None:
        # A page that answers a form keeps the opening: it is the same form, in the same tab.
        before = read_mark(request.POST.get(FIELD, "")) if request.method == "POST" else None
        owner = request.user.pk if request.user.is_authenticated else None
        mark = {"u": owner, "p": _page(request, before), "o": secrets.token_urlsafe(9)}
        if before and before.owner == owner:
            mark["o"] = before.opening
        known = signing.dumps(mark, salt=_SALT)
        request._form_mark = known  # type: ignore[attr-defined] # noqa: SLF001 -- ours
    return known


def read_mark(signed: str) -> Mark | None:
    """The mark, None for one that is not ours or too old."""
    if not signed:
        return None
    try:
        read = signing.loads(signed, salt=_SALT, max_age=limit("mark_days") * _DAY)
        return Mark(read["u"], str(read["p"]), str(read["o"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def _page(request: HttpRequest, before: Mark | None) -> str:
    """Where the form is shown: a page that answers a form is the one that showed it."""
    return before.page if before else request.get_full_path()
