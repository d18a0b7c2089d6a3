"""Who asks, behind proxies and before those who pretend to be behind one."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from marketplace.core.client_address import (
    ForwardedHeadersMiddleware,
    TrustedProxies,
    address_key,
    client_address,
)

PEER = "192.0.2.1"
CLIENT = "198.51.100.7"
NETWORKS = "192.0.2.0/24,10.0.0.0/8,fd00::/8"


def asked(told: str, peer: str = PEER) -> HttpRequest:
    headers = {"X-Forwarded-For": told} if told else {}
    return RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers)


@pytest.mark.parametrize(
    ("proxies", "told", "seen"),
    [
        ("", "9.9.9.9", PEER),
        ("0", "9.9.9.9", PEER),
        ("1", "", PEER),
        ("1", CLIENT, CLIENT),
        ("1", f"9.9.9.9, {CLIENT}", CLIENT),
        ("2", f"9.9.9.9, {CLIENT}, 10.0.0.3", CLIENT),
        ("2", CLIENT, CLIENT),  # one of the two was passed by
        ("1", f"{CLIENT}:5123", CLIENT),
        ("1", "[2001:db8::1]:443", "2001:db8::1"),
        ("1", f"::ffff:{CLIENT}", CLIENT),
        ("1", "unknown", PEER),
        ("1", "nonsense, ,", PEER),
        (NETWORKS, f"9.9.9.9, {CLIENT}", CLIENT),
        (NETWORKS, f"10.9.9.9, {CLIENT}, 10.0.0.3", CLIENT),
        (NETWORKS, f"{CLIENT}, garbage, 10.0.0.3", "10.0.0.3"),
        (NETWORKS, "10.0.0.4, 10.0.0.3", "10.0.0.4"),
        ("203.0.113.0/24", CLIENT, PEER),  # the neighbour is no proxy of ours
        ("192.0.2.1", CLIENT, CLIENT),
    ],
)
def test_who_asks(settings: Settings, proxies: str, told: str, seen: str) -> None:
    settings.TRUSTED_PROXIES = TrustedProxies.read(proxies)
    assert client_address(asked(told)) == seen


def test_an_address_of_version_six_counts_with_its_household(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = TrustedProxies.read("1")
    keys = {address_key(asked(one)) for one in ("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::")}
    assert keys == {"2001:0db8:0001:0002"}


TYPED = st.lists(
    st.one_of(st.ip_addresses().map(str), st.text(alphabet="0123456789.:[]abcf xé", max_size=20)),
    max_size=6,
).map(", ".join)


@given(typed=TYPED, hops=st.integers(min_value=1, max_value=4))
def test_what_the_client_types_never_changes_who_asks(typed: str, hops: int) -> None:
    added = [CLIENT, *(f"10.0.0.{n}" for n in range(2, hops + 1))]
    peer = "10.0.0.1"
    told = ", ".join([*([typed] if typed else []), *added])
    for proxies in (TrustedProxies(hops=hops), TrustedProxies.read("10.0.0.0/8")):
        assert proxies.client_of(peer, told) == CLIENT


@given(typed=TYPED)
def test_without_a_proxy_nothing_that_is_typed_counts(typed: str) -> None:
    assert TrustedProxies().client_of(PEER, typed) == PEER
    assert TrustedProxies.read("10.0.0.0/8").client_of(PEER, typed) == PEER


@pytest.mark.parametrize(("proxies", "left"), [("", False), ("10.0.0.0/8", False), ("1", True)])
def test_strangers_headers_of_a_proxy_are_dropped(
    settings: Settings, proxies: str, left: bool
) -> None:
    settings.TRUSTED_PROXIES = TrustedProxies.read(proxies)
    request = RequestFactory(REMOTE_ADDR=PEER).get(
        "/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "9.9.9.9"}
    )
    seen: list[bool] = []

    def inner(inside: HttpRequest) -> HttpResponse:
        seen.append("X-Forwarded-Proto" in inside.headers or "X-Forwarded-For" in inside.headers)
        return HttpResponse()

    ForwardedHeadersMiddleware(inner)(request)
    assert seen == [left]


@pytest.mark.parametrize("said", ["11", "999", "10.0.0.0/40", "proxy.example", "1,10.0.0.0/8,x"])
def test_a_setting_that_means_nothing_is_refused(said: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        TrustedProxies.read(said)
