"""What the environment may say, and how a wrong value is named."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.cli import main
from marketplace.core.database import DatabaseAddress
from marketplace.environment.page import names
from marketplace.environment.reading import read_environment
from marketplace.environment.variables import ROOT


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)


def test_without_variables_the_defaults_hold() -> None:
    env = read_environment()
    assert env.core.database_url is None
    assert env.core.allowed_hosts == ["localhost", "127.0.0.1", "[::1]", "testserver"]
    assert (env.core.debug, env.saleor.refuse_open_transaction) == (False, True)
    assert env.saleor.app_url is None
    assert env.payments.test_payments is None
    assert env.search.api_a_minute == 240


def test_values_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40w@db:6543/shop")
    monkeypatch.setenv("TWIZA_CHANNELS", "ma:boutique,eu")
    monkeypatch.setenv("TWIZA_ALLOWED_HOSTS", "shop.example,localhost")
    monkeypatch.setenv("TWIZA_TEST_PAYMENTS", "off")
    monkeypatch.setenv("TWIZA_BANK_TRANSFER_DAYS", "9")
    env = read_environment()
    assert env.core.database_url == DatabaseAddress("db", 6543, "shop", "me", "p@w")
    assert env.saleor.channels == {"ma": "boutique", "eu": ""}
    assert env.core.allowed_hosts == ["shop.example", "localhost"]
    assert env.payments.test_payments is False
    assert env.payments.bank_transfer_days == 9


def test_saleor_is_served_under_the_name_by_which_it_reaches_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TWIZA_ALLOWED_HOSTS", "www.shop.example")
    monkeypatch.setenv("TWIZA_PUBLIC_URL", "https://shop.example")
    monkeypatch.setenv("TWIZA_APP_URL", "http://twiza-web:8000")
    served = runpy.run_path(str(ROOT / "marketplace/settings/__init__.py"))["ALLOWED_HOSTS"]
    assert served == ["www.shop.example", "shop.example", "twiza-web"]


def test_an_empty_flag_means_no_and_an_empty_address_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWIZA_REFUSE_OPEN_TRANSACTION", "")
    monkeypatch.setenv("DATABASE_URL", "")
    env = read_environment()
    assert env.saleor.refuse_open_transaction is False
    assert env.core.database_url is None


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("TWIZA_API_A_MINUTE", "many", "must be a whole number, 0 or more, not 'many'"),
        ("TWIZA_DEBUG", "perhaps", "must be 1 or 0"),
        ("TWIZA_TEST_PAYMENTS", "perhaps", "must be 1 or 0"),
        ("TWIZA_SEARCH_BACKEND", "solr", "must be one of postgres, elasticsearch, not 'solr'"),
        ("TWIZA_EMAIL_URL", "http://mail", "must be smtp://HOST"),
        ("TWIZA_DASHBOARD_ORIGIN", "*", "must be an origin such as"),
        ("TWIZA_CHANNELS", "ma,ma", "Name each market once"),
        ("TWIZA_PUBLIC_URL", "shop.example", "must begin with http:// or https://"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, message: str
) -> None:
    monkeypatch.setenv(name, wrong)
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment()
    assert str(refused.value).startswith(name)
    assert message in str(refused.value)


@pytest.mark.parametrize("name", ["DATABASE_URL", "TWIZA_ENCRYPTION_KEYS", "TWIZA_EMAIL_URL"])
def test_a_wrong_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "mysql://me:tell-nobody@db/shop")
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment()
    assert "tell-nobody" not in str(refused.value)


@pytest.mark.parametrize("command", [["demo"], ["serve"], ["worker"], ["doctor"]])
def test_no_command_starts_with_a_wrong_value(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("TWIZA_API_A_MINUTE", "many")
    monkeypatch.setenv("TWIZA_LOG_FORMAT", "xml")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost:1/nothing")
    with pytest.raises(SystemExit) as stopped:
        main(command)
    lines = str(stopped.value.code).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("twiza: TWIZA_API_A_MINUTE")
    assert lines[1].startswith("TWIZA_LOG_FORMAT must be one of line, json")
