"""What is sent compressed: text, and nothing that is compressed already."""

import gzip
from io import BytesIO

import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from marketplace.core.compression import CompressTextMiddleware

BODY = b"argan " * 500


def sent(response: HttpResponseBase) -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = CompressTextMiddleware(lambda _request: response)(request)
    assert isinstance(answer, HttpResponseBase)
    return answer


def body_of(response: HttpResponseBase) -> bytes:
    return b"".join(response)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind",
    [
        *("image/jpeg", "image/png", "image/webp", "application/pdf", "application/zip"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
)
def test_files_that_are_compressed_are_sent_as_they_are(kind: str) -> None:
    for response in (
        FileResponse(BytesIO(BODY), content_type=kind, headers={"Content-Length": len(BODY)}),
        HttpResponse(BODY, content_type=kind, headers={"Content-Length": len(BODY)}),
    ):
        answer = sent(response)
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["Content-Length"] == str(len(BODY))
        assert body_of(answer) == BODY


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html; charset=utf-8", "text/csv", "text/css", "application/json", "image/svg+xml"),
        *("application/xml", "text/javascript", "application/graphql-response+json"),
    ],
)
def test_text_is_compressed(kind: str) -> None:
    answer = sent(HttpResponse(BODY, content_type=kind))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(body_of(answer)) == BODY


def test_the_shop_uses_it_and_no_other() -> None:
    names = [name for name in settings.MIDDLEWARE if "gzip" in name.lower() or "compress" in name]
    assert names == ["marketplace.core.compression.CompressTextMiddleware"]
