"""A backup holds everything, and what is restored protects itself as the original did."""

import json
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

from marketplace.core.backup.manifest import BackupRefused
from marketplace.core.backup.restore import restore_backup
from marketplace.core.backup.write import write_backup
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.movement import Leg
from marketplace.ledger.post import book_of, post
from tests.payouts.world import WHEN, make_programme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of one ledger transaction and one photograph."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "media")
    (tmp_path / "media" / "photos").mkdir(parents=True)
    (tmp_path / "media" / "photos" / "أملو.jpg").write_bytes(b"picture")
    legs = [Leg(AccountCode.BANK, Money(5, "MAD")), Leg(AccountCode.COMMISSION, Money(-5, "MAD"))]
    post(
        book=book_of(make_programme().pk), key="first", cause=Cause.PSP_SETTLED, legs=legs,
        occurred_at=WHEN, booked_on=WHEN.date(),
    )  # fmt: skip
    write_backup(tmp_path / "shop.tar", progress=lambda _words: None)
    return tmp_path / "shop.tar"


def test_a_backup_is_for_its_owners_eyes_and_is_never_overwritten(saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(saved, progress=lambda _words: None)
    with tarfile.open(saved) as tar:
        held = tar.extractfile("about.json")
        assert held is not None
        assert json.load(held)["rows"]["public.ledger_entry"] == 2


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="cannot be written"):
        write_backup(tmp_path / "no" / "folder.tar", progress=lambda _words: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a backup"])
def test_another_file_is_refused_before_anything_happens(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(BackupRefused, match=r"read as a backup|not a backup"):
        restore_backup(tmp_path / "x.tar", progress=lambda _words: None)
