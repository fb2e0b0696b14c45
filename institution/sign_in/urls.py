"""Addresses of sign-in and of one's own account: the library's, without what this product does not offer."""

from typing import NoReturn

from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn, login_webauthn
from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from institution.sign_in import views
from institution.sign_in.confirming import confirmed


def absent(request: HttpRequest, **_found: object) -> NoReturn:
    """People do not change their own address, connect foreign accounts or keep their codes in a file."""
    raise Http404


urlpatterns = [
    path("email/", absent),
    re_path(r"^confirm-email/", absent),
    path("password/set/", absent),
    path("2fa/recovery-codes/download/", absent),
    path("2fa/webauthn/keys/<int:pk>/edit/", absent),
    path("3rdparty/", absent),
    path("3rdparty/signup/", absent),
    path("sessions/", views.my_sessions, name="account_sessions"),
    path("sessions/end/", views.end_sessions, name="account_sessions_end"),
    # The library asks nobody who has neither password nor second step: those whom a provider or directory knows.
    path(
        "2fa/totp/activate/",
        confirmed(_("Adding an authenticator app"))(activate_totp),
        name="mfa_activate_totp",
    ),
    path("2fa/webauthn/keys/add/", confirmed(_("Adding a passkey"))(add_webauthn), name="mfa_add_webauthn"),
    # The library forgets to say that nobody needs to be signed in to sign in.
    path("2fa/webauthn/login/", login_not_required(login_webauthn), name="mfa_login_webauthn"),
    # Nor to read why the house's provider turned one away.
    path("3rdparty/login/error/", login_not_required(login_error), name="socialaccount_login_error"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
