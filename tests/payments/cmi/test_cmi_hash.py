"""CMI's hash over every character that a buyer, a bank or a stranger may write."""

from html import escape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.providers.cmi.hashing import hash_of, is_signed
from tests.fakes.cmi import CALLBACK, STORE_KEY, sign

# What a form can carry: everything but halves of pairs.
LETTERS = st.characters(exclude_categories=["Cs"])
VALUES = st.text(LETTERS, max_size=40)
NAMES = st.text(LETTERS, min_size=1, max_size=12)
FIELDS = st.dictionaries(NAMES, VALUES, max_size=8)
PLAIN = st.from_regex(r"[a-zA-Z]{1,12}", fullmatch=True)


@given(FIELDS, st.text(LETTERS, max_size=12))
def test_any_form_has_a_hash_and_a_wrong_one_is_not_it(fields: dict[str, str], key: str) -> None:
    kept = {name: value for name, value in fields.items() if name.lower() != "hash"}
    made = hash_of(kept, key)

    assert made == hash_of(dict(reversed(kept.items())), key) or len({*map(str.lower, kept)}) < len(
        kept
    )
    assert not is_signed({**kept, "HASH": made + "²"}, key)


@given(st.dictionaries(PLAIN, VALUES.map(lambda text: text.strip(" \t\n\r\0\x0b")), max_size=8))
def test_it_is_the_one_that_cmi_makes(fields: dict[str, str]) -> None:
    kept = {name.lower(): value for name, value in fields.items() if name.lower() != "hash"}

    assert hash_of(kept, STORE_KEY) == sign(kept)
    # and what comes back with its characters written for HTML is the same
    sent = {name: escape(value, quote=False) for name, value in kept.items()}
    assert is_signed({**sent, "HASH": sign(kept)}, STORE_KEY)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("th&eacute; &amp; th&#233; &#x2F; &quot;2&quot; &#039;", 'thé & thé / "2" \''),
        ("AT&T &lt", "AT&T &lt"),
        (
            "&apos; &nothing; &#0; &#xD800; &#9999999; &;",
            "&apos; &nothing; &#0; &#xD800; &#9999999; &;",
        ),
        ("m² ½ ٣ \u00a0", "m² ½ ٣ \u00a0"),
    ],
)
def test_values_are_read_as_php_reads_them(sent: str, meant: str) -> None:
    assert is_signed({"note": sent, "HASH": sign({"note": meant})}, STORE_KEY)


def test_names_are_ordered_as_php_orders_them() -> None:
    # digits as numbers, other scripts' digits and letters as bytes
    ordered = ["Line2", "line10", "line²", "É", "é", "٣"]
    fields = {name: str(place) for place, name in enumerate(ordered)}

    assert hash_of(fields, "k") == sign(
        {f"{place:02}": fields[name] for place, name in enumerate(ordered)}, "k"
    )
    assert hash_of({"9" * 5000: "b", "8" * 5000: "a"}, "k") == sign({"a": "a", "b": "b"}, "k")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["²", "a²b", "9" * 1500, "\x00", "٣", "\ud800"])
def test_a_stranger_with_such_a_name_is_refused_as_a_forger(
    client: Client, settings: object, name: str
) -> None:
    settings.CMI_STORE_KEY = STORE_KEY  # type: ignore[attr-defined]

    answer = client.post(
        CALLBACK,
        f"{ascii(name).strip(chr(39))}=1&HASH=x",
        content_type="application/x-www-form-urlencoded",
    )
    assert (answer.status_code, answer.content) == (400, b"FAILURE")
    if "\ud800" not in name:
        assert client.post(CALLBACK, {name: name, "HASH": "²"}).status_code == 400
