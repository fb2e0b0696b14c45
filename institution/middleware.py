"""What each request of a signed-in person carries: the plan period it is about, and their rights."""

from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from common import grants
from common.decisions import noting
from institution.models import PlanPeriod
from institution.querysets import current_of

PERIOD_KEY = "period"
OWN_ACCOUNT = ("account_", "mfa_", "openid_connect_")


class PeriodMiddleware:
    """`request.period`: the period chosen in this session, else the current one, None if there is none;
    `request.periods`: all of them.

    Rights are read once a request, and for whom the person acts is kept while it lasts. Stands after
    LoginRequiredMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with grants.remembered(), noting():
            request.periods = list(PlanPeriod.objects.all()) if request.user.is_authenticated else []
            request.period = self.chosen(request) if request.periods else None
            return self.get_response(request)

    @staticmethod
    def chosen(request) -> PlanPeriod | None:
        if pk := request.session.get(PERIOD_KEY):
            if found := [period for period in request.periods if period.pk == pk]:
                return found[0]
            del request.session[PERIOD_KEY]
        return current_of(request.periods)


class SeatMiddleware(MiddlewareMixin):
    """Who holds no seat today sees one page that says so, whatever address they ask for.

    Left open: what needs no sign-in, and their own account (password, sign-out).
    """

    def process_view(self, request, view, args, kwargs):
        open_to_all = not getattr(view, "login_required", True)
        own_account = (request.resolver_match.url_name or "").startswith(OWN_ACCOUNT)
        if open_to_all or own_account or not request.user.is_authenticated or grants.held(request.user):
            return None
        return render(request, "institution/no_seat.html", status=403)
