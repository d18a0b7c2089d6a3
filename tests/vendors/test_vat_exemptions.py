"""Why no VAT is charged: known mentions in three languages, own words in theirs."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from marketplace.core.actors import Actor
from marketplace.core.vocabulary import LANGUAGES
from tests.factories import vendors as make
from vendors.legal_mentions import VAT_EXEMPTION
from vendors.models import PayerIdentifier
from vendors.queries import payer_exemption
from vendors.services import set_payer_identifier
from vendors.vat_exemptions import _rules, code_of, exemptions_for, frozen, words_of

BY, DAY = Actor.system("test"), date(2026, 11, 1)


def test_each_mention_has_three_languages_and_a_source() -> None:
    for rule in _rules():
        assert all(rule.texts[language] for language in LANGUAGES), rule.code
        assert rule.source
        assert rule.original in {"", *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mention_is_in_the_readers_language_with_the_laws_words_beside_it(language: str) -> None:
    first, *others = words_of(frozen("ma-cooperative", {}), language)
    french = "Exonéré de TVA : article 91-IV-1° du Code général des impôts (coopératives)"
    assert first.language == ""
    assert (first.text == french) == (language == "fr")
    assert [(each.text, each.language, each.is_small) for each in others] == (
        [] if language == "fr" else [(french, "fr", True)]
    )


def test_own_words_are_shown_in_the_readers_language_or_say_theirs() -> None:
    own = frozen("", {"fr": "Exonération, décision 12", "en": "Exempt, decision 12"})
    assert [word.text for word in words_of(own, "en")] == ["Exempt, decision 12"]
    assert words_of(own, "ar") == [("Exonération, décision 12", "fr", False)]
    # documents that were issued before have a text only
    assert words_of("Exonération, article 91", "ar") == [("Exonération, article 91", "fr", False)]
    assert words_of("", "ar") == words_of({}, "ar") == []


def test_a_country_has_its_own_mentions_and_the_general_one() -> None:
    assert [rule.code for rule in exemptions_for("EG", "payer", DAY)] == [
        "eg-threshold",
        "not-registered",
    ]
    assert code_of("TVA non applicable : l'émetteur n'y est pas assujetti") == "not-registered"


@pytest.mark.django_db
def test_a_payers_mention_is_set_in_any_language() -> None:
    programme = make.make_programme()
    shared = {"programme": programme, "kind": VAT_EXEMPTION, "source": "law", "by": BY}
    known = "VAT does not apply: the issuer is not liable to it"
    set_payer_identifier(value=known, valid_from=date(2026, 1, 1), **shared)
    assert payer_exemption(programme, DAY)["code"] == "not-registered"
    set_payer_identifier(value="أعفي بقرار", valid_from=date(2026, 2, 1), **shared)
    assert payer_exemption(programme, DAY)["texts"] == {"ar": "أعفي بقرار"}
    assert payer_exemption(programme, date(2020, 1, 1)) == {}


@pytest.mark.django_db
def test_what_was_written_before_gets_its_language() -> None:
    programme = make.make_programme()
    rows = PayerIdentifier.objects
    for value in ("Exonération, décision 12", "not-registered"):
        rows.create(
            programme=programme, kind=VAT_EXEMPTION, value=value, valid_from=DAY, source="law"
        )
    migration = import_module("vendors.migrations.0008_exemptions_by_code")
    migration._payers(apps.get_model("vendors", "PayerIdentifier").objects.all())
    assert list(rows.order_by("pk").values_list("value", "texts")) == [
        ("Exonération, décision 12", {"fr": "Exonération, décision 12"}),
        ("not-registered", {}),
    ]
