"""The pages of invitations and of an organisation's people."""

from django.urls import path

from send.accounts import views

app_name = "accounts"
urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("invitation/", views.accept_invitation, name="accept_invitation"),
    path("organisation/people/", views.organisations, name="organisations"),
    path("organisation/<uuid:organisation>/people/", views.people, name="people"),
    path("organisation/<uuid:organisation>/people/invite/", views.invite, name="invite"),
    path("organisation/people/<uuid:membership>/end/", views.end_membership, name="end_membership"),
    path("organisation/invitations/<uuid:invitation>/withdraw/", views.withdraw, name="withdraw"),
    path("organisation/proposals/<uuid:proposal>/", views.decide_proposal, name="decide_proposal"),
    path("organisation/<uuid:organisation>/cover/", views.cover, name="cover"),
]
