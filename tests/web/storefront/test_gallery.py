"""A listing's photographs: all on its page, each large by its address, small where shown small."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from catalog.photos import public_address
from marketplace.core.picture_sizes import WIDTHS
from search.indexing.index import reindex
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


def listing_with(photos: int, client: Client) -> str:
    page = listing_page(media=[public_address(uuid4()) for _ in range(photos)])
    response = client.get(f"/ma/fr/goods/{page.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_photograph_is_shown_and_opens_large(client: Client) -> None:
    shown = listing_with(8, client)

    for n in range(1, 9):
        # a thumb leads to the photograph, which opens large, and closing leads back
        assert shown.count(f'href="#photo-{n}"') == 2
        assert f'id="photo-{n}"' in shown
        assert f'id="large-{n}"' in shown
        assert f'href="#large-{n}"' in shown
    assert 'href="#large-9"' not in shown
    assert not re.search(r'href="[^"]*\.(jpg|webp)"', shown.partition("<main")[2])


def test_only_the_first_photograph_is_fetched_at_once(client: Client) -> None:
    images = re.findall(r"<img [^>]*media/photos[^>]*>", listing_with(3, client))

    assert ['loading="lazy"' in image for image in images] == [False] + [True] * (len(images) - 1)
    assert all(f"{width}w" in images[0] for width in WIDTHS)
    assert 'fetchpriority="high"' in images[0]


def test_a_single_photograph_has_no_thumbs_and_a_drawing_is_not_enlarged(client: Client) -> None:
    assert 'class="thumbs"' not in listing_with(1, client)
    drawn = listing_with(0, client)
    assert "#large-1" not in drawn
    assert "Illustration." in drawn


def test_a_card_asks_for_a_photograph_as_wide_as_it_is(client: Client) -> None:
    listing_page(media=[public_address(uuid4())])

    shown = client.get("/ma/fr/").content.decode()

    image = re.search(r"<img [^>]*media/photos[^>]*>", shown)
    assert image
    assert 'sizes="' in image[0]
    assert "-400.webp 400w" in image[0]
    assert ".jpg" not in image[0]


def test_the_first_result_of_a_search_is_fetched_before_the_others(client: Client) -> None:
    for _ in range(3):
        listing_page(media=[public_address(uuid4())])
    reindex()

    shown = client.get("/ma/fr/search/").content.decode()

    images = re.findall(r"<img [^>]*media/photos[^>]*>", shown)
    assert ['fetchpriority="high"' in image for image in images] == [True, False, False]
    assert ['loading="lazy"' in image for image in images] == [False, True, True]
