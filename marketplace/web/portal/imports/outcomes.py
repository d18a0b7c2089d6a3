"""What becomes of the rows of a file, in words for its page."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog.models import ProductFile
from catalog.picture_archives import WHY

PROBLEMS_SHOWN = 100

_KINDS = {
    "valid": "ok",
    "submitted": "ok",
    "imported": "ok",
    "draft": "info",
    "joined": "info",
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


def pictures_told(file: ProductFile) -> list[Outcome]:
    """What the rows say of pictures, and what came of it."""
    counts: dict[str, int] = file.found.get("pictures", {})
    has_run = "taken" in counts or "failed" in counts
    wanted = ("taken", "missing", "failed") if has_run else ("found", "addresses", "missing")
    kinds = {"found": "ok", "taken": "ok", "missing": "warn", "failed": "warn"}
    return [
        Outcome(_told_of_pictures(name, counts[name]), kinds.get(name, "info"))
        for name in wanted
        if name in counts
    ]


def problems_of_pictures(file: ProductFile) -> list[tuple[str, object]]:
    """Files of the ZIP that are not taken, with the reason."""
    return [(name, WHY.get(why, "")) for name, why in file.picture_problems[:PROBLEMS_SHOWN]]


def _told_of_pictures(name: str, count: int) -> str:
    told = {
        "found": ngettext(
            "%(count)s picture is in the ZIP", "%(count)s pictures are in the ZIP", count
        ),
        "addresses": ngettext(
            "%(count)s picture is fetched from its address",
            "%(count)s pictures are fetched from their addresses",
            count,
        ),
        "missing": ngettext(
            "%(count)s picture is missing", "%(count)s pictures are missing", count
        ),
        "taken": ngettext("%(count)s picture was taken", "%(count)s pictures were taken", count),
        "failed": ngettext(
            "%(count)s picture could not be used", "%(count)s pictures could not be used", count
        ),
    }
    return told[name] % {"count": count}


def outcome_name(outcome: str) -> str:
    """One row's outcome."""
    return {
        "valid": _("can be sent for review"),
        "submitted": _("sent for review"),
        "imported": _("in the shop"),
        "draft": pgettext("outcome of a row", "draft"),
        "joined": _("in its product’s listing"),
        "unchanged": _("imported before"),
        "waiting": _("not reached"),
        "skipped": _("cannot be used"),
        "failed": _("refused by the shop"),
    }[outcome]


# long: one phrase for each outcome
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
        "joined": ngettext(
            "%(count)s size or colour in its product’s listing",
            "%(count)s sizes or colours in their products’ listings",
            count,
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
