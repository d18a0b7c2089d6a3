"""The checklist before the shop opens: each item is saved by itself, the whole is submitted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.versions import last_entry, version_of
from marketplace.web.meanwhile import Watched, save_unless_overtaken
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.admission.forms import IdentityForm, MembersForm, PlaceForm
from vendors import geography
from vendors.admission import communes, deciding, filling, queries
from vendors.admission.checklist import checklist
from vendors.admission.errors import BadFacts, NotYourTurn
from vendors.admission.given_facts import remarks_by_item
from vendors.models import Admission, Cooperative


@member_view("cooperative:read")
@require_safe
def show(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What is missing and why, what happened so far, and the button to submit."""
    own = access.cooperative
    admission = queries.admission_of(own)
    items = checklist(own)
    steps = queries.steps_of(admission) if admission else []
    context = {
        "admission": admission,
        "items": items,
        "done": sum(item.is_done for item in items),
        "is_complete": all(item.is_done for item in items),
        "steps": steps,
        "decision": queries.last_decision(steps),
        "remarks": _remarks(admission),
        "may_fill": access.allows("profile:edit") and admission and admission.is_fillable,
    }
    return render(request, "portal/admission/checklist.html", context)


@member_view("profile:edit")
@require_POST
def submit(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Hand it to the programme's staff."""
    carry_out(
        request,
        lambda: deciding.submit(cooperative=access.cooperative, by=access.by),
        _("Submitted. The programme reads it and answers you by e-mail."),
    )
    return _back(access)


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Names, sector and the numbers of the law."""
    own = access.cooperative
    current = filling.identity_of(own)
    return _item(
        request,
        access,
        "identity",
        lambda: IdentityForm(request.POST or None, current=current, cooperative=own),
        lambda form: filling.write_identity(
            cooperative=own, facts=form.values, by=access.by, version=version_of(current)
        ),
    )


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The commune and the pickup address."""
    own = access.cooperative
    kept = filling.place_of(own)
    current = {**kept, "commune": _commune_label(own)}
    return _item(
        request,
        access,
        "place",
        lambda: PlaceForm(request.POST or None, current=current, cooperative=own),
        lambda form: filling.write_place(
            cooperative=own, facts=form.facts, by=access.by, version=version_of(kept)
        ),
        region=geography.region_name(own.region_code, get_language() or "ar"),
    )


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Members by sex and age band."""
    own = access.cooperative
    known = queries.members_by_age(own)
    current = {
        f"{sex}_{band}": pair[index]
        for band, pair in known.items()
        for index, sex in enumerate(("women", "men"))
    }
    return _item(
        request,
        access,
        "members",
        lambda: MembersForm(request.POST or None, current=current),
        lambda form: filling.write_members(
            cooperative=own, counts=form.counts, by=access.by, version=version_of(known)
        ),
    )


def _item(
    request: HttpRequest,
    access: MemberAccess,
    name: str,
    make_form: Callable[[], Watched],
    save: Callable[[Watched], object],
    **context: Any,
) -> HttpResponse:
    """A page of one item: shown while it is the cooperative's turn, saved by itself."""
    own = access.cooperative
    admission = queries.admission_of(own)
    if admission is None or not admission.is_fillable:
        messages.info(request, _("This cannot be changed here now."))
        return _back(access)
    try:
        form, is_saved = save_unless_overtaken(
            make_form,
            lambda form: _beside_fields(form, save),
            lambda: last_entry(own, f"admission.{name}_written"),
        )
    except NotYourTurn as refusal:
        messages.error(request, str(refusal))
        return _back(access)
    if is_saved and not form.errors:
        messages.success(request, _("Saved."))
        return _back(access)
    shown = {"form": form, "remarks": _remarks(admission), **context}
    return render(request, f"portal/admission/{name}.html", shown, status=form.status)


def _beside_fields(form: Watched, save: Callable[[Watched], object]) -> None:
    """Save; what a service refuses stands beside its field."""
    try:
        save(form)
    except BadFacts as refused:
        for name, why in refused.errors.items():
            form.add_error(name if name in form.fields else None, str(why))


def _remarks(admission: Admission | None) -> dict[str, list[tuple[str, str]]]:
    if admission is None:
        return {}
    return remarks_by_item(admission.cooperative, queries.remarks_of(admission))


def _commune_label(own: Cooperative) -> str:
    found = geography.commune(own.commune_code)
    return communes.label_of(found, get_language() or "ar") if found else ""


def _back(access: MemberAccess) -> HttpResponse:
    return redirect("portal:admission", cooperative=access.cooperative.slug)
