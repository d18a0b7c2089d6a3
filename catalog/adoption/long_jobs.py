"""Long work of adoption, named in ``marketplace/long_kinds.py``."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.adoption.services import ADOPTED, adopt_all
from catalog.adoption.workbench import proposed
from catalog.errors import NotAdoptable
from marketplace.long_jobs.kinds import Result, Work
from vendors.models import Cooperative, CooperativeStatus
from vendors.scoping import ProgrammeScope


def assign(work: Work) -> Result:
    """Give ``products`` (ids of the engine) to a ``cooperative`` (slug), in a ``category``.

    What was assigned before an interruption is left alone by the next attempt. Raises NotAdoptable
    when the cooperative is no longer active, EngineUnavailable.
    """
    scope = ProgrammeScope(work.access.programme.pk)
    slug = work.parameters["cooperative"]
    active = Cooperative.objects.within(scope).filter(status=CooperativeStatus.ACTIVE)
    owner = active.filter(slug=slug).first()
    if owner is None:
        raise NotAdoptable(_("There is no cooperative “%(slug)s” here.") % {"slug": slug})
    decisions = proposed(work.parameters["products"], owner, category=work.parameters["category"])
    adopt_all(
        decisions=decisions, cooperatives={slug: owner}, by=work.access.by, progress=work.progress
    )
    count = sum(made.outcome == ADOPTED for made in decisions)
    words = ngettext("%(n)s product was assigned.", "%(n)s products were assigned.", count)
    refused = [f"{made.name}: {made.reason}" for made in decisions if made.reason]
    return Result(words="\n\n".join([words % {"n": count}, *refused]))
