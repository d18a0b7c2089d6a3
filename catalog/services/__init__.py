"""Use cases that change listings: cooperatives propose, staff decide, approved ones are applied."""

from catalog.photos import add_photo
from catalog.services.applying import apply_revision, apply_waiting
from catalog.services.bulk import NewListing, apply_first_revisions, start_approved
from catalog.services.import_outcomes import ImportReport, RowReport
from catalog.services.import_review import check_for_review, import_for_review
from catalog.services.importing import import_listings
from catalog.services.proposing import propose
from catalog.services.revisions import (
    approve_by_rule,
    approve_revision,
    return_revision,
    save_draft,
    start_listing,
    submit_revision,
)
from catalog.services.stock import correct_stock
from catalog.services.visibility import pause_listing, remove_listing, resume_listing

__all__ = [
    "ImportReport",
    "NewListing",
    "RowReport",
    "add_photo",
    "apply_first_revisions",
    "apply_revision",
    "apply_waiting",
    "approve_by_rule",
    "approve_revision",
    "check_for_review",
    "correct_stock",
    "import_for_review",
    "import_listings",
    "pause_listing",
    "propose",
    "remove_listing",
    "resume_listing",
    "return_revision",
    "save_draft",
    "start_approved",
    "start_listing",
    "submit_revision",
]
