"""What a setting may name as the origin that frames our pages."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.core.origins import host_of, origin_of


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ("", ""),
        ("  ", ""),
        ("https://Dashboard.example/", "https://dashboard.example"),
        ("http://localhost:9000", "http://localhost:9000"),
    ],
)
def test_an_origin_is_taken_as_a_browser_writes_it(said: str, origin: str) -> None:
    assert origin_of(said) == origin


@pytest.mark.parametrize(
    "said",
    [
        "*",
        "https://*.example",
        "https://dashboard.example/dashboard",
        "https://a.example https://b.example",
        "https://a.example; script-src *",
        "javascript:alert(1)",
        "dashboard.example",
    ],
)
def test_anything_wider_than_one_origin_is_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        origin_of(said)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://shop.example", "shop.example"),
        ("http://Twiza-Web.prod:8000/", "twiza-web.prod"),
        ("http://[::1]:8000", "[::1]"),
    ],
)
def test_a_host_is_named_as_in_a_request(address: str, host: str) -> None:
    assert host_of(address) == host
