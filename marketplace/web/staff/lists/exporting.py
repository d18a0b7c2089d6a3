"""The export of a list, as a long job with the rights that the person has when it runs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.core.errors import NotFound, TwizaError
from marketplace.long_jobs.kinds import Kind, Result, Work
from marketplace.web.guards import View
from marketplace.web.lists.asked import read
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.files import CONTENT_TYPES, write_file
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists.access import access_to, list_view
from marketplace.web.staff.long_jobs.starting import start_job


class NoLongerAsked(TwizaError):
    """A filter of the export is not offered to the person any more."""

    code = "list_export_unreadable"
    message = gettext_lazy("These filters no longer fit your role. Filter the list again.")


def kind_name(declared: RowList) -> str:
    """The name of the long job that exports a list."""
    return f"list_{declared.name.replace('-', '_')}"


def kinds_of(lists: dict[str, RowList]) -> dict[str, Kind]:
    """A kind of long job for each list, called as the list is."""
    path = "marketplace.web.staff.lists.export_job.export_list"
    return {
        kind_name(declared): Kind(path, declared.title)
        for declared in lists.values()
        if declared.in_files
    }


def exporting(declared: RowList) -> View:
    """Start the export of what the address asks for; nothing of it moves money."""

    @list_view(declared)
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


def export(work: Work, declared: RowList) -> Result:
    """Write a list as it was asked for, with the rights of now; raises NoLongerAsked."""
    access = access_to(declared, work.access.user, work.access.programme.slug)
    asked = read(declared, access, QueryDict(work.parameters["query"]))
    if asked.is_refused:
        raise NoLongerAsked
    ending = work.parameters["ending"]
    write_file(asked, ending, work.target, work.progress)
    day = timezone.localdate().isoformat()
    return Result(f"{access.programme.slug}-{declared.name}-{day}.{ending}", CONTENT_TYPES[ending])
