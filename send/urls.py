"""Every address of the service. A front-door module: it may name all apps."""

from django.urls import include, path

from dashboards.views import home
from send import health, views

handler400 = "send.views.bad_request"
handler403 = "send.views.forbidden"
handler404 = "send.views.not_found"
handler500 = "send.views.server_error"

urlpatterns = [
    path("", views.start, name="start"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("help-now/", views.help_now, name="help_now"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/children/", views.privacy_children, name="privacy_children"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("security/csp-report/", views.csp_report, name="csp_report"),
    path("stay-signed-in/", views.stay_signed_in, name="stay_signed_in"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("send.accounts.sign_in_urls")),
    path("", include("send.accounts.urls")),
    path("", include("send.notifications.urls")),
    path("", include("ehcp.urls")),
    path("home/", home, name="home"),
    path("api/v1/", include("ehcp.api.urls")),
    path("", include("send.api_urls")),
    path("dashboards/", include("dashboards.urls")),
    path("files/", include("send.documents.urls")),
    path("standards/", include("standards.urls")),
]
