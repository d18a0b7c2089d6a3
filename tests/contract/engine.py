"""The engine under test: the embedded one, or a real Saleor when SALEOR_API_URL is set."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from marketplace.embedded.bootstrap import bootstrap
from marketplace.embedded.deliveries import deliver_pending
from marketplace.embedded.transport import EmbeddedTransport
from tests.contract.fake_app import FakeApp, use
from tests.contract.operations import document

REAL_URL = os.environ.get("SALEOR_API_URL", "")
ADMIN_EMAIL = os.environ.get("CONTRACT_ADMIN_EMAIL", "admin@example.org")
ADMIN_PASSWORD = os.environ.get("CONTRACT_ADMIN_PASSWORD", "admin-password")

PATIENCE_SECONDS = float(os.environ.get("CONTRACT_PATIENCE_SECONDS", "60"))
SILENCE_SECONDS = 2.0

_REGISTER = """
mutation($input: AccountRegisterInput!) {
  accountRegister(input: $input) { errors { field code } }
}"""


class Refused(AssertionError):
    """The engine answered with top-level errors; `codes` are theirs."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(str(errors))
        self.codes = [each["extensions"]["exception"]["code"] for each in errors]


@dataclass
class Engine:
    """One engine with the App installed; calls are made as somebody."""

    http: httpx.Client
    url: str
    app: FakeApp
    is_real: bool
    staff_token: str = ""

    def ask(self, query: str, *, token: str = "", **variables: Any) -> Any:
        """Run a document or one of our named operations; return ``data``, raise Refused."""
        text = query if "{" in query else document(query)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": text, "variables": variables}
        answer = self.http.post(self.url, json=body, headers=headers).json()
        if answer.get("errors"):
            raise Refused(answer["errors"])
        return answer["data"]

    def staff(self, query: str, **variables: Any) -> Any:
        """Ask as the shop's administrator."""
        return self.ask(query, token=self.staff_token, **variables)

    def as_app(self, query: str, **variables: Any) -> Any:
        """Ask as the installed App."""
        return self.ask(query, token=self.app.token, **variables)

    def buyer(self, query: str, **variables: Any) -> Any:
        """Ask as nobody in particular."""
        return self.ask(query, **variables)

    def done(self, query: str, **variables: Any) -> Any:
        """Run a mutation as staff, expect no errors, return its payload."""
        (payload,) = self.staff(query, **variables).values()
        assert payload["errors"] == [], payload["errors"]
        return payload

    def customer(self, email: str) -> str:
        """Register a customer who need not confirm her address, sign her in; return her token."""
        self.done("UpdateShopSettings", input={"enableAccountConfirmationByEmail": False})
        fields = {"email": email, "password": "una-contrasena-larga"}
        made = self.buyer(_REGISTER, input=fields)["accountRegister"]
        assert made["errors"] == [], made
        token: str = self.buyer("CreateToken", **fields)["tokenCreate"]["token"]
        return token

    def upload(self, query: str, file: tuple[str, bytes, str], path: str, **variables: Any) -> Any:
        """Run a mutation with one file, as the GraphQL multipart request says."""
        operations = {"query": document(query), "variables": {**variables, path: None}}
        answer = self.http.post(
            self.url,
            data={
                "operations": json.dumps(operations),
                "map": json.dumps({"0": [f"variables.{path}"]}),
            },
            files={"0": file},
            headers={"Authorization": f"Bearer {self.staff_token}"},
        ).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def delivered(self, wanted: Callable[[], bool] = lambda: True) -> None:
        """Let pending webhooks arrive; on a real engine wait for `wanted`, then for silence."""
        if not self.is_real:
            deliver_pending()
            assert wanted(), "the webhook did not arrive"
            return
        until = time.monotonic() + PATIENCE_SECONDS
        while not wanted():
            assert time.monotonic() < until, "the webhook did not arrive in time"
            time.sleep(0.1)
        seen = -1
        while seen != len(self.app.received) and time.monotonic() < until:
            seen = len(self.app.received)
            time.sleep(SILENCE_SECONDS)

    def eventually(self, wanted: Callable[[], bool]) -> None:
        """Wait until `wanted` holds; the embedded engine has it at once."""
        until = time.monotonic() + (PATIENCE_SECONDS if self.is_real else 0)
        while not wanted():
            assert time.monotonic() < until, "it did not come to be so"
            time.sleep(0.5)


def start_embedded(app: FakeApp) -> Engine:
    """Bootstrap the embedded engine in this test's database."""
    use(app)
    bootstrap(domain="engine.test", admin_email=ADMIN_EMAIL, admin_password=ADMIN_PASSWORD)
    http = httpx.Client(transport=EmbeddedTransport())
    return ready(Engine(http, "http://engine.test/graphql/", app, is_real=False))


def ready(engine: Engine) -> Engine:
    """Sign the administrator in, and show the App where the engine's keys are."""
    keys_url = engine.url.replace("/graphql/", "/.well-known/jwks.json")
    engine.app.keys = lambda: engine.http.get(keys_url).json()
    signed_in = engine.buyer("CreateToken", email=ADMIN_EMAIL, password=ADMIN_PASSWORD)
    engine.staff_token = signed_in["tokenCreate"]["token"]
    return engine


def install(engine: Engine) -> None:
    """Install the App as the Dashboard would."""
    payload = engine.done(
        "InstallApp",
        input={
            "appName": "Contract App",
            "manifestUrl": f"{engine.app.url}/manifest",
            "permissions": engine.app.manifest()["permissions"],
        },
    )
    assert payload["appInstallation"]["message"] in {None, ""}, payload
    until = time.monotonic() + PATIENCE_SECONDS
    while not engine.app.token:
        assert time.monotonic() < until, "the App never got its token"
        time.sleep(0.1)
