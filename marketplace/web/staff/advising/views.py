"""Pages of an adviser's cooperatives and of visits."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.web.outcomes import saved
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.advising.advised_list import ADVISED
from marketplace.web.staff.advising.forms import VisitForm, filled
from marketplace.web.staff.advising.visit_list import VISITS
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from vendors import queries, services
from vendors.models import Cooperative, Visit


@list_view(ADVISED)
@require_safe
def list_advised(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The cooperatives of the scope, by what each lacks."""
    acting = (
        access.scope_for("cooperative:act").cooperative_ids
        if access.allows("cooperative:act")
        else ()
    )
    return show_staff_list(
        request, access, ADVISED, "staff/advising/advised.html", acting=frozenset(acting)
    )


@list_view(VISITS)
@require_safe
def list_visits(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All visits of the scope."""
    return show_staff_list(request, access, VISITS, "staff/advising/visits.html")


@staff_view("visit:log")
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """Log a visit of a cooperative."""
    own = queries.find_cooperative(access.scope, slug)
    session = queries.next_session(own.scope)
    initial = {"visited_on": timezone.localdate(), "session_number": session}
    form = VisitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _logged(form, own, access):
        messages.success(request, _("Visit logged."))
        return redirect("staff:advised", programme=access.programme.slug)
    context = {"form": form, "cooperative": own}
    return render(request, "staff/advising/log.html", context, status=422 if form.errors else 200)


@staff_view("cooperative:read")
@require_safe
def show_visit(request: HttpRequest, access: StaffAccess, visit_id: UUID) -> HttpResponse:
    """One visit, and what it said before it was corrected."""
    visit = queries.find_visit(access.scope, visit_id)
    context = {
        "visit": visit,
        "cooperative": visit.cooperative,
        "versions": queries.former_versions(visit),
        "may_correct": access.allows("visit:log") and visit.is_editable(access.user.pk),
    }
    return render(request, "staff/advising/visit.html", context)


@staff_view("visit:log")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, access: StaffAccess, visit_id: UUID) -> HttpResponse:
    """Correct one's own visit within a week."""
    visit = queries.find_visit(access.scope, visit_id)
    form = VisitForm(request.POST or None, initial=filled(visit))
    if request.method == "POST" and form.is_valid() and _corrected(form, visit, access):
        messages.success(request, _("Corrected. What it said before is kept."))
        return redirect("staff:visit", programme=access.programme.slug, visit_id=visit.pk)
    context = {"form": form, "cooperative": visit.cooperative, "visit": visit}
    return render(request, "staff/advising/log.html", context, status=422 if form.errors else 200)


def _logged(form: VisitForm, own: Cooperative, access: StaffAccess) -> bool:
    return saved(form, lambda: services.log_visit(cooperative=own, facts=form.facts, by=access.by))


def _corrected(form: VisitForm, visit: Visit, access: StaffAccess) -> bool:
    return saved(form, lambda: services.correct_visit(visit=visit, facts=form.facts, by=access.by))
