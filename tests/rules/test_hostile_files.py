"""No page falls over a file: bombs, tables with huge cells, XML that calls for other files."""

import copy
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.rules.access_addresses import places
from tests.rules.access_walk import world
from tests.rules.access_world import AccessWorld
from tests.rules.every_place import (
    all_that_there_may_be,
    clients,
    usual_address,
    who_may_enter,
)
from tests.rules.hostile import USUAL, PageForm, Tries, forms_of
from tests.turns import is_todays

__all__ = ["all_that_there_may_be", "clients", "world"]

pytestmark = pytest.mark.django_db

FILE_FIELD = re.compile(r'<input[^>]*type="file"[^>]*>')
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return content.getvalue()


def laughs() -> bytes:
    """Entities of entities: a kilobyte that would be gigabytes."""
    parts = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return (
        f"<!DOCTYPE Document [{''.join(parts)}]><Document xmlns='{CAMT}'>&a11;</Document>".encode()
    )


HEADS = (
    "order,amount,tracking_number,status,delivered_at,end_to_end_id,booked_on,currency,account,"
    "debit,credit"
)
EMPTY_CELLS = "a\x00b," * 11
HUGE_NUMBER = "9" * 4400
OPENING = f'<Document xmlns="{CAMT}"><BkToCstmrStmt>'
CLOSING = "</BkToCstmrStmt></Document>"
FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "noise.csv": bytes(range(256)) * 40,
    "null.csv": f"{HEADS}\n{EMPTY_CELLS}\n".encode(),
    "cell.csv": f"{HEADS}\n".encode() + b"x" * 300_000 + b",1\n",
    "quote.csv": f"{HEADS}\n".encode() + b'"' + b"x\n" * 200_000,
    "columns.csv": b"order,amount," * 40_000 + b"\n1,2\n",
    "numbers.csv": f"{HEADS}\n{HUGE_NUMBER},NaN,1e999,²,x,y,2026-99-99,XXX,1,2\n".encode(),
    "utf16.csv": f"{HEADS}\n1,2\n".encode("utf-16"),
    "half.csv": f"{HEADS}\n".encode() + b"\xed\xa0\x80,1\n",
    "bomb.xlsx": zip_bomb(),
    "laughs.xml": laughs(),
    "outside.xml": (
        '<!DOCTYPE D [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + f"{OPENING}&x;{CLOSING}"
    ).encode(),
    "deep.xml": b"<a>" * 100_000,
    "empty-statement.xml": (
        f'{OPENING}<Stmt><Ntry><Amt Ccy="MAD">NaN</Amt></Ntry></Stmt>{CLOSING}'
    ).encode(),
    "file.pdf": b"%PDF-1.7\n" + b"0" * 1000,
    "name\r\nX: y.csv": b"order,amount\n1,2\n",
}  # fmt: skip


def upload_forms(path: str, page: str) -> list[tuple[PageForm, str]]:
    """The forms of a page that take a file, with the name of its field."""
    found = FILE_FIELD.search(page)
    name = re.search(r'name="(\w+)"', found[0]) if found else None
    forms = [form for form in forms_of(path, page) if form.action == path]
    return [(form, name[1]) for form in forms] if name else []


def test_no_page_falls_over_a_file(world: AccessWorld, clients: dict[str, Client]) -> None:
    tries, seen = Tries(), set[str]()
    for place in places():
        if place.audience not in {"portal", "staff"}:
            continue
        path, client = usual_address(place, world), who_may_enter(place, clients)
        answer = tries.get(client, path, "", place.name)
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form, field in upload_forms(path, answer.content.decode()):
            seen.add(place.name)
            if not is_todays(place.name, 3):
                continue
            usual = {key: value or USUAL.get(key, "1") for key, value in form.fields.items()}
            for name, content in FILES.items():
                sent = {**copy.copy(usual), field: SimpleUploadedFile(name, content)}
                shown = tries.send(client, path, sent, f"{place.name} {name!r}")
                assert b"root:x:0" not in getattr(shown, "content", b"")
    assert tries.faults == []
    assert len(seen) > 5, seen
