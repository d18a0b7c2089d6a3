"""Bank files."""

from typing import ClassVar

from django.db import models

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.payouts.models.runs import PayoutRun


class FileFormat(models.TextChoices):
    """Formats of bank files."""

    CSV = "csv", "CSV"
    PAIN = "pain001", "ISO 20022 pain.001.001.09"
    PAIN_OLD = "pain00103", "ISO 20022 pain.001.001.03"


class BankFile(AppendOnlyModel, UUIDModel):
    """A bank file, made once: encrypted (Fernet, base 64), with the hash of its plain bytes."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="bank_files")
    format = models.CharField(max_length=12, choices=FileFormat)
    name = models.CharField(max_length=80)
    message_id = models.CharField(max_length=35)
    content = EncryptedTextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "format"], name="bank_file_once")
        ]

    def __str__(self) -> str:
        return self.name
