"""Cooperatives by what people call them: registered or public name, in Arabic or Latin letters."""

from django.db.models import Q

from marketplace.core.name_patterns import name_pattern
from vendors.models import Cooperative, CooperativeText
from vendors.scoping import Scope, ScopedQuerySet

# More names than this are found by typing, not offered in a list.
MOST_NAMES = 300


def cooperatives_called(scope: Scope, text: str) -> ScopedQuerySet:
    """The cooperatives of a scope with all words of a text in their names or their slug."""
    found: ScopedQuerySet = Cooperative.objects.within(scope)
    for word in text.split():
        pattern = name_pattern(word)
        public = CooperativeText.objects.within(scope).filter(name__iregex=pattern)
        registered = Q(legal_name__iregex=pattern) | Q(legal_name_latin__iregex=pattern)
        named = registered | Q(slug__iregex=pattern)
        found = found.filter(named | Q(pk__in=public.values("cooperative_id")))
    return found


def names_to_offer(scope: Scope) -> list[str]:
    """Registered names of a scope's cooperatives, as many as one may choose from."""
    rows = Cooperative.objects.within(scope).order_by("legal_name", "pk")
    return list(rows.values_list("legal_name", flat=True)[:MOST_NAMES])
