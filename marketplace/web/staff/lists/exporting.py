"""Starting the export of a list: a long job, with the right of the list's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core.errors import NotFound
from marketplace.web.guards import View
from marketplace.web.lists.asked import read
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.files import CONTENT_TYPES
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists.access import beside_list
from marketplace.web.staff.long_jobs.starting import start_job


def kind_name(declared: RowList) -> str:
    """The name of the long job that exports a list."""
    return f"list_{declared.name.replace('-', '_')}"


def exporting(declared: RowList) -> View:
    """Start the export of what the address asks for; nothing of it moves money."""

    @beside_list(declared)
    @require_POST
    def view(request: HttpRequest, access: StaffAccess) -> HttpResponse:
        ending = request.POST.get("ending", "")
        if ending not in CONTENT_TYPES:
            raise NotFound
        asked = read(declared, access, request.GET)
        page = reverse(f"staff:{declared.name}", kwargs={"programme": access.programme.slug})
        if asked.is_refused:
            return redirect(f"{page}?{request.GET.urlencode()}")
        if declared.holds_persons and asked.is_searched:
            text = _("This search may name a person and is not kept. Export without it.")
            messages.error(request, text)
            return redirect(f"{page}?{asked.query()}")
        return start_job(
            request,
            access,
            kind=kind_name(declared),
            parameters={"list": declared.name, "ending": ending, "query": asked.query()},
            page=f"{page}?{asked.query()}",
            whole_programme=declared.is_whole,
        )

    return view
