"""Who calls: a client with a token of its own, bound to one school. There is no person behind it."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.settings import oauth2_settings
from oauthlib.common import Request as TokenRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.views import APIView

from ehcp.api_selectors import client_of
from send import clock
from send.api import OrjsonRenderer, StrictJSONParser, TokenThrottle


class ClientAuthentication(BaseAuthentication):
    """A bearer token in the Authorization header: never in the address or the body, which are not even looked at."""

    def authenticate(self, request):
        """The client and its token, or None without a header. Raises AuthenticationFailed (401)."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            return None
        asked = TokenRequest(uri="/")
        if not oauth2_settings.OAUTH2_VALIDATOR_CLASS().validate_bearer_token(token, [], asked):
            raise AuthenticationFailed("The token is not known, has run out or was revoked. Ask for a new one.", "token_not_valid")
        client = client_of(asked.access_token.application_id, on=clock.today())
        if client is None:
            raise AuthenticationFailed("This client may no longer call.", "client_ended")
        return client, asked.access_token

    def authenticate_header(self, request) -> str:
        """How to sign in."""
        return 'Bearer realm="api"'


class HasScope(BasePermission):
    """The token and its client both have the scope that the view names: a client that lost it loses it at once."""

    message = "This token does not have the scope for that."
    code = "insufficient_scope"

    def has_permission(self, request, view) -> bool:
        """Whether the view's scope is in both."""
        return bool(request.auth) and view.scope in request.user.scopes and request.auth.allow_scopes([view.scope])


class ClientView(APIView):
    """What every address for clients shares; each names its `scope`."""

    authentication_classes = [ClientAuthentication]
    permission_classes = [HasScope]
    throttle_classes = [TokenThrottle]
    parser_classes = [StrictJSONParser]
    renderer_classes = [OrjsonRenderer]
    scope = ""


class ClientScheme(OpenApiAuthenticationExtension):
    """How a token is had, in the published document."""

    target_class = ClientAuthentication
    name = "oauth2"

    def get_security_requirement(self, auto_schema):
        """The one scope of the view."""
        return {self.name: [auto_schema.view.scope]}

    def get_security_definition(self, auto_schema):
        """Client credentials, and nothing else."""
        return {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token/", "scopes": dict(oauth2_settings.SCOPES)}},
        }
