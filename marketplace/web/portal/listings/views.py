"""Pages of a cooperative's listings: each asks the catalogue one thing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.categories import CATEGORIES, Category
from catalog.content import RevisionContent, check
from catalog.errors import InvalidListing, PhotoRefused
from catalog.models import ListingRevision, RevisionState
from catalog.queries import workbench
from catalog.queries.workbench import Entry
from catalog.services import (
    correct_stock,
    pause_listing,
    propose,
    remove_listing,
    resume_listing,
    submit_revision,
)
from marketplace.core.errors import NotFound, TwizaError
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.listings.forms import (
    ListingForm,
    StockForm,
    initial_of,
    kept_photos,
)

# How many categories are shown before the others are asked for.
NEAR_CATEGORIES = 6
# Which field of the form answers for an error of the catalogue.
_FIELD_OF = {"weight": "weight_grams", "photo": "photos"}


@member_view("listing:read")
@require_GET
def list_listings(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """All listings as pictures, newest first, with what each waits for."""
    text = request.GET.get("q", "")[:80]
    page = workbench.listings(access.scope, text=text, page=request.GET.get("page", 1))
    context = {"access": access, "page": page, "entries": workbench.entries(page), "text": text}
    return render(request, "portal/listings/list.html", context)


@member_view("listing:read")
@require_GET
def show_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """One listing: where it stands, what the reviewer said, how many there are."""
    return _show(request, access, workbench.entry(access.scope, listing_id), status=200)


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def new_listing(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Write a new listing."""
    if request.method == "POST":
        return _keep(request, access, None)
    form = ListingForm(cooperative=access.cooperative, is_new=True)
    return _form_page(request, access, form, None)


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def edit_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Change a listing; what buyers see stays as it is until the change is approved."""
    entry = workbench.entry(access.scope, listing_id)
    if request.method == "POST":
        return _keep(request, access, entry)
    proposed = entry.revision.proposed
    initial = initial_of(proposed, get_language() or "ar")
    form = ListingForm(cooperative=access.cooperative, is_new=_is_new(entry), initial=initial)
    if "missing" in request.GET:
        form = _with_errors(form, initial, proposed, access, is_new=_is_new(entry))
    return _form_page(request, access, form, entry)


@member_view("listing:edit")
@require_POST
def submit_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Send a kept draft to the reviewer."""
    entry = workbench.entry(access.scope, listing_id)
    return _submit(request, access, entry.revision)


@member_view("stock:edit")
@require_POST
def correct_listing_stock(
    request: HttpRequest, access: MemberAccess, listing_id: UUID
) -> HttpResponse:
    """Say how many pieces lie in the store; no review is needed."""
    entry = workbench.entry(access.scope, listing_id)
    form = StockForm(request.POST)
    if not form.is_valid():
        return _show(request, access, entry, stock_form=form, status=422)
    try:
        correct_stock(
            variant_id=_size(entry, form.cleaned_data["variant"]),
            quantity=form.cleaned_data["quantity"],
            scope=access.scope,
            by=access.by,
        )
    except NotFound:
        raise
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved. Buyers see the new count."))
    return _to_listing(access, listing_id)


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Hide a listing for a while, after asking."""
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
    return _act(request, access, entry, resume_listing, _("It is in the shop again."))


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Take a listing out of the shop for good, after asking."""
    entry = workbench.entry(access.scope, listing_id)
    if request.method == "GET":
        context = {"access": access, "entry": entry, "act": "remove"}
        return render(request, "portal/listings/confirm.html", context)
    _act(request, access, entry, remove_listing, _("Removed. Orders already placed go on."))
    return redirect("portal:listings", cooperative=access.cooperative.slug)


@member_view("listing:read")
@require_GET
def show_photo(request: HttpRequest, access: MemberAccess, photo_id: UUID) -> FileResponse:  # noqa: ARG001
    """A photograph of this cooperative, published or not."""
    photo = workbench.photo(access.scope, photo_id)
    response = FileResponse(photo.file.open("rb"), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _keep(request: HttpRequest, access: MemberAccess, entry: Entry | None) -> HttpResponse:
    """Keep what was written; then send it to the reviewer if the member asked for that."""
    is_new = entry is None or _is_new(entry)
    form = ListingForm(request.POST, request.FILES, cooperative=access.cooperative, is_new=is_new)
    before = entry.revision.proposed if entry else None
    if not form.is_valid():
        return _form_page(request, access, form, entry, status=422)
    try:
        revision = propose(
            cooperative_id=access.cooperative.pk,
            listing=entry.listing if entry else None,
            content=form.content(before),
            quantity=form.pieces(before),
            photos=form.cleaned_data["photos"],
            keep=kept_photos(request.POST, before.media if before else []),
            by=access.by,
        )
    except PhotoRefused as error:
        form.add_error("photos", str(error))
        return _form_page(request, access, form, entry, status=422)
    if request.POST.get("then") == "submit":
        return _submit(request, access, revision)
    messages.success(request, _("Kept as a draft."))
    return _to_listing(access, revision.listing_id)


def _submit(request: HttpRequest, access: MemberAccess, revision: ListingRevision) -> HttpResponse:
    try:
        submit_revision(revision=revision, by=access.by)
    except InvalidListing:
        messages.warning(request, _("Kept as a draft. Something is still missing."))
        edit = redirect(
            "portal:listing-edit",
            cooperative=access.cooperative.slug,
            listing_id=revision.listing_id,
        )
        edit.headers["Location"] += "?missing=1"
        return edit
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved. Your companion reads it before it goes online."))
    return _to_listing(access, revision.listing_id)


def _act(
    request: HttpRequest, access: MemberAccess, entry: Entry, service: Any, told: str
) -> HttpResponse:
    try:
        service(listing=entry.listing, by=access.by)
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return _to_listing(access, entry.listing.pk)


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
    }
    return render(request, "portal/listings/show.html", context, status=status)


def _size(entry: Entry, variant_id: UUID | None) -> UUID:
    """The size that is counted; raises NotFound for one of another listing."""
    sizes = [variant.pk for variant in entry.listing.variants.all()]
    if variant_id is not None and variant_id not in sizes:
        raise NotFound
    return variant_id or sizes[0]


def _stock_forms(entry: Entry, answered: StockForm | None) -> list[tuple[str, StockForm]]:
    """A count for each size, with its name; a listing of one size needs no name."""
    sizes = list(entry.listing.variants.all())
    if len(sizes) < 2:  # noqa: PLR2004 -- one size
        on_hand = entry.page.quantity_on_hand if entry.page else 0
        return [("", answered or StockForm(initial={"quantity": on_hand}))]
    counted = dict(entry.page.offers.values_list("variant_id", "on_hand")) if entry.page else {}
    chosen = str(answered.data.get("variant", "")) if answered else ""
    return [
        (
            size.name or size.sku,
            answered
            if answered and chosen == str(size.pk)
            else StockForm(
                initial={"variant": size.pk, "quantity": counted.get(size.pk, 0)},
                auto_id=f"id_{size.pk.hex[:8]}_%s",
            ),
        )
        for size in sizes
    ]


def _form_page(
    request: HttpRequest,
    access: MemberAccess,
    form: ListingForm,
    entry: Entry | None,
    *,
    status: int = 200,
) -> HttpResponse:
    media = entry.revision.proposed.media if entry else []
    chosen = str(form["category"].value() or "")
    categories = _categories(access, chosen)
    context = {
        "access": access,
        "form": form,
        "entry": entry,
        "photos": media,
        "near_categories": categories[:NEAR_CATEGORIES],
        "other_categories": categories[NEAR_CATEGORIES:],
        "chosen": chosen,
    }
    return render(request, "portal/listings/form.html", context, status=status)


def _categories(access: MemberAccess, chosen: str) -> list[tuple[Category, str]]:
    """All categories with their names: the chosen one and the cooperative's own first."""
    near = {chosen, *workbench.used_categories(access.scope)}
    language = get_language() or "ar"
    ordered = sorted(CATEGORIES, key=lambda c: (c.slug != chosen, c.slug not in near))
    return [(category, category.name(language)) for category in ordered]


def _with_errors(
    form: ListingForm,
    initial: dict[str, Any],
    proposed: RevisionContent,
    access: MemberAccess,
    *,
    is_new: bool,
) -> ListingForm:
    """The form with what keeps the draft from being submitted."""
    bound = ListingForm(initial, cooperative=access.cooperative, is_new=is_new)
    if not bound.is_valid():
        return bound
    try:
        check(proposed)
    except InvalidListing as error:
        language = get_language() or "ar"
        fields = {
            **_FIELD_OF,
            "name": f"name_{language}",
            "description": f"description_{language}",
            "prices": f"price_{form.home.code}",
        }
        for key, message in error.errors.items():
            name = fields.get(key, key)
            bound.add_error(name if name in bound.fields else None, message)
    return bound


def _is_new(entry: Entry) -> bool:
    """Never in the shop so far: the count at its first publication can still be changed."""
    return entry.page is None and entry.revision.state in {
        RevisionState.DRAFT,
        RevisionState.SUBMITTED,
        RevisionState.RETURNED,
    }


def _to_listing(access: MemberAccess, listing_id: UUID) -> HttpResponse:
    return redirect("portal:listing", cooperative=access.cooperative.slug, listing_id=listing_id)
