"""What becomes of the rows of a file, in words for its page."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog.models import ProductFile

_KINDS = {
    "valid": "ok",
    "submitted": "ok",
    "imported": "ok",
    "draft": "info",
    "unchanged": "",
    "waiting": "warn",
    "skipped": "bad",
    "failed": "bad",
}


class Outcome(NamedTuple):
    """So many rows of one outcome, said in words, with the colour of its badge."""

    text: str
    kind: str


def outcomes(file: ProductFile) -> list[Outcome]:
    """The outcomes of the file's rows, good news first."""
    counts: dict[str, int] = file.found.get("counts", {})
    return [Outcome(_told(name, counts[name]), _KINDS[name]) for name in _KINDS if name in counts]


def outcome_name(outcome: str) -> str:
    """One row's outcome."""
    return {
        "valid": _("can be sent for review"),
        "submitted": _("sent for review"),
        "imported": _("in the shop"),
        "draft": pgettext("outcome of a row", "draft"),
        "unchanged": _("imported before"),
        "waiting": _("not reached"),
        "skipped": _("cannot be used"),
        "failed": _("refused by the shop"),
    }[outcome]


def _told(outcome: str, count: int) -> str:
    told = {
        "valid": ngettext(
            "%(count)s row can be sent for review",
            "%(count)s rows can be sent for review",
            count,
        ),
        "submitted": ngettext(
            "%(count)s product waits for review", "%(count)s products wait for review", count
        ),
        "imported": ngettext(
            "%(count)s product is in the shop", "%(count)s products are in the shop", count
        ),
        "draft": ngettext(
            "%(count)s draft that lacks something", "%(count)s drafts that lack something", count
        ),
        "unchanged": ngettext(
            "%(count)s row imported before", "%(count)s rows imported before", count
        ),
        "waiting": ngettext("%(count)s row not reached", "%(count)s rows not reached", count),
        "skipped": ngettext("%(count)s row cannot be used", "%(count)s rows cannot be used", count),
        "failed": ngettext(
            "%(count)s row refused by the shop", "%(count)s rows refused by the shop", count
        ),
    }
    return told[outcome] % {"count": count}
