"""Cooperatives are found by name or place however it is spelt, in either script."""

import pytest

from marketplace.core.actors import Actor
from search.cooperatives import cooperatives_named
from tests.factories import vendors as make
from vendors import services
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> dict[str, Cooperative]:
    """Two published cooperatives, one with a name in Arabic too, and one that is not."""
    made = {
        "weavers": make.make_published("weavers", name="Coopérative Taznakht des tisseuses"),
        "argan": make.make_published("argan", name="Tamounte Argane"),
    }
    make.make_cooperative(made["argan"].programme, "taznakht")
    services.write_texts(
        cooperative=made["argan"], language="ar", name="تعاونية تامونت للأركان",
        by=Actor.system("test"),
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("taznakht", ["weavers"]),
        ("TAZNAKHT tisseuses", ["weavers"]),
        ("cooperative taznakht", ["weavers"]),
        ("tazn", ["weavers"]),
        ("taznahkt", ["weavers"]),
        ("tamonte", ["argan"]),
        ("تامونت", ["argan"]),
        ("تمونت", ["argan"]),
        ("اركان", ["argan"]),
        ("tamounte xyzzyqq", ["argan"]),
        ("xyzzyqq", []),
        ("", []),
        ("%_'\\\x00", []),
    ],
)
def test_a_name_is_found(three: dict[str, Cooperative], text: str, found: list[str]) -> None:
    assert list(cooperatives_named(text)) == [three[name].pk for name in found]


def test_the_name_as_typed_comes_before_similar_ones() -> None:
    close = make.make_published("close", name="Tamounta")
    exact = make.make_published("exact", name="Tamounte")
    assert cooperatives_named("tamounte")[:1] == (exact.pk,)
    assert cooperatives_named("tamounta")[:1] == (close.pk,)


def test_a_cooperative_that_is_renamed_or_paused_is_no_longer_found_as_it_was() -> None:
    cooperative = make.make_published(name="Ancien")
    assert cooperatives_named("ancien") == (cooperative.pk,)
    by = Actor.system("test")
    services.write_texts(cooperative=cooperative, language="fr", name="Nouveau", by=by)
    assert cooperatives_named("nouveau") == (cooperative.pk,)
    services.pause_cooperative(cooperative=cooperative, reason="", by=by)
    assert cooperatives_named("nouveau") == ()
