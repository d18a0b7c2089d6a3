"""Cooperatives: their pages with translations, their warehouses, open in every channel."""

from marketplace.moving.progress import Course
from marketplace.saleor import ids
from marketplace.saleor.kept_refusals import reason_in_words
from vendors.engine_copies import bring
from vendors.models import Cooperative, EngineCopy
from vendors.scoping import Crossing

STEP = "cooperatives"
AT_ONCE = 25


def move(course: Course) -> None:
    """Write those that the old engine has; one that is refused does not stop the others."""
    wanted = set(course.source.known(ids.PAGE)) | set(course.source.known(ids.WAREHOUSE))
    rows = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND).filter(pk__in=wanted)
    done = course.moved(STEP)
    left = [row for row in rows.order_by("slug") if row.pk not in done]
    for first in range(0, len(left), AT_ONCE):
        some = left[first : first + AT_ONCE]
        bring([row.pk for row in some])
        pages = ids.global_ids(ids.PAGE, [row.pk for row in some])
        stores = ids.global_ids(ids.WAREHOUSE, [row.pk for row in some])
        course.note(STEP, [(r.pk, r.slug) for r in some if r.pk in pages and r.pk in stores])
        for row in some:
            if row.pk not in pages or row.pk not in stores:
                course.refuse(STEP, row.pk, row.slug, _reason(row))
        course.tell(f"cooperatives: {len(done) + first + len(some)} of {len(wanted)}")


def _reason(cooperative: Cooperative) -> str:
    copy = EngineCopy.objects.within(cooperative.scope).first()
    return reason_in_words(copy.last_error) if copy else ""
