"""A published cooperative has its page and its store at the engine, whatever happens on the way."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from marketplace.core.actors import Actor
from marketplace.embedded import models as engine
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineUnavailable
from tests.factories import vendors as make
from tests.fakes.embedded import open_store
from vendors import engine_copies, services
from vendors.models import Cooperative, EngineCopy

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def store() -> None:
    open_store()


def copy_of(cooperative: Cooperative) -> EngineCopy:
    found: EngineCopy = EngineCopy.objects.within(cooperative.scope).get()
    return found


def test_publishing_makes_page_and_warehouse_open_in_every_channel(store: None) -> None:
    cooperative = make.make_published(name="Tamounte")

    page = engine.Page.objects.get()
    assert (page.slug, page.title, page.is_published) == ("tamounte", "Tamounte", True)
    warehouse = engine.Warehouse.objects.get()
    assert warehouse.external_reference == str(cooperative.pk)
    assert warehouse.channels.count() == 6
    assert ids.global_id(ids.PAGE, cooperative.pk)
    assert ids.global_id(ids.WAREHOUSE, cooperative.pk)
    assert copy_of(cooperative).written_at is not None
    assert engine_copies.bring_waiting() == 0


def test_before_the_engine_is_there_the_copy_waits_and_the_job_makes_it() -> None:
    cooperative = make.make_published()
    assert copy_of(cooperative).written_at is None

    open_store()

    assert engine_copies.bring_waiting() == 1
    assert engine.Page.objects.count() == 1


def test_changed_texts_follow_and_markup_in_them_is_text(store: None) -> None:
    cooperative = make.make_published()

    services.write_texts(
        cooperative=cooperative, language="fr", name="Nouveau nom", story="a <b>\n\nc", by=BY
    )
    services.write_texts(cooperative=cooperative, language="ar", name="تامونت", by=BY)
    assert engine_copies.bring_waiting() == 1

    page = engine.Page.objects.get()
    assert page.title == "Nouveau nom"
    assert "a &lt;b&gt;" in str(page.content)
    assert page.translations.get().title == "تامونت"


def test_a_paused_cooperatives_page_is_hidden_at_the_engine(store: None) -> None:
    cooperative = make.make_published()

    services.pause_cooperative(cooperative=cooperative, reason="", by=BY)
    engine_copies.bring_waiting()

    assert not engine.Page.objects.get().is_published


def test_an_attempt_killed_after_the_engines_answer_makes_nothing_twice(
    store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(ids, "link", _die)
        with pytest.raises(KeyboardInterrupt):
            make.make_published()
    cooperative = Cooperative.objects.crossing(_reason()).get()
    assert engine.Page.objects.count() == 1
    with monkeypatch.context() as killed:
        killed.setattr(engine_copies, "_open_in_channels", _die)
        with pytest.raises(KeyboardInterrupt):
            engine_copies.bring([cooperative.pk])

    assert engine_copies.bring_waiting() == 1

    assert engine.Page.objects.count() == engine.Warehouse.objects.count() == 1
    assert engine.Warehouse.objects.get().channels.count() == 6


def _die(*_args: object) -> None:
    raise KeyboardInterrupt


def _reason() -> object:
    from vendors.scoping import Crossing

    return Crossing.POLICY


def test_a_warehouse_of_an_interrupted_attempt_is_found_again(store: None) -> None:
    cooperative = make.make_published()
    ids.unlink(ids.WAREHOUSE, cooperative.pk)
    ids.unlink(ids.PAGE, cooperative.pk)

    engine_copies.bring([cooperative.pk])

    assert engine.Warehouse.objects.count() == 1
    assert ids.find_global_id(ids.WAREHOUSE, cooperative.pk) is not None


def test_one_refused_cooperative_does_not_stop_the_others(store: None) -> None:
    page_type = engine.PageType.objects.get()
    engine.Page.objects.create(slug="other-page", title="x", page_type=page_type)
    programme = make.make_programme()
    good = make.make_cooperative(programme, "good")
    bad = make.make_cooperative(programme, "bad")
    for cooperative in (good, bad):
        services.write_texts(cooperative=cooperative, language="fr", name="Nom", by=BY)
    ids.link(ids.PAGE, bad.pk, "UGFnZTo5OTk5")

    services.publish_cooperatives(cooperatives=[bad, good], by=BY)

    assert copy_of(good).written_at is not None
    failed = copy_of(bad)
    assert (failed.written_at, failed.attempts) == (None, 1)
    assert failed.last_error != ""
    with pytest.raises(ObjectDoesNotExist):
        engine.Page.objects.get(slug="bad")


def test_an_engine_that_is_unavailable_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_args: object) -> None:
        raise EngineUnavailable("away")

    monkeypatch.setattr(engine_copies, "app_client", unavailable)

    cooperative = make.make_published()

    assert engine_copies.bring_waiting() == 0
    assert copy_of(cooperative).written_at is None
