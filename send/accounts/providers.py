"""Other services that say who somebody is, by OpenID Connect. Read from OIDC_PROVIDERS; pure but for the setting."""

from urllib.parse import urlsplit

from django.conf import settings

KINDS = ("one_login", "dfe_sign_in", "authority")


def allauth_apps(providers: list[dict]) -> list[dict]:
    """What allauth needs for each provider. Raises ValueError for a kind that does not exist or a missing field.

    The subject is read from the identity token alone: the token names its issuer, the user-info answer does not.
    """
    return [_allauth_app(provider) for provider in providers]


def _allauth_app(provider: dict) -> dict:
    missing = {"id", "name", "kind", "server_url", "client_id", "secret"} - set(provider)
    if missing or provider["kind"] not in KINDS:
        raise ValueError(f"OIDC_PROVIDERS: {provider.get('id', 'a provider')} lacks {sorted(missing)} or has an unknown kind")
    options = {"server_url": provider["server_url"], "fetch_userinfo": False, "oauth_pkce_enabled": True, "kind": provider["kind"]}
    if "token_auth_method" in provider:
        options["token_auth_method"] = provider["token_auth_method"]
    return {
        "provider_id": provider["id"],
        "name": provider["name"],
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": options,
    }


def origins(providers: list[dict]) -> list[str]:
    """Where the browser goes to sign in: the provider's own address, or `authorize_origin` where that is another."""
    return [
        provider.get("authorize_origin") or "{0.scheme}://{0.netloc}".format(urlsplit(provider["server_url"]))
        for provider in providers
    ]


def invites_itself(provider_id: str) -> bool:
    """Whether a new person may come through this provider without an invitation: families may."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return any(app["provider_id"] == provider_id and app["settings"]["kind"] == "one_login" for app in apps)
