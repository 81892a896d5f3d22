"""The addresses of signing in: allauth's pages under their own names, with the sign-in itself at /sign-in/."""

from allauth.account import urls as account_urls
from allauth.account.views import login
from allauth.socialaccount.providers.openid_connect import urls as openid_connect_urls
from django.urls import include, path

from send.accounts import views

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("account/", views.account, name="account_home"),
    path("account/", include([page for page in account_urls.urlpatterns if page.name != "account_login"])),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/other/", include("allauth.socialaccount.urls")),
    path("account/", include(openid_connect_urls.urlpatterns)),
]
