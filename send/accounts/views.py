"""Pages of one's own account, of invitations, and of an organisation's people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from send import clock
from send.accounts import invitations, selectors, services
from send.accounts.forms import CoverForm, EndMembershipForm, InviteForm
from send.accounts.fresh import fresh_sign_in


@require_safe
def account(request):
    """Who I am here, and how I sign in."""
    on = clock.today()
    context = {"memberships": selectors.memberships_on(request.user, on), "administers": selectors.administers(request.user, on)}
    return render(request, "accounts/account.html", context)


@login_not_required
@require_safe
def invitation(request, token):
    """The link in the e-mail: the browser keeps it, and every link looks the same whether it works or not."""
    request.session[invitations.SESSION_KEY] = token
    if request.user.is_authenticated:
        return redirect("accounts:accept_invitation")
    return render(request, "accounts/invitation.html")


def accept_invitation(request):
    """Accept the invitation whose link this browser opened."""
    if request.method == "POST":
        services.accept(request.session.get(invitations.SESSION_KEY, ""), request.user, on=clock.today(), at=clock.now())
        del request.session[invitations.SESSION_KEY]
        messages.success(request, "You have accepted the invitation.")
        return redirect("/home/")
    return render(request, "accounts/accept_invitation.html")


@require_safe
def organisations(request):
    """The organisations whose people I manage; with one, straight to it."""
    mine = selectors.organisations_administered(request.user, clock.today())
    if len(mine) == 1:
        return redirect("accounts:people", mine[0].uuid)
    return render(request, "accounts/organisations.html", {"organisations": mine})


@require_safe
def people(request, organisation):
    """Who works here, who is invited, and what waits for a second person."""
    on = clock.today()
    place = selectors.organisation_administered(request.user, uuid=organisation, on=on)
    context = {
        "organisation": place,
        "people": selectors.people_of(place, on=on),
        "invitations": selectors.open_invitations(place, at=clock.now()),
        "proposals": selectors.open_proposals(place),
    }
    return render(request, "accounts/people.html", context)


@fresh_sign_in
def invite(request, organisation):
    """Invite one person."""
    place = selectors.organisation_administered(request.user, uuid=organisation, on=clock.today())
    form = InviteForm(request.POST or None, kind=place.kind)
    if form.is_valid():
        services.invite_member(organisation=place, by=request.user, on=clock.today(), at=clock.now(), **form.cleaned_data)
        messages.success(request, "The invitation is on its way.")
        return redirect("accounts:people", place.uuid)
    return render(request, "accounts/invite.html", {"organisation": place, "form": form})


@fresh_sign_in
def end_membership(request, membership):
    """End a person's membership now."""
    row = selectors.membership_administered(request.user, uuid=membership, on=clock.today())
    form = EndMembershipForm(request.POST or None)
    if form.is_valid():
        services.end_membership(row.uuid, by=request.user, on=clock.today(), at=clock.now(), **form.cleaned_data)
        messages.success(request, f"{row.user} no longer has this role, and is signed out.")
        return redirect("accounts:people", row.organisation.uuid)
    return render(request, "accounts/end_membership.html", {"membership": row, "form": form})


@require_POST
@fresh_sign_in
def withdraw(request, invitation):
    """Take an invitation back."""
    row = services.withdraw_invitation(invitation, by=request.user, on=clock.today(), at=clock.now())
    messages.success(request, "The invitation no longer works.")
    return redirect("accounts:people", row.organisation.uuid)


@require_POST
@fresh_sign_in
def decide_proposal(request, proposal):
    """Approve or refuse a proposed membership."""
    approve = request.POST.get("decision") == "approve"
    row = services.decide_proposal(proposal, approve=approve, by=request.user, on=clock.today(), at=clock.now())
    messages.success(request, f"{row.user} has the role now." if approve else f"{row.user} was not given the role.")
    return redirect("accounts:people", row.organisation.uuid)


def cover(request, organisation):
    """Who does whose work while they are away."""
    on = clock.today()
    place = selectors.organisation_managed(request.user, uuid=organisation, on=on)
    form = CoverForm(request.POST or None, officers=selectors.officers_of(place, on=on))
    if form.is_valid():
        services.record_cover(organisation=place, by=request.user, on=on, at=clock.now(), **form.cleaned_data)
        messages.success(request, "The cover is recorded.")
        return redirect("accounts:cover", place.uuid)
    return render(
        request, "accounts/cover.html", {"organisation": place, "form": form, "covers": selectors.covers_in(place, on=on)}
    )
