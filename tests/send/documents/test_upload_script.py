"""The field in a real browser: files go by themselves, a cut line is survived, and without scripts the form still carries them."""

import os
import shutil

import pytest
from django.http import HttpResponse
from django.template import Context, Engine
from django.template.context_processors import csrf
from django.urls import include, path
from playwright.sync_api import expect, sync_playwright

from send.documents import services, tickets
from send.documents.models import Document
from send.organisations.models import LocalAuthority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's sync interface runs a loop in this thread
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LETTER = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"How the day goes. " * 50}
PAGE = (
    "{% load static %}<!doctype html><html lang='en'><title>Files</title><form method='post' enctype='multipart/form-data'>"
    "<input type='hidden' name='csrfmiddlewaretoken' value='{{ csrf_token }}'>{% include 'documents/_upload_field.html' %}"
    "<button>Save</button></form><script src='{% static 'js/upload.js' %}'></script>"
)


def page_with_field(request):
    authority = LocalAuthority.objects.get()
    if request.method == "POST":
        plain = [services.receive(file, by=request.user, authority=authority) for file in request.FILES.getlist("files")]
        return HttpResponse(f"sent {len(request.POST.getlist('documents'))} by themselves, {len(plain)} with the form")
    words = Context({"ticket": tickets.issue(to=request.user, authority=authority)} | csrf(request))
    return HttpResponse(Engine.get_default().from_string(PAGE).render(words))


urlpatterns = [path("", page_with_field), path("files/", include("send.documents.urls"))]


@pytest.fixture
def open_page(live_server, settings, signed_in, a_parent, authority):
    """Opens the page with the field in Chromium, signed in; `scripts` off shows the plain form."""
    settings.ROOT_URLCONF = __name__
    cookie = signed_in(a_parent).cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)

        def opened(scripts=True):
            context = browser.new_context(java_script_enabled=scripts)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            page.goto(live_server.url)
            return page

        yield opened
        browser.close()


def test_a_chosen_file_goes_by_itself_and_the_form_names_it(open_page):
    page = open_page()
    page.get_by_label("Add files").set_input_files(LETTER)
    expect(page.get_by_text("Received. We will check it for viruses.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("sent 1 by themselves, 0 with the form")).to_be_visible()
    assert Document.objects.get().size == 900


def test_a_cut_line_is_survived_without_a_second_file(open_page):
    page = open_page()
    cuts = iter([True, True])
    page.route("**/files/uploads/*/", lambda route: route.abort("connectionreset") if next(cuts, False) else route.continue_())
    page.get_by_label("Add files").set_input_files(LETTER)
    expect(page.get_by_text("Received. We will check it for viruses.")).to_be_visible(timeout=15_000)
    assert list(Document.objects.values_list("received_bytes", flat=True)) == [900]


def test_a_refusal_is_shown_beside_the_file(open_page):
    page = open_page()
    page.get_by_label("Add files").set_input_files(LETTER | {"name": "setup.exe"})
    expect(page.get_by_role("listitem")).to_contain_text("We cannot take this kind of file.")


def test_without_scripts_the_form_carries_the_files(open_page):
    page = open_page(scripts=False)
    expect(page.get_by_text("its virus check is a stand-in")).to_be_visible()
    page.get_by_label("Add files").set_input_files([LETTER, LETTER | {"name": "second.txt"}])
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("sent 0 by themselves, 2 with the form")).to_be_visible()
