"""Signing in through another service: issuer and subject are the identity, an e-mail address never is."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client, override_settings

from send.accounts.models import User
from send.accounts.providers import allauth_apps, invites_itself, origins

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def provider():
    """An OpenID provider on this machine. `claims` are what its next identity token says."""
    state = SimpleNamespace(claims={}, secrets=[], nonce="")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/.well-known/openid-configuration":
                ends = {
                    "authorization_endpoint": "authorize",
                    "token_endpoint": "token",
                    "userinfo_endpoint": "me",
                    "jwks_uri": "keys",
                }
                return self._reply({"issuer": state.url} | {name: f"{state.url}/{path}" for name, path in ends.items()})
            return self._reply({"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1"}]})

        def do_POST(self):
            given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            basic = base64.b64decode(self.headers.get("Authorization", "Basic ")[6:]).decode()
            state.secrets.append((basic, given["code_verifier"][0]))
            now = int(time.time())
            claims = {"iss": state.url, "aud": "send", "iat": now, "exp": now + 60} | state.claims
            token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
            self._reply({"access_token": "a", "token_type": "Bearer", "id_token": token})

        def _reply(self, answer):
            content = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()


@pytest.fixture
def configured(provider):
    """The service with that provider, as a kind."""

    def of_kind(kind):
        entry = {
            "id": "there", "name": "Sign in there", "kind": kind, "server_url": provider.url, "client_id": "send",
            "secret": "s3cret", "token_auth_method": "client_secret_basic",
        }  # fmt: skip
        return override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": allauth_apps([entry])}})

    return of_kind


def come_back(browser):
    """Press the button, and come back from the provider with a code."""
    answer = browser.post("/account/oidc/there/login/")
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get("/account/oidc/there/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_a_family_member_comes_through_one_login(provider, configured):
    provider.claims = {"sub": "urn:person:1", "email": "ama@example.org", "email_verified": True, "name": "Ama Mensah"}
    with configured("one_login"):
        answer = come_back(Client())
    assert answer.status_code == 302
    account = SocialAccount.objects.get()
    assert (account.uid, account.provider, account.user.name) == ("urn:person:1", "there", "Ama Mensah")
    assert provider.secrets[0][0] == "send:s3cret"


def test_the_same_subject_is_the_same_person_though_the_address_changed(provider, configured):
    with configured("one_login"):
        for email in ("ama@example.org", "ama.new@example.org"):
            provider.claims = {"sub": "urn:person:1", "email": email, "email_verified": True}
            come_back(Client())
    assert User.objects.count() == 1


def test_the_same_address_with_another_subject_does_not_open_an_account_that_exists(provider, configured, person):
    person()
    provider.claims = {"sub": "urn:person:evil", "email": "ama@example.org", "email_verified": True}
    browser = Client()
    with configured("one_login"):
        come_back(browser)
        assert not SocialAccount.objects.exists()
        assert browser.get("/account/").headers["location"].startswith("/sign-in/")


@pytest.mark.parametrize("kind", ["authority", "dfe_sign_in"])
def test_a_stranger_from_an_organisation_needs_an_invitation(provider, configured, kind):
    provider.claims = {"sub": "urn:person:2", "email": "stranger@example.org", "email_verified": True}
    with configured(kind):
        answer = come_back(Client())
    assert "You need an invitation" in answer.content.decode()
    assert not User.objects.exists()


def test_a_token_for_another_service_is_refused(provider, configured):
    provider.claims = {"sub": "urn:person:1", "email": "ama@example.org", "aud": "somebody else"}
    with configured("one_login"):
        answer = come_back(Client())
    assert "You are not signed in" in answer.content.decode()
    assert not User.objects.exists()


def test_a_token_of_another_issuer_is_refused(provider, configured):
    provider.claims = {"sub": "urn:person:1", "email": "ama@example.org", "iss": "https://evil.example"}
    with configured("one_login"):
        come_back(Client())
    assert not User.objects.exists()


def test_a_person_from_another_service_sets_up_the_second_step_too(provider, configured):
    provider.claims = {"sub": "urn:person:1", "email": "ama@example.org", "email_verified": True, "name": "Ama"}
    browser = Client()
    with configured("one_login"):
        come_back(browser)
        assert browser.get("/account/").headers["location"] == "/account/2fa/totp/activate/"


def test_a_provider_that_is_half_configured_stops_start_up():
    with pytest.raises(ValueError, match="lacks"):
        allauth_apps([{"id": "x", "kind": "one_login"}])


def test_a_browser_may_send_the_form_to_the_provider():
    assert origins([{"server_url": "https://id.example/oidc/.well-known/openid-configuration"}]) == ["https://id.example"]


def test_an_unknown_provider_never_invites_itself():
    assert invites_itself("nobody") is False
