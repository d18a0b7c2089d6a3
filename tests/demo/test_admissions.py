"""The demo's cooperatives on their way in, and its adviser."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from marketplace.core.models import AuditEntry
from marketplace.demo.accounts import ADVISER
from marketplace.demo.stages import admissions
from tests.factories import vendors as make
from vendors.accounts import User
from vendors.admission.queries import steps_of
from vendors.models import Admission, Cooperative, Programme, StaffGrant, Visit
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def programme() -> Programme:
    made = make.make_programme()
    coordinator = make.make_staff(made)
    User.objects.filter(pk=coordinator.pk).update(email=admissions.COORDINATOR)
    EmailAddress.objects.filter(user=coordinator).update(email=admissions.COORDINATOR)
    make.make_cooperative(made, "timzit-n-tidzi")
    return made


def test_each_came_as_far_as_it_says_and_is_made_once(programme: Programme) -> None:
    for _again in range(2):
        admissions.make(0, admissions.COUNT, BEGUN)

    rows = Admission.objects.crossing(Crossing.DEMO_WORLD).select_related("cooperative__programme")
    found = {row.email.partition("@")[0]: row for row in rows}
    assert {name: row.state for name, row in found.items()} == {
        "tifawin": "open", "bouguemez": "open", "taznakht": "submitted",
        "tafilalet": "returned", "collines": "open",
    }  # fmt: skip
    assert found["collines"].has_applied
    assert steps_of(found["tafilalet"])[-1].remarks
    adviser = User.objects.get(email=ADVISER)
    advised = Cooperative.objects.crossing(Crossing.DEMO_WORLD).filter(
        pk__in=StaffGrant.objects.filter(user=adviser).values("cooperative")
    )
    # one that sells, and those on their way by an invitation
    assert advised.count() == 1 + 4
    assert Visit.objects.crossing(Crossing.DEMO_WORLD).count() == 2
    acts = AuditEntry.objects.exclude(acts_for="").values_list("action", flat=True)
    assert set(acts) == {"admission.place_written"}
