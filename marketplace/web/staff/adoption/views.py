"""Products that the store already had: assign some to a cooperative, release one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.adoption import workbench
from catalog.adoption.planning import ADOPT, Decision
from catalog.adoption.releasing import release as release_listing
from catalog.errors import NotAdoptable
from marketplace.core.errors import TwizaError
from marketplace.web.staff.access import ShopAccess, StaffAccess, shop_view, staff_view
from marketplace.web.staff.adoption.adopted_list import ASSIGNED
from marketplace.web.staff.adoption.forms import FindForm, GiveForm
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.long_jobs.starting import start_job
from vendors.models import Cooperative, CooperativeStatus

# What the work needs of the form.
GIVEN = ("products", "cooperative", "category")


@shop_view("product:assign")
@require_safe
def list_unassigned(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """The store's unassigned products, 25 at a time."""
    return _list(request, GiveForm(cooperatives=_cooperatives(access)))


@shop_view("product:assign")
@require_POST
def confirm(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """Preview of the chosen products' adoption."""
    form, cooperatives = _answered(request, access)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        decisions = _proposed(form, cooperatives)
    except TwizaError as error:
        messages.error(request, str(error))
        return redirect("staff:adoption", programme=access.programme.slug)
    context = {
        "form": form,
        "decisions": decisions,
        "cooperative": cooperatives[form.cleaned_data["cooperative"]],
        "wanted": [made for made in decisions if made.outcome == ADOPT],
    }
    return render(request, "staff/adoption/confirm.html", context)


@shop_view("product:assign")
@require_POST
def give(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """Start their adoption, and go to the page that shows how far it is."""
    form, _cooperatives_of_form = _answered(request, access)
    if not form.is_valid():
        return _list(request, form, status=422)
    # Who administers the shop may have no role in this programme.
    after = "staff:adoption-given" if access.allows("cooperative:edit") else "staff:adoption"
    return start_job(
        request,
        access,
        kind="adoption",
        parameters={name: form.cleaned_data[name] for name in GIVEN},
        page=reverse(after, kwargs={"programme": access.programme.slug}),
    )


@list_view(ASSIGNED)
@require_safe
def list_adopted(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Adopted products within the staff member's scope."""
    return show_staff_list(request, access, ASSIGNED, "staff/adoption/given.html")


@staff_view("cooperative:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, access: StaffAccess, listing_id: UUID) -> HttpResponse:
    """Return a product to the store, after confirmation."""
    try:
        listing = workbench.adopted_listing(access.scope, listing_id)
    except NotAdoptable as error:
        messages.error(request, str(error))
        return redirect("staff:adoption-given", programme=access.programme.slug)
    if request.method != "POST":
        return render(request, "staff/adoption/release.html", {"listing": listing})
    try:
        units = release_listing(listing, by=access.by)
    except TwizaError as error:
        messages.error(request, str(error))
    else:
        message = _("Returned to the shop, with %(units)s items.")
        messages.success(request, message % {"units": units})
    return redirect("staff:adoption-given", programme=access.programme.slug)


def _list(request: HttpRequest, form: GiveForm, *, status: int = 200) -> HttpResponse:
    find = FindForm(request.GET)
    text = find.cleaned_data["q"] if find.is_valid() else ""
    try:
        found = workbench.unassigned(search=text, after=request.GET.get("after", ""))
    except TwizaError as error:
        messages.error(request, str(error))
        found = workbench.Unassigned([], "", 0)
    context = {"find": find, "form": form, "found": found, "q": text}
    return render(request, "staff/adoption/list.html", context, status=status)


def _answered(request: HttpRequest, access: ShopAccess) -> tuple[GiveForm, dict[str, Cooperative]]:
    cooperatives = _cooperatives(access)
    return GiveForm(request.POST, cooperatives=cooperatives), cooperatives


def _proposed(form: GiveForm, cooperatives: dict[str, Cooperative]) -> list[Decision]:
    answers = form.cleaned_data
    owner = cooperatives[answers["cooperative"]]
    return workbench.proposed(answers["products"], owner, category=answers["category"])


def _cooperatives(access: ShopAccess) -> dict[str, Cooperative]:
    """Active cooperatives of the programme."""
    rows = Cooperative.objects.within(access.programme_scope).filter(
        status=CooperativeStatus.ACTIVE
    )
    return {row.slug: row for row in rows.order_by("legal_name")}
