"""A value whose key is missing fails its own page, and the log says in a sentence what to do."""

import logging
from typing import Any

import pytest
from cryptography.fernet import Fernet

from marketplace.core.logs import OutageFilter
from tests.factories import vendors as make
from tests.payouts.world import RIBS, add_account
from tests.web.browsers import browser
from vendors.models import Programme

pytestmark = pytest.mark.django_db


def test_a_page_with_such_a_value_fails_and_the_others_go_on(
    programme: Programme, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    former, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [former]
    unlucky = make.make_cooperative(programme, "unlucky")
    add_account(unlucky, RIBS[0])
    settings.ENCRYPTION_KEYS = [new]
    client = browser(make.make_staff(programme), "en")
    client.raise_request_exception = False

    failed = client.get(f"/staff/mourafaka/cooperatives/by-name/{unlucky.slug}/")
    assert failed.status_code == 500
    assert "Something went wrong on our side" in failed.content.decode()
    assert client.get("/staff/mourafaka/cooperatives/").status_code == 200

    said = [_sentence(one) for one in caplog.records if one.name == "django.request"]
    assert len(said) == 1
    assert said[0].startswith("A stored value cannot be read: No key of TWIZA_ENCRYPTION_KEYS fits")
    settings.ENCRYPTION_KEYS = [new, former]
    assert client.get(failed.request["PATH_INFO"]).status_code == 200


def _sentence(record: logging.LogRecord) -> str:
    """What the log says, whether the console's filter has seen the record already or not."""
    OutageFilter().filter(record)
    return logging.Formatter().format(record)
