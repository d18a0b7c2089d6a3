"""Versions of legal texts: dated, numbered, never changed; and what an order accepted."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.markets import MARKETS, market_of
from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry
from marketplace.core.production import find_refused, find_warned
from marketplace.legal import checks
from marketplace.legal.defaults import default_texts
from marketplace.legal.errors import BeginsInThePast, LanguageMissing, SameText
from marketplace.legal.models import WITH_AN_ORDER, Acceptance, LegalText, TextKind
from marketplace.legal.queries import accepted_with, missing_texts, text_in_force
from marketplace.legal.services import accept_texts, publish_text
from tests.factories.vendors import make_programme, make_published
from vendors.models import Cooperative, Programme

pytestmark = pytest.mark.django_db

BY = Actor("user", "1", "Leïla")
# By the trigger, or before it by the rights of the runtime role.
REFUSED = r"append-only|permission denied"
TODAY = timezone.localdate()
LANGUAGES = ("ar", "fr", "en")


@pytest.fixture
def cooperative() -> Cooperative:
    return make_published()


@pytest.fixture
def programme(cooperative: Cooperative) -> Programme:
    return cooperative.programme


def publish(
    programme: Programme,
    *,
    market: str = "",
    kind: str = "terms",
    on: date | None = None,
    written: str = "Text",
) -> LegalText:
    return publish_text(
        programme=programme,
        market=market,
        kind=kind,
        texts=dict.fromkeys(LANGUAGES, written),
        valid_from=on or timezone.localdate(),
        by=BY,
    )


def accept(order_id: object, cooperative: Cooperative, market: str = "ma") -> list[Acceptance]:
    accept_texts(
        order_id=order_id,  # type: ignore[arg-type]
        cooperative_ids=[cooperative.pk],
        market=market_of(market),
        language="fr",
    )
    return accepted_with(order_id)  # type: ignore[arg-type]


def test_a_market_s_own_text_goes_before_the_one_for_all_and_the_latest_before_earlier(
    programme: Programme,
) -> None:
    today = timezone.localdate()
    publish(programme, written="first")
    everywhere = publish(programme, written="second")
    own = publish(programme, market="ma", written="of Morocco")
    later = publish(programme, market="ma", on=today + timedelta(days=5), written="to come")

    def in_force(market: str, on: date) -> LegalText | None:
        return text_in_force(programme, market, "terms", on)

    assert (everywhere.number, own.number, later.number) == (2, 1, 2)
    assert in_force("tn", today) == everywhere
    assert in_force("ma", today) == own
    assert in_force("ma", today + timedelta(days=5)) == later
    assert in_force("ma", today - timedelta(days=1)) is None
    assert text_in_force(programme, "ma", "privacy", today) is None
    assert AuditEntry.objects.filter(action="legal_text.published").count() == 4


def test_what_may_not_be_published(programme: Programme) -> None:
    publish(programme, written="same")
    with pytest.raises(SameText):
        publish(programme, written="same")
    with pytest.raises(BeginsInThePast):
        publish(programme, on=timezone.localdate() - timedelta(days=1), written="past")
    with pytest.raises(LanguageMissing):
        publish_text(
            programme=programme, market="", kind="terms", texts={"fr": "seul", "ar": " "},
            valid_from=timezone.localdate(), by=BY,
        )  # fmt: skip
    assert LegalText.objects.count() == 1


def test_the_database_lets_nobody_change_a_version_or_what_was_accepted(
    cooperative: Cooperative,
) -> None:
    publish(cooperative.programme, kind="imprint")
    accept(uuid4(), cooperative)
    for act in (
        LegalText.objects.filter(kind="imprint").delete,
        Acceptance.objects.all().delete,
        lambda: LegalText.objects.update(texts={}),
        lambda: Acceptance.objects.update(language="ar"),
    ):
        with (
            pytest.raises(DatabaseError, match=REFUSED),
            transaction.atomic(),
        ):
            act()


def test_an_order_keeps_what_it_accepted_first(cooperative: Cooperative) -> None:
    order_id = uuid4()
    terms = publish(cooperative.programme, written="before")
    before = accept(order_id, cooperative)
    assert [row.text.kind for row in before] == [kind.value for kind in WITH_AN_ORDER]
    assert before[0].text == terms
    assert [row.text.is_default for row in before] == [False, True, True]

    publish(cooperative.programme, written="after")

    assert accept(order_id, cooperative) == before
    assert accept(uuid4(), cooperative)[0].text.texts["fr"] == "after"


def test_a_standard_text_is_kept_once_as_it_read(cooperative: Cooperative) -> None:
    first, second = accept(uuid4(), cooperative), accept(uuid4(), cooperative)
    assert [row.text_id for row in first] == [row.text_id for row in second]
    programme, market = cooperative.programme, market_of("ma")
    shown = default_texts(programme, market, "terms", timezone.localdate())
    assert first[0].text.texts == shown
    assert accept(uuid4(), cooperative, "tn")[0].text != first[0].text


def test_an_order_of_two_programmes_accepts_the_texts_of_both(cooperative: Cooperative) -> None:
    other = make_published("other", programme=make_programme("other-programme"))
    order_id = uuid4()
    accept_texts(
        order_id=order_id, cooperative_ids=[cooperative.pk, other.pk],
        market=market_of("ma"), language="ar",
    )  # fmt: skip
    accepted = accepted_with(order_id)
    assert len(accepted) == 2 * len(WITH_AN_ORDER)
    assert {row.text.programme for row in accepted} == {cooperative.programme, other.programme}


def test_serve_and_the_doctor_warn_until_every_text_of_every_market_is_approved(
    programme: Programme,
) -> None:
    assert len(missing_texts(MARKETS)) == len(MARKETS) * len(TextKind)
    assert [finding.mark for finding in checks.legal_texts()] == ["warning"]
    assert any("legal texts" in warned for warned in find_warned())
    assert "legal-texts" not in find_refused()
    for kind in TextKind.values:
        publish(programme, kind=kind)
    assert missing_texts(MARKETS) == []
    assert [finding.mark for finding in checks.legal_texts()] == ["good"]
    assert not any("legal texts" in warned for warned in find_warned())
