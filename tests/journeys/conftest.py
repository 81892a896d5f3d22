"""A real browser, at phone and desktop width, with or without scripts, and people already signed in."""

import os
import shutil

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect, sync_playwright

# Playwright's sync interface runs a loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser, live_server):
    """open_window(viewport, **options) gives a page of its own; its cookies are shared with no other."""
    opened = []

    def open_one(viewport=None, **options):
        context = browser.new_context(viewport=viewport or DESKTOP, base_url=live_server.url, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page_phone(open_window):
    """A phone, 375 pixels wide."""
    return open_window(PHONE, has_touch=True)


@pytest.fixture
def page_desktop(open_window):
    """A desktop, 1280 pixels wide."""
    return open_window(DESKTOP)


@pytest.fixture
def page_without_scripts(open_window):
    """A phone that runs no JavaScript."""
    return open_window(PHONE, java_script_enabled=False)


@pytest.fixture
def sign_in(live_server):
    """sign_in(page, user): the page is theirs from now on, past the second factor, as after a real sign-in."""

    def with_session(page, user) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["second_factor"] = user.pk
        session.save()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}])

    return with_session
