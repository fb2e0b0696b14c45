"""A person's own page of open sessions. The other pages of the account are the library's, in our look."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from common.forms import whole_number
from institution.sign_in import services, sessions
from institution.sign_in.confirming import confirmed


@require_GET
def my_sessions(request):
    found = sessions.of(request.user, current=request.session.session_key)
    return render(request, "account/sessions.html", {"sessions": found})


@confirmed(gettext_lazy("Ending sessions"))
@require_POST
def end_sessions(request):
    """One session (`session` is its number), or all but this one."""
    only = request.POST.get("session")
    ended = services.end_sessions(
        person=request.user,
        by=request.user,
        but=request.session.session_key,
        only=None if only is None else whole_number(only),
    )
    messages.success(request, _("The session was ended.") if ended else _("That session had already ended."))
    return redirect("account_sessions")
