"""Registering cooperatives, their facts and people: what is written, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry, DomainEvent
from tests.factories import vendors as make
from vendors import errors, queries, services
from vendors.models import BankAccount, Cooperative, Enrolment, Membership, TaxStatus
from vendors.policy import staff_access
from vendors.scoping import CooperativeScope

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
RIB = "011 519 0000012050005349 21"
OTHER_RIB = "011780000019210016805555"


def facts(**changed: Any) -> services.CooperativeFacts:
    given = {
        "slug": "tamounte",
        "legal_name": "Coopérative Tamounte",
        "legal_name_latin": "COOPERATIVE TAMOUNTE",
        "kind": "women",
        "sector": "argan",
        "country_code": "MA",
        "region_code": "MA-09",
        "place_name": "Tafraout",
        "address_line": "Douar Aït Baha",
        "payout_currency": "MAD",
    }
    return services.CooperativeFacts(**{**given, **changed})  # type: ignore[arg-type]


def events() -> list[str]:
    return list(DomainEvent.objects.order_by("id").values_list("name", flat=True))


def test_a_cooperative_starts_as_a_draft_that_nobody_sees() -> None:
    programme = make.make_programme()

    cooperative = services.register_cooperative(programme=programme, facts=facts(), by=BY)

    assert cooperative.status == "draft"
    assert queries.public_profile("tamounte", "fr") is None
    assert AuditEntry.objects.get().action == "cooperative.registered"


def test_a_region_of_another_country_is_refused() -> None:
    programme = make.make_programme()

    with pytest.raises(errors.UnknownRegion):
        services.register_cooperative(programme=programme, facts=facts(region_code="EG-C"), by=BY)
    assert AuditEntry.objects.count() == 0


def test_a_cooperative_without_a_name_is_not_published() -> None:
    cooperative = services.register_cooperative(
        programme=make.make_programme(), facts=facts(), by=BY
    )
    services.write_texts(cooperative=cooperative, language="ar", name="تامونت", by=BY)

    with pytest.raises(errors.NotReadyToPublish):
        services.publish_cooperative(cooperative=cooperative, by=BY)
    assert events() == []
    assert queries.public_count() == 0


def test_a_published_cooperative_is_seen_and_told_to_others() -> None:
    cooperative = services.register_cooperative(
        programme=make.make_programme(), facts=facts(), by=BY
    )
    services.write_texts(cooperative=cooperative, language="fr", name="Tamounte", by=BY)

    services.publish_cooperative(cooperative=cooperative, by=BY)
    services.write_texts(cooperative=cooperative, language="ar", name="تامونت", by=BY)

    assert events() == ["CooperativePublished", "CooperativeChanged"]
    profile = queries.public_profile("tamounte", "ar")
    assert profile is not None
    assert (profile.name, profile.region_name) == ("تامونت", "سوس-ماسة")


def test_a_paused_cooperative_is_out_of_sight_until_it_is_published_again() -> None:
    cooperative = make.make_published()

    services.pause_cooperative(cooperative=cooperative, reason="wedding", by=BY)
    assert queries.public_profile(cooperative.slug, "fr") is None

    since = cooperative.published_at
    services.publish_cooperative(cooperative=cooperative, by=BY)
    assert queries.public_profile(cooperative.slug, "fr") is not None
    assert cooperative.published_at == since


def test_a_person_is_a_member_once() -> None:
    cooperative, person = make.make_cooperative(make.make_programme()), make.make_user()
    services.add_member(cooperative=cooperative, user=person, role="seller", by=BY)

    with pytest.raises(errors.AlreadyMember):
        services.add_member(cooperative=cooperative, user=person, role="manager", by=BY)
    membership = Membership.objects.within(cooperative.scope).get()
    assert membership.role == "seller"

    services.remove_member(membership=membership, by=BY)
    assert not Membership.objects.within(cooperative.scope).exists()


def test_a_money_role_takes_a_second_person_and_a_day() -> None:
    programme = make.make_programme()
    coordinator, other = make.make_staff(programme), make.make_staff(programme)
    finance = make.make_user()
    grant = services.grant_role(
        programme=programme, user=finance, role="finance_approver", by=coordinator.actor
    )

    for nobody in (coordinator.actor, finance.actor, Actor.system("job")):
        with pytest.raises(errors.SamePersonTwice):
            services.confirm_grant(grant=grant, by=nobody)
    confirmed = services.confirm_grant(grant=grant, by=other.actor)

    assert confirmed.effective_at is not None
    assert confirmed.effective_at > timezone.now() + timedelta(hours=23)
    later = timezone.now() + timedelta(hours=25)
    assert staff_access(finance, programme.slug, "payout:approve", at=later).allows("payout:read")
    with pytest.raises(errors.AlreadyConfirmed):
        services.confirm_grant(grant=grant, by=other.actor)


def test_a_money_role_granted_again_needs_a_new_confirmation() -> None:
    programme = make.make_programme()
    coordinator, other = make.make_staff(programme), make.make_staff(programme)
    give = {"programme": programme, "user": make.make_user(), "role": "finance_preparer"}
    grant = services.grant_role(**give, by=coordinator.actor)  # type: ignore[arg-type]
    services.confirm_grant(grant=grant, by=other.actor)

    again = services.grant_role(**give, by=other.actor)  # type: ignore[arg-type]

    assert (again.pk, again.confirmed_by, again.effective_at) == (grant.pk, None, None)


def test_only_an_operator_appoints() -> None:
    programme, person = make.make_programme(), make.make_user()
    give = {"programme": programme, "user": person, "role": "coordinator"}
    give["effective_at"] = timezone.now()

    with pytest.raises(Forbidden):
        services.grant_role(**give, by=make.make_staff(programme).actor)  # type: ignore[arg-type]
    grant = services.grant_role(**give, by=BY)  # type: ignore[arg-type]

    assert staff_access(person, programme.slug, "grant:make").by == person.actor
    assert AuditEntry.objects.filter(action="grant.made").get().details["appointed_from"]
    with pytest.raises(errors.AlreadyConfirmed):
        services.confirm_grant(grant=grant, by=make.make_staff(programme).actor)


def test_other_roles_begin_at_once_and_a_region_is_needed_where_the_role_says_so() -> None:
    programme, person = make.make_programme(), make.make_user()

    services.grant_role(programme=programme, user=person, role="observer", by=BY)
    assert staff_access(person, programme.slug, "impact:read").roles == ("observer",)
    with pytest.raises(errors.RegionsNeeded):
        services.grant_role(programme=programme, user=person, role="regional", by=BY)


def test_a_bank_account_is_paid_only_after_a_second_person_confirmed_it() -> None:
    cooperative = make.make_cooperative(make.make_programme())
    manager, treasurer = make.make_user(), make.make_user()
    account = services.set_bank_account(
        cooperative=cooperative, holder_name="COOPERATIVE", number=RIB, by=manager.actor
    )

    assert account.number == "MA64011519000001205000534921"
    assert queries.payout_account(cooperative.pk) is None
    assert queries.waiting_bank_account(cooperative.pk) == account
    with pytest.raises(errors.SamePersonTwice):
        services.confirm_bank_account(account=account, by=manager.actor)
    services.confirm_bank_account(account=account, by=treasurer.actor)
    assert queries.payout_account(cooperative.pk) == account


def test_a_new_account_stops_payments_until_it_is_confirmed_too() -> None:
    cooperative = make.make_cooperative(make.make_programme())
    manager, treasurer = make.make_user(), make.make_user()
    first = services.set_bank_account(
        cooperative=cooperative, holder_name="C", number=RIB, by=manager.actor
    )
    services.confirm_bank_account(account=first, by=treasurer.actor)

    services.set_bank_account(
        cooperative=cooperative, holder_name="C", number=OTHER_RIB, by=manager.actor
    )

    assert queries.payout_account(cooperative.pk) is None
    assert BankAccount.objects.within(cooperative.scope).count() == 2


def test_a_mistyped_account_changes_nothing() -> None:
    cooperative = make.make_cooperative(make.make_programme())

    with pytest.raises(errors.InvalidBankNumber):
        services.set_bank_account(
            cooperative=cooperative, holder_name="C", number="011780000019210016805556", by=BY
        )
    assert not BankAccount.objects.within(cooperative.scope).exists()
    assert AuditEntry.objects.count() == 0


def test_no_account_number_reaches_the_audit_trail() -> None:
    cooperative = make.make_cooperative(make.make_programme())

    services.set_bank_account(cooperative=cooperative, holder_name="C", number=RIB, by=BY)

    assert AuditEntry.objects.get().details == {"last_digits": "4921"}


def test_tax_statuses_follow_each_other_without_a_gap() -> None:
    cooperative = make.make_cooperative(make.make_programme())
    shared: dict[str, Any] = {"cooperative": cooperative, "source": "CGI art. 91", "by": BY}
    services.set_tax_status(vat_registered=False, valid_from=date(2026, 1, 1), **shared)
    services.set_tax_status(
        vat_registered=True, vat_rate_bp=2000, valid_from=date(2026, 7, 1), **shared
    )

    def rate(on: date) -> int | None:
        status = queries.tax_status_on(cooperative.pk, on)
        return status.vat_rate_bp if status else None

    assert rate(date(2025, 12, 31)) is None
    assert rate(date(2026, 6, 30)) == 0
    assert rate(date(2026, 7, 1)) == 2000
    assert TaxStatus.objects.within(cooperative.scope).count() == 2


def test_a_phase_ends_when_the_next_begins() -> None:
    cooperative = make.make_cooperative(make.make_programme())
    services.enrol(cooperative=cooperative, phase=1, from_on=date(2026, 1, 1), by=BY)
    services.enrol(cooperative=cooperative, phase=2, from_on=date(2026, 6, 1), by=BY)

    rows = Enrolment.objects.within(cooperative.scope).order_by("phase")
    assert [(r.phase, r.to_on) for r in rows] == [(1, date(2026, 6, 1)), (2, None)]
    current = queries.current_enrolment(cooperative.pk)
    assert current is not None
    assert current.phase == 2


def test_a_scope_reaches_one_cooperative() -> None:
    programme = make.make_programme()
    own = make.make_cooperative(programme)
    make.make_cooperative(programme, "other")

    assert list(Cooperative.objects.within(CooperativeScope(own.pk))) == [own]
