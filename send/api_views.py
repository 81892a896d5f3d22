"""The API's own addresses: its document, the page that shows it, the token, and what is not there."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from oauth2_provider.views import TokenView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView


class Schema(SpectacularAPIView):
    """The OpenAPI document, for anyone."""

    authentication_classes = []
    permission_classes = [AllowAny]


class Docs(SpectacularSwaggerSplitView):
    """The document as a page, from our own address only."""

    authentication_classes = []
    permission_classes = [AllowAny]


@method_decorator(login_not_required, name="dispatch")
class Token(TokenView):
    """A token for a client's own credentials (RFC 6749 section 4.4): the only part of OAuth that this service offers."""


@extend_schema(exclude=True)
class NotHere(APIView):
    """Every other address below /api/: a problem, not a page."""

    authentication_classes = []
    permission_classes = [AllowAny]

    def initial(self, request, *args, **kwargs) -> None:
        """Raises NotFound for every method."""
        raise NotFound("There is nothing at this address.", "not_found")
