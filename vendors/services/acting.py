"""Use case: a cooperative lets its advisers act in its name, or no more."""

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.models import Cooperative


@transaction.atomic
def let_advisers_act(*, cooperative: Cooperative, may_act: bool, by: Actor) -> Cooperative:
    """Switch on or off, at once, that advisers act in the name of a cooperative.

    Set to what it is already, nothing happens.
    """
    own: Cooperative = Cooperative.objects.within(cooperative.scope).select_for_update().get()
    if own.advisers_may_act == may_act:
        return own
    own.advisers_may_act = may_act
    own.save(update_fields=["advisers_may_act"])
    audit.record("cooperative.advisers_may_act", own, by=by, may_act=may_act)
    return own
