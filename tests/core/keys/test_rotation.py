"""Everything encrypted is readable before, during and after the keys are replaced."""

import ast
import json
import os
import signal
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from marketplace.core.encryption import EncryptedTextField, encrypt, fingerprint
from marketplace.core.keys import rotation
from marketplace.core.keys.counting import count_keys, find_unreadable
from marketplace.core.keys.stores import all_stores, columns
from marketplace.core.models import AuditEntry
from marketplace.core.private_files import read_private, save_private
from marketplace.core.roles import connect_as_owner
from marketplace.payouts.models import BankFile
from marketplace.web.accounts.mfa_adapter import MFAAdapter
from marketplace.web.kept.files import keep_files, read_file
from marketplace.web.kept.models import KeptFile, KeptForm
from tests.factories.vendors import make_user
from tests.payouts.killed.payday import bank_batch
from tests.payouts.killed.process import in_child

pytestmark = pytest.mark.django_db(transaction=True)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ROOT = Path(__file__).resolve().parents[3]
# Where a long job leaves its file.
RESULT = "long_jobs/ab/result-1"
# Who encrypts otherwise than by a field, and whose store is named in `marketplace/checks.py`.
ENCRYPTING = {
    "marketplace/core/encryption.py": "the field",
    "marketplace/core/keys/rotation.py": "the rotation",
    "marketplace/web/accounts/mfa_adapter.py": "app_secrets, recovery_seeds",
    "marketplace/demo/codes.py": "app_secrets: by the adapter",
    "marketplace/core/private_files.py": "KeptFiles, JobFiles",
}


def test_nothing_is_encrypted_that_the_rotation_does_not_know() -> None:
    found = set()
    for package in ("marketplace", "catalog", "vendors", "search"):
        for path in (ROOT / package).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            calls = [n.func for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
            if {getattr(c, "attr", getattr(c, "id", "")) for c in calls} & {"encrypt"}:
                found.add(name)
    assert found == set(ENCRYPTING)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture
def filled(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> Iterator[dict[str, object]]:
    """A world with something in the columns of every kind, encrypted with the old key."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ENCRYPTION_KEYS = [OLD]
    save_private(RESULT, [b"reference;amount\n", b"VR-1;1250.00\n"])
    payday = bank_batch()
    payday.make_world()
    payday.finish()
    owner = make_user("Ghita")
    adapter = MFAAdapter()
    Authenticator.objects.create(
        user=owner, type="totp", data={"secret": adapter.encrypt("JBSWY3DP"), "last": 3}
    )
    Authenticator.objects.create(
        user=owner, type="recovery_codes", data={"seed": adapter.encrypt("5eed"), "used_mask": 1}
    )
    now = timezone.now()
    form = KeptForm.objects.create(
        owner=owner, action="a", page="/page/", content=json.dumps([["name", "أملو"]]),
        kept_at=now, expires_at=now,
    )  # fmt: skip
    upload = SimpleUploadedFile("one.txt", b"x" * 2_500_000)
    request = RequestFactory().post("/", {"photos": upload})
    assert keep_files(form, request) == []
    return everything()


def everything() -> dict[str, object]:
    """All that is encrypted, in plain, and all other values of those rows."""
    found: dict[str, object] = {}
    for model in apps.get_models():
        if any(isinstance(f, EncryptedTextField) for f in model._meta.local_concrete_fields):
            rows = model._base_manager.order_by("pk").values()
            found[model._meta.db_table] = list(rows)
    adapter = MFAAdapter()
    for factor in Authenticator.objects.order_by("pk"):
        data: dict[str, Any] = dict(factor.data)
        for name in {"secret", "seed"} & data.keys():
            data[name] = adapter.decrypt(data[name])
        found[f"factor {factor.pk}"] = data
    for file in KeptFile.objects.all():
        found[f"file {file.pk}"] = b"".join(read_file(file))
    found["result"] = b"".join(read_private(RESULT))
    return found


def used() -> set[str | None]:
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        return {key for store in all_stores() for key in count_keys(connection, store)}


def test_the_world_fills_a_column_of_every_kind(filled: dict[str, object]) -> None:
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        names = {store.name for store in all_stores() if count_keys(connection, store)}
    assert {
        "payouts_bankfile.content",
        "payouts_payoutline.account_number",
        "vendors_bankaccount.number",
        "kept_keptform.content",
        "mfa_authenticator.data.secret",
        "mfa_authenticator.data.seed",
        "media/kept",
        "media/long_jobs",
    } <= names
    assert used() == {fingerprint(OLD)}


def test_everything_is_readable_before_during_and_after(
    filled: dict[str, object], settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert everything() == filled
    for _turned in rotation.rotate_keys():
        assert everything() == filled
    settings.ENCRYPTION_KEYS = [NEW]
    assert used() == {fingerprint(NEW)}
    assert everything() == filled
    assert find_unreadable() == []
    entry = AuditEntry.objects.get(action="keys.rotated")
    assert entry.subject_id == fingerprint(NEW)
    assert BankFile.objects.exists()
    # The rules of the tables hold as before.
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("UPDATE payouts_bankfile SET content = 'x'")
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute("UPDATE payouts_payoutline SET account_number = 'x'")


@pytest.mark.parametrize("kept", [0, 1, 6])
def test_a_rotation_killed_half_way_is_taken_up_again(
    filled: dict[str, object], settings: Settings, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    usual, done = rotation.cipher_of, []

    def killing(keys: tuple[str, ...]) -> object:
        done.append(keys)
        if len(done) > kept:
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(keys)

    monkeypatch.setattr(rotation, "cipher_of", killing)
    assert not in_child(lambda: list(rotation.rotate_keys()) and None)
    monkeypatch.setattr(rotation, "cipher_of", usual)

    assert everything() == filled
    assert fingerprint(OLD) in used()
    out = StringIO()
    call_command("keys", "rotate", stdout=out)
    assert f"Everything is encrypted with {fingerprint(NEW)}." in out.getvalue()
    assert used() == {fingerprint(NEW)}
    assert everything() == filled


def test_a_file_killed_while_it_is_written_is_as_before(
    filled: dict[str, object], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    monkeypatch.setattr("os.fsync", lambda _file: os.kill(os.getpid(), signal.SIGKILL))
    assert not in_child(lambda: list(rotation.rotate_keys()) and None)
    monkeypatch.undo()
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert everything() == filled
    list(rotation.rotate_keys())
    assert everything() == filled
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.rotating"))


def test_what_no_key_fits_is_counted_and_left(
    filled: dict[str, object], settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [NEW]
    assert "vendors_bankaccount.number" in find_unreadable()
    with pytest.raises(CommandError, match=r"No key fits \d+ values; they stay as they are"):
        call_command("keys", "rotate", stdout=StringIO())
    with pytest.raises(CommandError, match=r"vendors_bankaccount\.number: 2"):
        call_command("keys", "list", stdout=StringIO())
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert everything() == filled
    out = StringIO()
    call_command("keys", "list", stdout=out)
    assert out.getvalue().splitlines()[0] == f"{fingerprint(NEW)}  encrypts new values; values: 0"


def test_a_row_that_changes_meanwhile_keeps_its_new_value(
    filled: dict[str, object], settings: Settings
) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    store = next(store for store in columns() if store.name == "kept_keptform.content")
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        [[(pk, token)]] = list(store.batches(connection))
        KeptForm.objects.update(content="newer")
        store.replace(connection, [(pk, token, encrypt(b"older"))])
    assert KeptForm.objects.get().content == "newer"
