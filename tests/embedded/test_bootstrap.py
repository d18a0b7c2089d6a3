"""First start of the engine and of the App beside it; both may be repeated."""

import httpx
import pytest
from django.utils import translation

from marketplace.embedded.bootstrap import bootstrap, install_local_app
from marketplace.embedded.errors import CommandError
from marketplace.embedded.models import App, AppToken, Shop, SigningKey, User
from marketplace.embedded.transport import EmbeddedTransport
from tests.contract.engine import Engine

pytestmark = pytest.mark.django_db


def start(domain: str = "engine.test", password: str = "first-password") -> User:
    return bootstrap(domain=domain, admin_email="admin@example.org", admin_password=password)


def test_a_second_start_keeps_key_and_password() -> None:
    # given an engine that was started
    start()
    key = SigningKey.objects.get().kid
    # when it is started again, under another name
    admin = start(domain="shop.example.org", password="other-password")
    # then only the domain is new
    assert SigningKey.objects.get().kid == key
    assert Shop.objects.get().domain == "shop.example.org"
    assert User.objects.count() == 1
    assert admin.check_password("first-password")


def test_the_local_app_is_installed_once(bare_engine: Engine) -> None:
    url = f"{bare_engine.app.url}/manifest"
    first = install_local_app(url)
    again = install_local_app(url)
    assert first == again
    assert App.objects.count() == 1
    assert first.is_active
    assert sorted(first.permissions) == sorted(bare_engine.app.manifest()["permissions"])
    assert [path for _method, path, _headers in bare_engine.app.requests] == [
        "/manifest",
        "/register",
    ]
    # the token is the App's alone: the engine keeps its digest
    assert AppToken.objects.get().last_4 == bare_engine.app.token[-4:]
    assert bare_engine.as_app("{ app { identifier } }")["app"] == {"identifier": first.identifier}


def test_an_app_that_refuses_its_token_is_not_installed(
    bare_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(method: str, path: str, _headers: object, _body: object) -> tuple[int, object]:
        return (200, bare_engine.app.manifest()) if path == "/manifest" else (403, {})

    monkeypatch.setattr(bare_engine.app, "handle", refuse)
    with pytest.raises(CommandError):
        install_local_app(f"{bare_engine.app.url}/manifest")
    assert App.objects.count() == 0


def test_a_webhook_that_does_not_fit_the_schema_is_refused(bare_engine: Engine) -> None:
    bare_engine.app.extra_webhooks = [
        {
            "name": "Odd",
            "query": "subscription { event { colour } }",
            "targetUrl": "http://app.test",
        }
    ]
    with pytest.raises(CommandError, match="Subscription query is not valid"):
        install_local_app(f"{bare_engine.app.url}/manifest")
    assert App.objects.count() == 0


def test_the_callers_language_stays(bare_engine: Engine) -> None:
    with translation.override("ar"):
        http = httpx.Client(transport=EmbeddedTransport())
        http.post("http://engine.test/graphql/", json={"query": "{ shop { name } }"})
        assert translation.get_language() == "ar"
