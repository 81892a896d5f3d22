"""Tagged PDFs (PDF/UA-1) from our own templates. Nothing is fetched: only the style sheet named here can be had, by its name.

The words in a template are data: autoescape is on, presentational hints are off, and whatever address they hold is refused.
"""

import re
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

STYLES = {"styles:pdf.css": ("documents/pdf.css", "text/css")}
HERE = "styles:"
REQUIRED = ("<html lang=", "<title>")


class Refused(ValueError):
    """Something in the document asked for an address (WeasyPrint goes on without it)."""


class PackagedOnly(URLFetcher):
    """Serves the packaged styles by name and nothing else: no file, no network, no redirect, no data."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        """The packaged style of that name. Raises Refused for every other address."""
        if url not in STYLES:
            raise Refused("Only packaged styles can be had.")
        name, content_type = STYLES[url]
        return URLFetcherResponse(url, (template_folder() / name).read_bytes(), {"Content-Type": content_type})


def template_folder() -> Path:
    """Where the packaged style sheet is kept beside the templates it belongs to."""
    return Path(settings.BASE_DIR) / "templates"


def render_pdf(template: str, context: dict) -> bytes:
    """The template, which extends `documents/pdf_base.html`, as a tagged PDF.

    The context names title, author, reference, version and date (a date) for the base.

    Raises ValueError when the page lacks a language or a title, without which PDF/UA is only claimed.
    """
    page = render_to_string(template, context)
    if not all(part in page for part in REQUIRED) or re.search(r"<title>\s*</title>", page):
        raise ValueError(f"{template} needs a language and a title")
    fetcher = PackagedOnly()
    html = HTML(string=page, base_url=HERE, url_fetcher=fetcher, media_type="print")
    style = CSS(url="styles:pdf.css", url_fetcher=fetcher)
    return html.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1", presentational_hints=False)
