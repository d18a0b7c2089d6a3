"""Private files of a folder, for those who replace keys: a file is lines of tokens.

A file is replaced as a whole by one written beside it, so that a reader sees the old or the new.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    import psycopg

BESIDE = ".rotating"


class PrivateFiles:
    """Each token's reference is its file and its line; a file's tokens come in one batch.

    ``folder`` is below the media folder (``core.private_files``); reports call it ``name``.
    """

    name, folder = "", ""

    def batches(self, _connection: "psycopg.Connection[Any]") -> Iterator[list[tuple[Any, bytes]]]:
        """The tokens of one file after the other."""
        for path in sorted((Path(settings.MEDIA_ROOT) / self.folder).rglob("*")):
            if path.name.endswith(BESIDE):
                path.unlink(missing_ok=True)  # of a rotation that was killed
            elif path.is_file():
                with suppress(FileNotFoundError):
                    lines = path.read_bytes().splitlines()
                    yield [((path, number), line) for number, line in enumerate(lines)]

    def replace(
        self, _connection: "psycopg.Connection[Any]", tokens: list[tuple[Any, bytes, bytes]]
    ) -> None:
        """Replace lines of one file; one that was deleted meanwhile stays so."""
        path: Path = tokens[0][0][0]
        new = {number: token for (_path, number), _old, token in tokens}
        beside = path.with_name(path.name + BESIDE)
        with suppress(FileNotFoundError):
            lines = path.read_bytes().splitlines()
            written = [new.get(number, line) for number, line in enumerate(lines)]
            descriptor = os.open(
                beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, path.stat().st_mode & 0o777
            )
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(line + b"\n" for line in written)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                beside.replace(path)
            beside.unlink(missing_ok=True)
