"""Published photographs: how long they may be kept."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from marketplace.web.storefront.photos import views


def test_a_browser_keeps_a_photograph_for_a_year_and_a_shared_cache_for_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    photo = SimpleNamespace(file=ContentFile(b"\xff\xd8\xff", name="rug.jpg"))
    monkeypatch.setattr(views, "published_photo", lambda _photo_id: photo)

    response = views.show_photo(RequestFactory().get("/"), photo_id=uuid4())

    assert set(response["Cache-Control"].split(", ")) == {
        "public",
        "max-age=31536000",
        "s-maxage=86400",
        "immutable",
    }
