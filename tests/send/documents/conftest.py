"""People who send files, and the service's own way through a check."""

import pytest

from send.accounts.models import User
from send.documents import services
from send.organisations.models import LocalAuthority, Region


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.CLAMAV_URL, settings.EMBEDDED = "", True  # the stand-in looks, unless a test says otherwise
    settings.STORAGE_URL = ""


@pytest.fixture
def authority(db):
    region = Region.objects.create(code="E12000001", name="North East", slug="north-east")
    return LocalAuthority.objects.create(
        kind="authority", name="Barford Council", code="999", gss_code="E06009999", region=region, type="Unitary"
    )


@pytest.fixture
def a_parent(db):
    return User.objects.create_user("parent@example.org", "long enough password", name="Amina Yusuf")


@pytest.fixture
def a_stranger(db):
    return User.objects.create_user("stranger@example.org", "long enough password", name="Sam Stone")


@pytest.fixture
def upload(a_parent, authority):
    """Sends bytes as a resumable upload in one piece; the document, not yet checked."""

    def send(name, content, declared_type="", **more):
        said = {"name": name, "size": len(content), "declared_type": declared_type} | more
        begun = services.begin_upload(by=a_parent, authority=authority, **said)
        services.append(begun, [content], by=a_parent, offset=0)
        begun.document.refresh_from_db()
        return begun.document

    return send


@pytest.fixture
def checked(upload, django_capture_on_commit_callbacks):
    """Sends bytes and lets the job that follows check them; the settled document."""

    def send(name, content, declared_type="", **more):
        with django_capture_on_commit_callbacks(execute=True):
            document = upload(name, content, declared_type, **more)
        document.refresh_from_db()
        return document

    return send


@pytest.fixture
def signed_in(client):
    """The web client as a person who has signed in with a second factor."""

    def sign_in(user):
        client.force_login(user)
        session = client.session
        session["second_factor"] = user.pk
        session.save()
        return client

    return sign_in
