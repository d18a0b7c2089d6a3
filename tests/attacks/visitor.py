"""Somebody at the running server, as a browser without scripts would be."""

import itertools
import re
from collections.abc import Mapping
from typing import NamedTuple

import httpx

from tests.demos import Demo

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Each visitor comes from another address of this machine: limits of one do not meet another.
ADDRESSES = (f"127.0.{n // 250 + 1}.{n % 250 + 1}" for n in itertools.count())


class Kept(NamedTuple):
    """The cookies of a session that began with a code, and the answer with which it began."""

    cookies: httpx.Cookies
    answer: httpx.Response


class Visitor(httpx.Client):
    """Cookies, an address, and the hidden token that each form carries. Follows no redirect."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.password = demo.password
        super().__init__(
            base_url=f"http://127.0.0.1:{demo.port}",
            headers={"Host": f"localhost:{demo.port}"},
            transport=httpx.HTTPTransport(local_address=next(ADDRESSES)),
            timeout=120,
        )

    def send_form(
        self,
        path: str,
        data: Mapping[str, object],
        *,
        page: str = "",
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Response:
        """Send a form as the page ``page`` (or ``path`` itself) shows it, with its token."""
        token = TOKEN.search(self.get(page or path, follow_redirects=True).text)
        filled = {**data, "csrfmiddlewaretoken": token[1] if token else ""}
        return self.post(path, data=filled, files=files)

    def sign_in(self, email: str, *, anew: bool = False) -> httpx.Response:
        """Sign in as one of the demo's persons, staff with a code from their phone.

        The response leads on, or shows the form again. Who gave a code a short while ago goes on
        with that session, unless ``anew``: a code is taken once.
        """
        if (kept := self.demo.kept(email)) and not anew:
            self.cookies.update(kept.cookies)
            answer: httpx.Response = kept.answer
            return answer
        answer = self.send_form("/accounts/login/", {"login": email, "password": self.password})
        if answer.headers.get("Location", "") == "/accounts/2fa/authenticate/":
            answer = self.send_form("/accounts/2fa/authenticate/", {"code": self.demo.code(email)})
            if not anew:
                self.demo.keep(email, Kept(httpx.Cookies(self.cookies), answer))
        return answer
