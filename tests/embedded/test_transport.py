"""The engine's door: callers, tokens, errors, files, transactions."""

import httpx
import pytest
from django.db import connections, transaction

from marketplace.embedded.bootstrap import bootstrap
from marketplace.embedded.errors import EngineCalledInTransaction
from marketplace.embedded.installed_apps.tokens import new_token, save_token
from marketplace.embedded.models import App
from marketplace.embedded.transport import EmbeddedTransport

URL = "http://engine.test/graphql/"


@pytest.fixture
def http() -> httpx.Client:
    return httpx.Client(transport=EmbeddedTransport(), base_url="http://engine.test")


def ask(http: httpx.Client, query: str, token: str = "", **variables: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return http.post("/graphql/", json={"query": query, "variables": variables}, headers=headers)


@pytest.mark.django_db
def test_staff_signs_in_and_sees_herself(http: httpx.Client) -> None:
    # given an engine with an administrator
    bootstrap(domain="engine.test", admin_email="admin@example.org", admin_password="long-enough")
    # when she signs in and asks who she is
    answer = ask(
        http,
        "mutation($e: String!, $p: String!)"
        " { tokenCreate(email: $e, password: $p) { token errors { code } } }",
        e="admin@example.org",
        p="long-enough",
    ).json()
    token = answer["data"]["tokenCreate"]["token"]
    me = ask(http, "{ me { email isStaff } }", token).json()
    # then the engine knows her
    assert me == {"data": {"me": {"email": "admin@example.org", "isStaff": True}}}


@pytest.mark.django_db
def test_wrong_password_is_refused_with_saleors_code(http: httpx.Client) -> None:
    bootstrap(domain="engine.test", admin_email="admin@example.org", admin_password="long-enough")
    answer = ask(
        http,
        'mutation { tokenCreate(email: "admin@example.org", password: "no")'
        " { token errors { field code } } }",
    )
    assert answer.status_code == 200
    assert answer.json()["data"]["tokenCreate"] == {
        "token": None,
        "errors": [{"field": "email", "code": "INVALID_CREDENTIALS"}],
    }


@pytest.mark.django_db
def test_anonymous_caller_is_denied_with_http_200(http: httpx.Client) -> None:
    answer = ask(http, "{ apps(first: 1) { totalCount } }")
    assert answer.status_code == 200
    body = answer.json()
    assert body["data"] == {"apps": None}
    assert body["errors"][0]["extensions"]["exception"]["code"] == "PermissionDenied"


@pytest.mark.django_db
def test_app_token_carries_the_apps_permissions(http: httpx.Client) -> None:
    # given an App that may manage apps
    app = App.objects.create(name="Twiza", identifier="twiza", permissions=["MANAGE_APPS"])
    token = new_token()
    save_token(app, token)
    # when it lists the apps
    body = ask(
        http, "{ apps(first: 5) { totalCount edges { node { identifier } } } }", token
    ).json()
    # then it sees itself
    assert body == {
        "data": {"apps": {"totalCount": 1, "edges": [{"node": {"identifier": "twiza"}}]}}
    }


@pytest.mark.django_db
def test_a_forged_user_token_is_an_error(http: httpx.Client) -> None:
    body = ask(http, "{ me { email } }", "not.a.token").json()
    assert body["errors"][0]["extensions"]["exception"]["code"] == "InvalidTokenError"


@pytest.mark.django_db
def test_invalid_document_is_http_400(http: httpx.Client) -> None:
    assert ask(http, "{ nothing }").status_code == 400
    assert http.post("/graphql/", content=b"nonsense").status_code == 400
    assert http.get("/elsewhere").status_code == 404


@pytest.mark.django_db
def test_keys_are_published(http: httpx.Client) -> None:
    bootstrap(domain="engine.test", admin_email="admin@example.org", admin_password="long-enough")
    keys = http.get("/.well-known/jwks.json").json()["keys"]
    assert [(key["kty"], key["use"]) for key in keys] == [("RSA", "sig")]
    assert "d" not in keys[0]


@pytest.mark.django_db(transaction=True)
def test_a_call_inside_an_open_transaction_is_refused(http: httpx.Client) -> None:
    with transaction.atomic(using="default"), pytest.raises(EngineCalledInTransaction):
        ask(http, "{ me { email } }")
    assert not connections["default"].in_atomic_block
    assert ask(http, "{ me { email } }").json() == {"data": {"me": None}}


def test_media_outside_the_media_root_is_not_served(http: httpx.Client) -> None:
    assert http.get("/media/../settings.py").status_code == 404
    assert http.get("/media/%2e%2e/%2e%2e/etc/passwd").status_code == 404
