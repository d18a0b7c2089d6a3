"""Which backups were written and proven is noted in the database, and the doctor asks for more."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.checkup import Finding, Mark, examine
from marketplace.core.models import BackupRecord
from marketplace.core.postgres_versions import NEWEST_TRIED
from tests.servers import Shop, as_user, one

NOTED = "SELECT count(*) FILTER (WHERE proven_at IS NOT NULL) FROM core_backuprecord"
LAST = "SELECT file || ' ' || bytes FROM core_backuprecord ORDER BY made_at DESC LIMIT 1"


def found() -> Finding:
    [finding] = examine("backups")
    return finding


def written(ago: timedelta, *, proven: bool) -> None:
    at = timezone.now() - ago
    BackupRecord.objects.create(
        made_at=at, file="/srv/shop.tar", bytes=9, proven_at=at if proven else None
    )


@pytest.mark.django_db
def test_a_shop_without_a_backup_is_told_so_and_a_demo_is_not(settings: Any) -> None:
    assert found().mark == Mark.WARNING
    assert "ever" in found().message
    settings.DEMO = True
    assert examine("backups") == []


@pytest.mark.django_db
def test_a_backup_of_last_night_that_was_proven_is_good() -> None:
    written(timedelta(days=30), proven=True)
    assert found().mark == Mark.WARNING
    written(timedelta(hours=20), proven=False)
    assert found().mark == Mark.GOOD
    assert "/srv/shop.tar" in found().message


@pytest.mark.django_db
def test_one_that_nobody_has_restored_is_a_hope() -> None:
    written(timedelta(days=32), proven=True)
    written(timedelta(hours=20), proven=False)
    assert found().mark == Mark.WARNING
    assert "twiza restore /srv/shop.tar --check" in found().remedy


@pytest.mark.xdist_group("servers")
@pytest.mark.parametrize("shop", [NEWEST_TRIED], indirect=True)
def test_the_writer_notes_what_it_wrote_and_the_trial_what_it_proved(
    shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("noted") / "noted.tar"
    shop.do("backup", str(file))
    with as_user(shop.address) as connection:
        assert one(connection, LAST) == f"{file} {file.stat().st_size}"
        before = one(connection, NOTED)
        shop.do("restore", str(file), "--check")
        assert one(connection, NOTED) == before + 1  # type: ignore[operator]
