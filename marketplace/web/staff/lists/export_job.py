"""The long jobs that export lists of staff, with the rights that the person has when they run."""

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from marketplace.core.errors import TwizaError
from marketplace.long_jobs.kinds import Kind, Result, Work
from marketplace.web.lists.asked import read
from marketplace.web.lists.files import CONTENT_TYPES, write_file
from marketplace.web.staff.lists.access import access_to
from marketplace.web.staff.lists.exporting import kind_name
from marketplace.web.staff.lists.registry import LISTS


class NoLongerAsked(TwizaError):
    """A filter of the export is not offered to the person any more."""

    code = "list_export_unreadable"
    message = gettext_lazy("These filters no longer fit your role. Filter the list again.")


# A kind of long job for each list, called as the list is.
EXPORTS: dict[str, Kind] = {
    kind_name(declared): Kind(f"{__name__}.export_list", declared.title)
    for declared in LISTS.values()
    if declared.in_files
}


def export_list(work: Work) -> Result:
    """Write a list as it was asked for; raises NoLongerAsked."""
    declared = LISTS[work.parameters["list"]]
    access = access_to(declared, work.access.user, work.access.programme.slug)
    asked = read(declared, access, QueryDict(work.parameters["query"]))
    if asked.is_refused:
        raise NoLongerAsked
    ending = work.parameters["ending"]
    write_file(asked, ending, work.target, work.progress)
    day = timezone.localdate().isoformat()
    return Result(f"{access.programme.slug}-{declared.name}-{day}.{ending}", CONTENT_TYPES[ending])
