"""The long job that exports any list of staff."""

from marketplace.long_jobs.kinds import Result, Work
from marketplace.web.staff.lists.exporting import export
from marketplace.web.staff.lists.registry import LISTS


def export_list(work: Work) -> Result:
    """Write the list that the parameters name."""
    return export(work, LISTS[work.parameters["list"]])
