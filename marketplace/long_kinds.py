"""Name → long job: everything that a person can ask for and wait for stands here."""

from django.utils.translation import gettext_lazy as _

from marketplace.long_jobs.kinds import Kind
from marketplace.web.staff.lists.export_job import EXPORTS

KINDS: dict[str, Kind] = {
    "adoption": Kind("catalog.adoption.long_jobs.assign", _("Assign products of the shop")),
    "check_products": Kind("catalog.import_job.check_products", _("Check of products: %(name)s")),
    "import_products": Kind(
        "catalog.import_job.import_products", _("Import of products: %(name)s")
    ),
    "impact_details": Kind(
        "marketplace.impact.long_jobs.write_details",
        _("All figures by month, %(first)s to %(last)s"),
    ),
    # The exports of all lists.
    **EXPORTS,
}
