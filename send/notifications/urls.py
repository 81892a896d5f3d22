"""The pages of notices: mine, letters to post, and the mail that the embedded default keeps."""

from django.urls import path

from send.notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.my_messages, name="inbox"),
    path("messages/<uuid:message>/", views.message, name="message"),
    path("messages/<uuid:message>/open/", views.open_message, name="open_message"),
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:letter>/posted/", views.letter_posted, name="letter_posted"),
    path("mail/", views.mail, name="mail"),
]
