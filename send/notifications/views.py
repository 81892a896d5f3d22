"""Pages of notices: mine, letters to post, and the mail that the embedded default keeps."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from send import clock
from send.notifications import selectors, services
from send.notifications.forms import PostingForm

PAGE_SIZE = 25


@require_safe
def my_messages(request):
    """Notices to me, newest first."""
    page = Paginator(selectors.messages_for(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/messages.html", {"page": page})


@require_POST
def open_message(request, message):
    """I open a notice: noted once, then shown."""
    row = selectors.message_for(request.user, uuid=message)
    services.opened(row, by=request.user, at=clock.now())
    return redirect("notifications:message", row.uuid)


@require_safe
def message(request, message):
    """One notice to me, with the paper it announces."""
    return render(request, "notifications/message.html", {"message": selectors.message_for(request.user, uuid=message)})


@require_safe
def letters(request):
    """Letters that my authority has to post, and notices that could not be sent."""
    on = clock.today()
    waiting = Paginator(selectors.letters_to_post(request.user, on=on), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "notifications/letters.html",
        {"page": waiting, "unsent": selectors.needing_attention(request.user, on=on)[:PAGE_SIZE]},
    )


def letter_posted(request, letter):
    """Record on which day a letter was posted."""
    on = clock.today()
    row = selectors.letter_to_post(request.user, uuid=letter, on=on)
    form = PostingForm(request.POST or None)
    if form.is_valid():
        services.record_posting(row.pk, by=request.user, on=form.cleaned_data["on"], today=on, at=clock.now())
        messages.success(request, "The posting is recorded.")
        return redirect("notifications:letters")
    return render(request, "notifications/letter_posted.html", {"letter": row, "form": form})


@login_not_required
@require_safe
def mail(request):
    """The e-mails that the embedded default 'sent'; a real service has no such page."""
    if not settings.EMBEDDED:
        raise Http404
    page = Paginator(selectors.kept_mail(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/mail.html", {"page": page})
