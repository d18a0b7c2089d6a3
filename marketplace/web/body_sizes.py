"""How large a request's body may be, where a page takes JSON instead of a form."""

from django.http import HttpRequest

# No body is longer than such a number of bytes says; Python refuses to read numbers without end.
_LONGEST_NUMBER = 18


def is_larger(request: HttpRequest, most: int) -> bool:
    """Whether the body has more bytes, by what it says of itself first: that one is not read."""
    said = request.headers.get("Content-Length", "")
    if said.isdecimal() and (len(said) > _LONGEST_NUMBER or int(said) > most):
        return True
    return len(request.body) > most
