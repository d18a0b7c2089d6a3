"""Pages of a cooperative's listings: the list, one listing, its stock, pausing and removing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.content import errors_of
from catalog.errors import StockChanged
from catalog.models import RevisionState
from catalog.queries import workbench
from catalog.queries.workbench import Entry
from catalog.services import (
    correct_stock,
    pause_listing,
    remove_listing,
    resume_listing,
)
from marketplace.core.errors import NotFound, TwizaError
from marketplace.web.meanwhile import changeable
from marketplace.web.outcomes import carry_out
from marketplace.web.photographs import photograph
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.listings.editing import to_listing
from marketplace.web.portal.listings.forms import StockForm
from marketplace.web.portal.listings.saving import is_never_published
from marketplace.web.portal.offline.copies import kept_on_phones


@member_view("listing:read")
@require_GET
@kept_on_phones
def list_listings(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """All listings with pictures, newest first, with their state."""
    text = request.GET.get("q", "")[:80]
    page = workbench.listings(access.scope, text=text, page=request.GET.get("page", 1))
    context = {"access": access, "page": page, "entries": workbench.entries(page), "text": text}
    return render(request, "portal/listings/list.html", context)


@member_view("listing:read")
@require_GET
def show_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """One listing: state, the reviewer's remark, stock."""
    return _show(request, access, workbench.entry(access.scope, listing_id), status=200)


@member_view("stock:edit")
@require_POST
def correct_listing_stock(
    request: HttpRequest, access: MemberAccess, listing_id: UUID
) -> HttpResponse:
    """Set the stock in the warehouse; no review is needed."""
    entry = workbench.entry(access.scope, listing_id)
    form = StockForm(request.POST)
    if not form.is_valid():
        return _show(request, access, entry, stock_form=form, status=422)
    try:
        correct_stock(
            variant_id=_size(entry, form.cleaned_data["variant"]),
            quantity=form.cleaned_data["quantity"],
            seen=form.cleaned_data["seen"],
            scope=access.scope,
            by=access.by,
        )
    except NotFound:
        raise
    except StockChanged as error:
        data = changeable(form.data)
        data["seen"] = str(error.params["now"])
        form.data = data
        form.add_error("quantity", str(error))
        return _show(request, access, entry, stock_form=form, status=409)
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved. Buyers see the new quantity."))
    return to_listing(access, listing_id)


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Hide a listing for a while, after confirmation."""
    entry = workbench.entry(access.scope, listing_id)
    if request.method == "GET":
        context = {"access": access, "entry": entry, "act": "pause"}
        return render(request, "portal/listings/confirm.html", context)
    return _act(request, access, entry, pause_listing, _("Paused. Buyers no longer see it."))


@member_view("listing:edit")
@require_POST
def resume(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Show a paused listing again."""
    entry = workbench.entry(access.scope, listing_id)
    return _act(request, access, entry, resume_listing, _("It is back in the shop."))


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Remove a listing from the shop for good, after confirmation."""
    entry = workbench.entry(access.scope, listing_id)
    if request.method == "GET":
        context = {"access": access, "entry": entry, "act": "remove"}
        return render(request, "portal/listings/confirm.html", context)
    _act(
        request,
        access,
        entry,
        remove_listing,
        _("Removed. Orders already placed are not affected."),
    )
    return redirect("portal:listings", cooperative=access.cooperative.slug)


@member_view("listing:read")
@require_GET
def show_photo(request: HttpRequest, access: MemberAccess, photo_id: UUID) -> FileResponse:  # noqa: ARG001
    """A photograph of this cooperative, published or not."""
    photo = workbench.photo(access.scope, photo_id)
    return photograph(photo, cache_control="private, max-age=3600")


def _act(
    request: HttpRequest, access: MemberAccess, entry: Entry, service: Any, told: str
) -> HttpResponse:
    carry_out(request, lambda: service(listing=entry.listing, by=access.by), told)
    return to_listing(access, entry.listing.pk)


def _show(
    request: HttpRequest,
    access: MemberAccess,
    entry: Entry,
    *,
    stock_form: StockForm | None = None,
    status: int,
) -> HttpResponse:
    context = {
        "access": access,
        "entry": entry,
        "proposed": entry.revision.proposed,
        "stock_forms": _stock_forms(entry, stock_form),
        "is_open": entry.revision.state in workbench.OPEN,
        "missing": _missing(entry),
    }
    return render(request, "portal/listings/show.html", context, status=status)


def _missing(entry: Entry) -> list[str]:
    """What a draft still needs before it is in the shop as it should be."""
    proposed = entry.revision.proposed
    if entry.revision.state != RevisionState.DRAFT:
        return []
    found = list(errors_of(proposed).values())
    if is_never_published(entry) and not proposed.quantity:
        found.append(_("Enter the quantity in stock; without one it is shown as out of stock."))
    return found


def _size(entry: Entry, variant_id: UUID | None) -> UUID:
    """The variant to count; raises NotFound for one of another listing."""
    sizes = [variant.pk for variant in entry.listing.variants.all()]
    if variant_id is not None and variant_id not in sizes:
        raise NotFound
    return variant_id or sizes[0]


def _stock_forms(entry: Entry, answered: StockForm | None) -> list[tuple[str, StockForm]]:
    """A form for each variant, with its name; a single variant needs no name."""
    sizes = list(entry.listing.variants.all())
    if len(sizes) < 2:  # noqa: PLR2004 -- one size
        on_hand = entry.page.quantity_on_hand if entry.page else 0
        return [("", answered or StockForm(initial={"quantity": on_hand, "seen": on_hand}))]
    counted = dict(entry.page.offers.values_list("variant_id", "on_hand")) if entry.page else {}
    chosen = str(answered.data.get("variant", "")) if answered else ""
    return [
        (
            size.name or size.sku,
            answered
            if answered and chosen == str(size.pk)
            else StockForm(
                initial={
                    "variant": size.pk,
                    "quantity": counted.get(size.pk, 0),
                    "seen": counted.get(size.pk, 0),
                },
                auto_id=f"id_{size.pk.hex[:8]}_%s",
            ),
        )
        for size in sizes
    ]
