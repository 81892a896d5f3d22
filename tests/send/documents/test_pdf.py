"""Papers are tagged for screen readers, and nothing written in them makes the service fetch or attach anything."""

import io
import socket
import threading
from datetime import date

import pikepdf
import pytest

from send.documents import pdf, pdf_checks

BASE = "{% extends 'documents/pdf_base.html' %}{% block content %}"
CONTEXT = {"title": "Plan", "author": "Barford Council", "reference": "EHC-7K3M-92QX", "version": "2", "date": date(2027, 3, 4)}


@pytest.fixture
def render(settings, tmp_path):
    """Renders a body through the base that every paper extends."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]

    def rendered(body, **more):
        (tmp_path / "paper.html").write_text(BASE + body + "{% endblock %}")
        return pdf.render_pdf("paper.html", CONTEXT | more)

    return rendered


@pytest.fixture
def listener():
    """A server on loopback that counts who calls; its address and the count."""
    server, calls = socket.create_server(("127.0.0.1", 0)), []

    def answer():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            calls.append(1)
            line.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n")
            line.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def test_a_paper_has_every_mark_that_can_be_checked(render):
    content = render(
        "<h2>What Ada needs</h2><p>Words</p><table>"
        "<caption>Hours</caption><tr><th scope='col'>Day</th></tr><tr><td>1</td></tr></table>"
    )
    assert pdf_checks.faults(content) == []


def test_the_check_finds_what_is_missing(render):
    bare = pikepdf.new()
    bare.add_blank_page()
    from_nothing = io.BytesIO()
    bare.save(from_nothing)
    assert len(pdf_checks.faults(from_nothing.getvalue())) == 6


def test_a_paper_without_a_title_is_not_made(render):
    with pytest.raises(ValueError, match="title"):
        render("<p>Words</p>", title="")


def test_what_people_type_is_text(render, listener):
    address, calls = listener
    typed = f"<img src='{address}/a'><link rel=attachment href='file:///etc/passwd'><style>@import url({address}/b);</style>"
    content = render("<p>{{ typed }}</p>", typed=typed)
    assert (calls, pdf_checks.attachments(content)) == ([], 0)


HOSTILE = [
    "<img alt='x' src='{address}/redirect'>", "<img alt='x' src='file:///etc/passwd'>", "<link rel=attachment href='file:///etc/passwd'>",
    "<a rel=attachment href='{address}/x'>x</a>", "<a rel=attachment href='file:///etc/passwd'>x</a>",
    "<link rel=stylesheet href='{address}/x.css'>", "<style>@import url('{address}/x.css');</style>",
    "<style>@font-face {{font-family: x; src: url('{address}/x.woff')}} p {{font-family: x}}</style><p>x</p>",
    "<style>p {{background: url('{address}/x.png')}}</style><p>x</p>",
    "<style>p::before {{content: url('{address}/x')}}</style><p>x</p>",
    "<object data='{address}/x'></object>", "<embed src='{address}/x'>", "<iframe src='{address}/x'></iframe>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/x' width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><use href='{address}/x.svg#a'/></svg>", "<body background='{address}/x'>",
    "<base href='{address}/'><img alt='x' src='relative'>",
    "<img alt='x' src='ftp://127.0.0.1/x'>", "<img alt='x' src='//127.0.0.1/x'>",
    "<link rel=stylesheet href='styles:../../send/settings.py'>", "<img alt='x' src='data:image/svg+xml,<svg/>'>",
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_page_fetches_and_attaches_nothing(render, listener, body):
    address, calls = listener
    content = render(body.format(address=address))
    assert calls == []
    assert pdf_checks.attachments(content) == 0
    assert b"root:x:0" not in _decoded(content)


def _decoded(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        saved = io.BytesIO()
        opened.save(saved, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return saved.getvalue()
