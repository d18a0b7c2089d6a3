"""A cooperative's table cannot be read without saying from whom one starts."""

import pytest

from vendors.models import Cooperative, Membership
from vendors.scoping import Crossing, UnscopedQuery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        lambda: list(Cooperative.objects.all()),
        Cooperative.objects.count,
        Cooperative.objects.exists,
        Cooperative.objects.first,
        lambda: Cooperative.objects.update(phone=""),
        lambda: Cooperative.objects.all().delete(),
        lambda: Cooperative.objects.values_list("slug").iterator().__next__(),
        lambda: Membership.objects.filter(role="manager").aggregate(),
    ],
)
def test_a_query_without_scope_is_refused(query: object) -> None:
    with pytest.raises(UnscopedQuery):
        query()  # type: ignore[operator]


def test_a_named_crossing_may_look_everywhere() -> None:
    assert Cooperative.objects.crossing(Crossing.POLICY).count() == 0
