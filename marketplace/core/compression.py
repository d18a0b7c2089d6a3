"""Compress what is text; photographs, documents and archives are compressed in themselves."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_TEXT = ("json", "xml", "javascript")


class CompressTextMiddleware(GZipMiddleware):
    """gzip for pages and data only: a photograph gets no smaller, and loses its length."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if not kind.startswith("text/") and not kind.endswith(_TEXT):
            return response
        return super().process_response(request, response)
