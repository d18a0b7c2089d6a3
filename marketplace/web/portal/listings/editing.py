"""Creating and changing a listing, and submitting it for review."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.categories import CATEGORIES, Category
from catalog.content import RevisionContent, check
from catalog.errors import InvalidListing
from catalog.markets import home_market
from catalog.models import ListingRevision
from catalog.photo_files import LARGEST_UPLOAD, RefusedPhoto
from catalog.queries import workbench
from catalog.queries.workbench import Entry
from catalog.services import (
    submit_revision,
)
from marketplace.core.errors import TwizaError
from marketplace.core.files import DiskFull
from marketplace.core.uploads import takes_files
from marketplace.web.kept.keeping import say_saved
from marketplace.web.meanwhile import save_unless_overtaken
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.listings.forms import (
    ListingForm,
    initial_of,
)
from marketplace.web.portal.listings.refused_photos import carry_refused, take_refused
from marketplace.web.portal.listings.saving import Attempt, is_never_published

# The number of categories shown before the others are requested.
NEAR_CATEGORIES = 6


# The form's field for an error of the catalogue.
_FIELD_OF = {"weight": "weight_grams", "photo": "photos"}


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
@takes_files(LARGEST_UPLOAD)
def new_listing(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Create a listing."""
    if request.method == "POST":
        return _save(request, access, None)
    form = ListingForm(cooperative=access.cooperative, is_new=True)
    return _form_page(request, access, form, None)


@member_view("listing:edit")
@require_http_methods(["GET", "POST"])
@takes_files(LARGEST_UPLOAD)
def edit_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Change a listing; what buyers see stays as it is until the change is approved."""
    if request.method == "POST":
        return _save(request, access, listing_id)
    entry = workbench.entry(access.scope, listing_id)
    proposed = entry.revision.proposed
    initial = initial_of(
        proposed, get_language() or "ar", home_market(access.cooperative.country_code)
    )
    is_new = is_never_published(entry)
    form = ListingForm(cooperative=access.cooperative, is_new=is_new, current=initial)
    if "missing" in request.GET:
        form = _with_errors(form, initial, proposed, access, is_new=is_new)
    return _form_page(request, access, form, entry, refused=take_refused(request, listing_id))


@member_view("listing:edit")
@require_POST
def submit_listing(request: HttpRequest, access: MemberAccess, listing_id: UUID) -> HttpResponse:
    """Submit a saved draft for review."""
    entry = workbench.entry(access.scope, listing_id)
    return _submit(request, access, entry.revision)


def _save(request: HttpRequest, access: MemberAccess, listing_id: UUID | None) -> HttpResponse:
    """Save the draft; then submit it for review if the member chose so."""
    attempt = Attempt(request, access, listing_id)
    try:
        form, is_saved = save_unless_overtaken(attempt.make_form, attempt.save, attempt.last_change)
    except DiskFull as full:
        messages.error(request, str(full))
        return _form_page(request, access, attempt.make_form(), attempt.entry, status=full.status)
    if not is_saved:
        status = 409 if form.overtaken else 422
        return _form_page(request, access, form, attempt.entry, status=status)
    revision = attempt.revision
    assert revision is not None
    if attempt.refused:
        return _tell_refused(request, access, revision, attempt.refused)
    if request.POST.get("then") == "submit":
        return _submit(request, access, revision)
    messages.success(request, _("Saved as a draft."))
    return to_listing(access, revision.listing_id)


def _tell_refused(
    request: HttpRequest,
    access: MemberAccess,
    revision: ListingRevision,
    refused: list[RefusedPhoto],
) -> HttpResponse:
    """Everything else is saved: the form names the photographs that were not, with the reasons."""
    carry_refused(request, revision.listing_id, refused)
    messages.warning(request, _("Saved as a draft, without these photos. Choose others."))
    say_saved(request)
    return _to_form(access, revision)


def _submit(request: HttpRequest, access: MemberAccess, revision: ListingRevision) -> HttpResponse:
    try:
        submit_revision(revision=revision, by=access.by)
    except InvalidListing:
        messages.warning(request, _("Saved as a draft. Some information is missing."))
        edit = _to_form(access, revision)
        edit.headers["Location"] += "?missing=1"
        return edit
    except TwizaError as error:
        messages.error(request, str(error))
        say_saved(request)
    else:
        messages.success(request, _("Saved. Your adviser reviews it before it goes online."))
    return to_listing(access, revision.listing_id)


def _form_page(
    request: HttpRequest,
    access: MemberAccess,
    form: ListingForm,
    entry: Entry | None,
    *,
    status: int = 200,
    refused: Sequence[str] = (),
) -> HttpResponse:
    media = entry.revision.proposed.media if entry else []
    chosen = str(form["category"].value() or "")
    categories = _categories(access, chosen)
    context = {
        "access": access,
        "form": form,
        "entry": entry,
        "photos": media,
        "refused_photos": refused,
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
    """The form with the errors that prevent submission."""
    bound = ListingForm(
        form.initial, cooperative=access.cooperative, is_new=is_new, current=initial
    )
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


def _to_form(access: MemberAccess, revision: ListingRevision) -> HttpResponse:
    return redirect(
        "portal:listing-edit",
        cooperative=access.cooperative.slug,
        listing_id=revision.listing_id,
    )


def to_listing(access: MemberAccess, listing_id: UUID) -> HttpResponse:
    return redirect("portal:listing", cooperative=access.cooperative.slug, listing_id=listing_id)
