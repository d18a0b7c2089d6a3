"""The cooperative presents its members: adds, edits, orders and takes them away."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.photo_files import LARGEST_BYTES
from marketplace.core.uploads import takes_files
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.photographs import photograph
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.people.forms import PersonForm, initial_of
from vendors import queries, services
from vendors.models import ShownMember

REFUSED = 422
_THUMB = 160


@member_view("profile:edit")
@require_GET
def list_people(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Everybody who is presented, in the order of the page."""
    language = get_language() or "en"
    rows = queries.shown_members(access.scope)
    context = {
        "people": [(row, queries.shown_person(row, language)) for row in rows],
        "has_room": len(rows) < services.MOST_SHOWN,
        "most": services.MOST_SHOWN,
    }
    return render(request, "portal/people/list.html", context)


@member_view("profile:edit")
@takes_files(LARGEST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Present another member."""
    form = PersonForm(request.POST or None, request.FILES or None)
    cooperative = access.cooperative
    return _form_page(
        request,
        access,
        form,
        lambda photo: services.show_member(
            cooperative=cooperative, facts=form.facts, photo=photo, by=access.by
        ),
    )


@member_view("profile:edit")
@takes_files(LARGEST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: HttpRequest, access: MemberAccess, person_id: int) -> HttpResponse:
    """Change what is shown of a member, who agrees to it anew."""
    member = queries.find_shown_member(access.scope, person_id)
    form = PersonForm(
        request.POST or None, request.FILES or None, member=member, initial=initial_of(member)
    )
    return _form_page(
        request,
        access,
        form,
        lambda photo: services.change_shown_member(
            member=member,
            facts=form.facts,
            photo=photo,
            removes_photo=bool(form.cleaned_data.get("removes_photo")),
            by=access.by,
        ),
        member,
    )


@member_view("profile:edit")
@require_POST
def move_up(request: HttpRequest, access: MemberAccess, person_id: int) -> HttpResponse:
    """Show a member one place earlier."""
    member = queries.find_shown_member(access.scope, person_id)
    carry_out(request, lambda: services.move_member_up(member=member, by=access.by), _("Moved up."))
    return _back(access)


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_person(request: HttpRequest, access: MemberAccess, person_id: int) -> HttpResponse:
    """No longer present a member, after asking."""
    member = queries.find_shown_member(access.scope, person_id)
    if request.method == "POST":
        carry_out(
            request,
            lambda: services.stop_showing_member(member=member, by=access.by),
            _("Taken away. Name, words and photo are deleted."),
        )
        return _back(access)
    return render(request, "portal/people/remove.html", {"member": member})


@member_view("profile:edit")
@require_GET
def show_photo(request: HttpRequest, access: MemberAccess, person_id: int) -> FileResponse:  # noqa: ARG001
    """The photograph as a thumb, also before the page is published."""
    member = queries.find_shown_member(access.scope, person_id)
    if not member.file:
        raise Http404
    return photograph(member, cache_control="private, no-store", width=_THUMB)


def _form_page(
    request: HttpRequest,
    access: MemberAccess,
    form: PersonForm,
    save: Callable[[bytes | None], object],
    member: ShownMember | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        photo = form.read_photo()
        if not form.errors and saved(form, lambda: save(photo)):
            messages.success(request, _("Saved."))
            return _back(access)
    context = {"form": form, "member": member}
    status = REFUSED if form.errors else 200
    return render(request, "portal/people/person.html", context, status=status)


def _back(access: MemberAccess) -> HttpResponse:
    return redirect("portal:people", cooperative=access.cooperative.slug)
