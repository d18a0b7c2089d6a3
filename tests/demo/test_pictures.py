"""Each listing of the demo has a picture of its own, which shows what it is and is kept as any."""

import io
import json
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PIL import Image
from pytest_django import Settings

from catalog.models import ListingMedia
from catalog.photo_sizes import open_in_width
from catalog.photos import public_address
from marketplace.demo.pictures import picture, scene_of
from marketplace.demo.pictures.facts import Facts, facts_of
from marketplace.demo.pictures.storage import DrawnStorage, name_of
from marketplace.demo.world.listings import offers


def facts() -> list[Facts]:
    found = [facts_of(offer.listing_id) for offer in offers()]
    return [each for each in found if each]


def shapes_of(each: Facts) -> str:
    scene = scene_of(each)
    return scene.svg() + json.dumps([label.lines for label in scene.labels])


def of_kind(kind: str) -> list[Facts]:
    return [each for each in facts() if each.kind == kind]


def test_no_two_listings_have_the_same_picture() -> None:
    drawn = Counter(shapes_of(each) for each in facts())

    assert len(drawn) == len(offers())


def test_the_same_listing_always_has_the_same_picture() -> None:
    first, second = offers()[0].listing_id, offers()[1].listing_id

    assert picture(first) == picture(first)
    assert picture(first) != picture(second)
    assert picture(uuid4()) is None


def test_ten_honeys_differ_in_what_they_are() -> None:
    honeys = [each for each in facts() if each.kind.startswith("honey-")]
    labels = {
        tuple(words for label in scene_of(each).labels for words, _size in label.lines)
        for each in honeys
    }

    assert len(honeys) > 50
    # name, cooperative and size are on the label: as many labels as listings
    assert len(labels) == len(honeys)


def test_a_larger_jar_is_drawn_larger() -> None:
    wide = {
        each.content: scene_of(each).labels[0].w * scene_of(each).labels[0].h
        for each in of_kind("olive-oil-evoo")
        if each.make == 0
    }

    assert {500, 1000} <= set(wide)
    assert wide[1000] > wide[500]


def test_a_rug_has_the_shape_and_the_dyes_that_its_title_says() -> None:
    indigo = next(each for each in of_kind("carpet-kilim") if "indigo" in each.name.fr)
    runner = next(each for each in of_kind("carpet-kilim") if "couloir" in each.name.fr)
    night = next(each for each in of_kind("caftan") if "bleu nuit" in each.name.fr)

    assert indigo.sides in {(120, 200), (160, 260)}
    assert runner.sides == (70, 280)
    assert "#26386e" in scene_of(indigo).svg()
    assert "#1f2a5a" in scene_of(night).svg()


@pytest.fixture
def storage(tmp_path: Path) -> DrawnStorage:
    return DrawnStorage(location=tmp_path)


def photograph(storage: DrawnStorage, listing_id: UUID) -> ListingMedia:
    photo = ListingMedia(pk=listing_id, file=name_of(listing_id))
    photo.file.storage = storage
    return photo


def test_a_picture_is_drawn_when_it_is_first_opened_and_kept(storage: DrawnStorage) -> None:
    photo = photograph(storage, offers()[0].listing_id)
    assert not storage.exists(photo.file.name)

    # a smaller copy is made of it as of any photograph
    with open_in_width(photo, 400) as opened, Image.open(opened) as small:
        assert (small.format, small.size) == ("WEBP", (400, 400))

    with storage.open(photo.file.name) as kept:
        content = kept.read()
    assert content == picture(photo.pk)
    with Image.open(io.BytesIO(content)) as large:
        assert (large.format, large.size) == ("JPEG", (800, 800))
    assert sorted(path.suffix for path in Path(storage.location).rglob("*.*")) == [".jpg", ".webp"]


def test_only_listings_of_the_demo_are_drawn(storage: DrawnStorage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open(name_of(uuid4()))
    with pytest.raises(FileNotFoundError):
        storage.open("listings/2026/12/nothing.jpg")


def test_the_embedded_engine_keeps_an_address_and_a_saleor_gets_the_picture(
    storage: DrawnStorage, settings: Settings
) -> None:
    listing_id = offers()[0].listing_id
    settings.SALEOR_API_URL = ""
    assert storage.address_for_engine(name_of(listing_id)).endswith(public_address(listing_id))
    assert storage.address_for_engine("listings/2026/12/a.jpg") == ""

    settings.SALEOR_API_URL = "https://store.example/graphql/"
    assert storage.address_for_engine(name_of(listing_id)) == ""
