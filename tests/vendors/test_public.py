"""What buyers read of cooperatives, and in which language."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.vocabulary import LANGUAGES
from tests.factories import vendors as make
from vendors import queries, services
from vendors.certificates import certificate_name, certificates
from vendors.geography import commune, communes, region, region_name, regions
from vendors.queries import DirectoryFilters
from vendors.sectors import SECTORS, sector_name

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def test_a_profile_falls_back_to_the_base_language() -> None:
    cooperative = make.make_published(name="Tamounte")
    services.write_texts(
        cooperative=cooperative,
        language="ar",
        name="تامونت",
        source_language="fr",
        confirmed=False,
        by=BY,
    )

    arabic = queries.public_profile(cooperative.slug, "ar")
    english = queries.public_profile(cooperative.slug, "en")

    assert arabic is not None
    assert (arabic.name, arabic.language) == ("تامونت", "ar")
    assert not arabic.is_translation_confirmed
    assert english is not None
    assert (english.name, english.language) == ("Tamounte", "fr")


def test_only_verified_marks_that_are_valid_today_are_shown() -> None:
    cooperative = make.make_published()
    person, today = make.make_user(), timezone.localdate()
    marks = {
        "valid": (today - timedelta(days=9), None, True),
        "not verified": (today, None, False),
        "ended": (date(2020, 1, 1), today - timedelta(days=1), True),
        "not begun": (today + timedelta(days=1), None, True),
    }
    for name, (begins, ends, verified) in marks.items():
        mark = services.add_certification(
            cooperative=cooperative,
            mark="IGP",
            name=name,
            valid_from=begins,
            valid_to=ends,
            by=BY,
        )
        if verified:
            services.verify_certification(certification=mark, by=person.actor)

    profile = queries.public_profile(cooperative.slug, "fr")

    assert profile is not None
    assert [mark.name for mark in profile.certifications] == ["valid"]


def test_members_are_shown_in_the_readers_language() -> None:
    cooperative = make.make_published()
    services.show_member(
        cooperative=cooperative,
        facts=services.MemberFacts(
            "Fadma",
            {"ar": "نسّاجة", "fr": "tisseuse", "en": "weaver"},
            name_ar="فاظمة",
            since_year=2011,
            has_consented=True,
        ),
        by=BY,
    )

    profile = queries.public_profile(cooperative.slug, "ar")

    assert profile is not None
    assert [(m.name, m.craft) for m in profile.members] == [("فاظمة", "نسّاجة")]


def test_the_directory_shows_published_cooperatives_and_narrows() -> None:
    near = make.make_published("near", region="MA-09", name="Près")
    make.make_published("far", region="MA-01", name="Loin")
    make.make_cooperative(near.programme, "draft")

    def slugs(**filters: Any) -> set[str]:
        page = queries.public_directory(DirectoryFilters(**filters), language="fr")
        return {profile.slug for profile in page}

    assert slugs() == {"near", "far"}
    assert slugs(region="MA-09") == {"near"}
    assert slugs(among=(near.pk,)) == {"near"}
    assert slugs(among=()) == set()
    assert slugs(country="TN") == set()
    assert slugs(kind="youth") == set()
    assert queries.public_count() == 2
    assert queries.public_regions() == ["MA-01", "MA-09"]
    assert queries.public_countries() == ["MA"]
    assert {p.slug for p in queries.some_profiles(5, "fr")} == {"near", "far"}
    assert len(queries.some_profiles(1, "fr")) == 1


def test_an_order_keeps_the_name_of_a_cooperative_that_left() -> None:
    cooperative = make.make_published(name="Tamounte")
    services.pause_cooperative(cooperative=cooperative, reason="", by=BY)

    profiles = queries.profiles_by_id([cooperative.pk], "fr")

    assert profiles[cooperative.pk].name == "Tamounte"
    assert profiles[cooperative.pk].region_name == "Souss-Massa"


def test_cards_of_many_cooperatives_take_two_queries(django_assert_num_queries: object) -> None:
    ids = [make.make_published(f"c{n}").pk for n in range(5)]

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.profiles_by_id(ids, "fr")) == 5


def test_regions_have_names_in_three_languages() -> None:
    assert [r.code for r in regions("MA")] == [f"MA-{n:02}" for n in range(1, 13)]
    assert {country: len(regions(country)) for country in ("EG", "TN", "SN", "JO", "FR")} == {
        "EG": 27,
        "TN": 24,
        "SN": 14,
        "JO": 12,
        "FR": 0,
    }
    assert region_name("MA-08", "fr") == "Drâa-Tafilalet"
    assert region_name("EG-C", "ar") == "القاهرة"
    assert region_name("XX-1", "fr") == "XX-1"
    assert region("XX-1") is None


def test_communes_belong_to_their_region() -> None:
    assert len(communes("MA-09")) > 100
    tafraout = next(c for c in communes("MA-09") if c.name_fr == "Tafraout")
    assert commune(tafraout.code) == tafraout
    assert communes("EG-C") == []


def test_there_are_eighteen_sectors() -> None:
    assert len(SECTORS) == 18
    assert sector_name("argan") == "argan"
    assert sector_name("unheard-of") == "unheard-of"


def test_a_registered_name_is_in_the_readers_language_and_another_says_its_own() -> None:
    assert certificate_name("Safran de Taliouine", "ar") == ("زعفران تالوين", "")
    assert certificate_name("زعفران تالوين", "en") == ("Taliouine saffron", "")
    assert certificate_name("Miel de la vallée", "ar") == ("Miel de la vallée", "fr")
    assert certificate_name("Miel de la vallée", "fr") == ("Miel de la vallée", "")


def test_each_certificate_has_three_names_and_a_source() -> None:
    for code, term in certificates().items():
        assert all(term.names[language] for language in LANGUAGES), code
